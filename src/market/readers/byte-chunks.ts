import { createReadStream, closeSync, openSync, readSync, statSync, type ReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { pipeline } from 'node:stream'
import { UserError } from '../../base/user-error.js'
import { openZipEntry, splitEntry } from './zip.js'
import { unzstd } from './zstd.js'

/** Large pieces: each costs a turn of the event loop. */
const PIECE = 1 << 18

/**
 * A vendor's file in pieces: plain, gzipped, packed by zstd, or in a zip archive (told by its first bytes, not its name). Of
 * an archive `day.zip` with several files, one is `day.zip#trades.csv`.
 */
export class ByteChunks implements AsyncIterable<Buffer> {
  readonly path: string
  /** Bytes of the file on disk. */
  readonly size: number
  readonly #file: ReadStream
  readonly #stream: AsyncIterable<Uint8Array | string>

  /** @throws UserError where the file cannot be read. */
  constructor(path: string) {
    this.path = path
    const [onDisk, entry] = splitEntry(path)
    try {
      this.size = sizeOf(onDisk)
      const packing = packingOf(onDisk)
      if (packing === 'zip') {
        ;[this.#file, this.#stream] = openZipEntry(onDisk, entry)
        return
      }
      this.#file = createReadStream(path, { highWaterMark: PIECE })
      // What goes wrong on the way comes out of the last stream: the callback has nothing to add.
      if (packing === 'gzip') this.#stream = pipeline(this.#file, createGunzip({ chunkSize: PIECE }), () => undefined)
      else this.#stream = packing === 'zstd' ? unzstd(this.#file) : this.#file
    } catch (error) {
      if (error instanceof UserError) throw error
      throw new UserError(`cannot read: ${(error as Error).message}`, { file: path })
    }
  }

  /** Bytes of the file on disk that have been read so far. */
  get position(): number {
    return this.#file.bytesRead
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const piece of this.#stream) yield asBuffer(piece as Uint8Array)
    } catch (error) {
      throw new UserError(`cannot read: ${(error as Error).message}; the file may be cut or damaged`, {
        file: this.path
      })
    }
  }
}

function sizeOf(path: string): number {
  const stats = statSync(path)
  if (stats.isDirectory()) throw new UserError('is a directory; expected a file', { file: path })
  return stats.size
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
}

const ZIP = 0x04034b50

/** How a file is packed, by its first bytes (RFC 1952, RFC 8878; zstd may begin with a frame that is to be skipped). */
export function packingOf(path: string): 'gzip' | 'zstd' | 'zip' | undefined {
  if (statSync(path).isDirectory()) return undefined
  const fd = openSync(path, 'r')
  try {
    const head = Buffer.alloc(4)
    const length = readSync(fd, head)
    if (length >= 2 && head.readUInt16BE(0) === 0x1f8b) return 'gzip'
    const magic = length === 4 ? head.readUInt32LE(0) : 0
    if (magic === ZIP) return 'zip'
    return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50 ? 'zstd' : undefined
  } finally {
    closeSync(fd)
  }
}
