import { UserError } from '../../base/user-error.js'
import { ByteChunks } from './byte-chunks.js'
import type { FileHead } from './vendor-format.js'

/** As much as a format needs to be told from others. */
const HEAD = 1 << 16

/** Reads the beginning of a vendor's file, plain or packed. @throws UserError where it cannot be read, or is empty. */
export async function fileHead(path: string): Promise<FileHead> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of new ByteChunks(path)) {
    pieces.push(piece)
    length += piece.length
    if (length >= HEAD) break
  }
  if (length === 0) throw new UserError('the file is empty', { file: path })
  const bytes = Buffer.concat(pieces).subarray(0, HEAD)
  return { path, bytes, firstLine: firstLineOf(bytes) }
}

function firstLineOf(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return /[^\r\n]+/.exec(text)?.[0] ?? ''
}
