import type { Readable } from 'node:stream'
import { Decompress } from 'fzstd'

/** Bytes unpacked at a time, so that what comes out of them stays small, too. */
const STEP = 1 << 14

/**
 * Unpacks zstd frames, one after the other, in bounded memory. Not by Node's own zstd: as of Node 22.22 it ends after the
 * first frame, at a frame that is to be skipped, and without a word where a file is cut.
 */
export async function* unzstd(file: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  const out: Uint8Array[] = []
  const frames = new Decompress((piece) => out.push(piece))
  for await (const piece of file) {
    const bytes = piece as Buffer
    for (let at = 0; at < bytes.length; at += STEP) {
      // The decoder keeps what it has not decoded yet, and the stream uses its memory again: a copy.
      frames.push(Uint8Array.prototype.slice.call(bytes, at, at + STEP))
      yield* out.splice(0)
    }
  }
  frames.push(new Uint8Array(0), true)
  yield* out.splice(0)
}
