import type { Readable } from 'node:stream'
import { Decompress, ZstdErrorCode, type ZstdError } from 'fzstd'

/** Bytes unpacked at a time, so that what comes out of them stays small, too. */
const STEP = 1 << 14
const FRAME = 0xfd2fb528
const TOO_LONG = 'packed by zstd with a window of more than 32 MB (--long); pack it without'

/**
 * Unpacks zstd frames, one after the other, in bounded memory. Not by Node's own zstd: as of Node 22.22 it ends after the
 * first frame, at a frame that is to be skipped, and without a word where a file is cut.
 */
export async function* unzstd(file: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  const out: Uint8Array[] = []
  const frames = new Decompress((piece) => out.push(piece))
  function* unpack(bytes: Uint8Array, last: boolean): Generator<Uint8Array> {
    try {
      frames.push(bytes, last)
    } catch (error) {
      // What came out before the fault is good.
      yield* out.splice(0)
      throw (error as Partial<ZstdError>).code === ZstdErrorCode.WindowSizeTooLarge ? new Error(TOO_LONG) : error
    }
    yield* out.splice(0)
  }
  let first = true
  for await (const piece of file) {
    const bytes = piece as Buffer
    if (first && needsDictionary(bytes)) throw new Error('packed by zstd with a dictionary, which is not at hand')
    first = false
    for (let at = 0; at < bytes.length; at += STEP) {
      // The decoder keeps what it has not decoded yet, and the stream uses its memory again: a copy.
      yield* unpack(Uint8Array.prototype.slice.call(bytes, at, at + STEP), false)
    }
  }
  yield* unpack(new Uint8Array(0), true)
}

/** Whether a frame header names a dictionary (RFC 8878, 3.1.1.1.1.6); without it, what comes out is nonsense. */
function needsDictionary(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === FRAME && (bytes[4] & 3) !== 0
}
