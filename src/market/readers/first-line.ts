import { ByteChunks } from './byte-chunks.js'
import { LineReader } from './line-reader.js'

/** The first line of a vendor's file, plain or gzipped; "" for an empty one. @throws UserError where it cannot be read. */
export async function firstLine(path: string): Promise<string> {
  const lines = new LineReader(new ByteChunks(path))
  const found = await lines.more()
  return found ? lines.bytes.toString('latin1', lines.from, lines.to) : ''
}
