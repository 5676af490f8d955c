import * as zlib from 'node:zlib'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream'
import { Decompress } from 'fzstd'

/** Node unpacks zstd itself from 22.15 on; the types of the oldest supported version do not know it yet. */
const createZstdDecompress = (zlib as { createZstdDecompress?: (options: object) => Transform }).createZstdDecompress

/** Bytes unpacked at a time, so that what comes out of them stays small, too. */
const STEP = 1 << 14

/** Unpacks zstd frames, one after the other, in bounded memory. */
export function unzstd(file: Readable): AsyncIterable<Uint8Array> {
  if (createZstdDecompress === undefined) return unpack(file)
  return pipeline(file, createZstdDecompress({ chunkSize: 1 << 18 }), () => undefined)
}

/** The same without Node's help. */
async function* unpack(file: Readable): AsyncGenerator<Uint8Array, void, undefined> {
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
