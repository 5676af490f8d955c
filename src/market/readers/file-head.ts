import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { UserError } from '../../base/user-error.js'
import { ByteChunks } from './byte-chunks.js'
import { refuseForeign } from './foreign-content.js'
import { packingOf } from './packing.js'
import type { FileHead } from './vendor-format.js'
import { entryPaths, listZip, splitEntry } from './zip.js'

/** As much as a format needs to be told from others. */
const HEAD = 1 << 16

/** Reads the beginning of a vendor's file, plain or packed. @throws UserError where it cannot be read, or is empty. */
export async function fileHead(path: string): Promise<FileHead> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of new ByteChunks(path)) {
      pieces.push(piece)
      length += piece.length
      if (length >= HEAD) break
    }
  } catch (error) {
    // What a small file that breaks off has is enough to tell its format; whoever reads it finds the fault, and has a policy.
    if (length === 0) throw error
  }
  if (length === 0) throw new UserError('the file is empty', { file: path })
  const bytes = Buffer.concat(pieces).subarray(0, HEAD)
  refuseForeign(bytes, path)
  const [diskPath, entry] = splitEntry(path)
  const inner = packingOf(diskPath) === 'zip' ? (entry ?? listZip(diskPath)[0]?.name) : undefined
  const name = basename(inner ?? diskPath).replace(/\.(gz|zst|zstd)$/i, '')
  return { path, diskPath, size: statSync(diskPath).size, name, bytes, firstLine: firstLineOf(bytes) }
}

/** The files of an import one by one: an archive of several files is its files. */
export function unpackArchives(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [diskPath, entry] = splitEntry(path)
    if (entry !== undefined || !existsSync(diskPath) || packingOf(diskPath) !== 'zip') return [path]
    const inside = entryPaths(diskPath)
    return inside.length > 1 ? inside : [path]
  })
}

function firstLineOf(bytes: Buffer): string {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  return /[^\r\n]+/.exec(text)?.[0] ?? ''
}
