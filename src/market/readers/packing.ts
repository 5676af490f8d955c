import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { UserError } from '../../base/user-error.js'

/** How a file is packed, where it can be unpacked here. */
export type Packing = 'gzip' | 'zstd' | 'zip'

/** First bytes of packings that are known and not read (hex), and with what they are unpacked. */
const OTHERS: readonly (readonly [magic: string, name: string, by: string])[] = [
  ['fd377a585a00', 'xz', 'xz -d'],
  ['425a68', 'bzip2', 'bunzip2'],
  ['377abcaf271c', '7z', '7z x'],
  ['526172211a07', 'RAR', 'unrar x'],
  ['04224d18', 'lz4', 'lz4 -d'],
  ['1f9d', 'compress (.Z)', 'gzip -d']
]
/** What stands behind "BZh1" to "BZh9": text could begin so, too. */
const BZIP2_BLOCK = '314159265359'
const EMPTY_ZIP = 0x06054b50
const ZIP = 0x04034b50
const ZSTD = 0xfd2fb528
const ZSTD_SKIPPABLE = 0x184d2a50

/**
 * How a file is packed, by its first bytes, whatever its name is (RFC 1952, RFC 8878; zstd may begin with a frame that is to be
 * skipped). undefined: not at all.
 * @throws UserError for a packing that is not read, and for what is no file.
 */
export function packingOf(path: string): Packing | undefined {
  const stats = statSync(path)
  if (stats.isDirectory()) throw new UserError('is a directory; expected a file', { file: path })
  if (!stats.isFile()) {
    throw new UserError('is a pipe or device; an import reads files more than once: write it to a file first', {
      file: path
    })
  }
  const head = headOf(path)
  if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) return 'gzip'
  const magic = head.length >= 4 ? head.readUInt32LE(0) : 0
  if (magic === ZIP || magic === EMPTY_ZIP) return 'zip'
  if (magic === ZSTD || (magic & 0xfffffff0) >>> 0 === ZSTD_SKIPPABLE) return 'zstd'
  refuseOthers(path, head.toString('hex'))
  return undefined
}

function headOf(path: string): Buffer {
  const fd = openSync(path, 'r')
  try {
    const head = Buffer.alloc(10)
    return head.subarray(0, readSync(fd, head))
  } finally {
    closeSync(fd)
  }
}

function refuseOthers(path: string, head: string): void {
  const other = OTHERS.find(([magic]) => head.startsWith(magic))
  if (other === undefined || (other[1] === 'bzip2' && !head.endsWith(BZIP2_BLOCK))) return
  const [, name, by] = other
  throw new UserError(`is packed by ${name}; expected a plain, gz, zst or zip file (unpack it first: ${by})`, {
    file: path
  })
}
