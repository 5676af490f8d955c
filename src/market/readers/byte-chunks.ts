import { createReadStream, statSync, type ReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { UserError } from '../../base/user-error.js'
import { packingOf, type Packing } from './packing.js'
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
      const packing = packingOf(onDisk)
      this.size = statSync(onDisk).size
      if (packing === 'zip') {
        const { file, stream, name } = openZipEntry(onDisk, entry)
        this.#file = file
        this.#stream = unpacked(stream, packingOfName(name))
      } else {
        this.#file = createReadStream(path, { highWaterMark: PIECE })
        this.#stream = unpacked(this.#file, packing)
      }
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
      // A stream that fails keeps what it had unpacked before: how much was read on until then is a matter of chance.
      yield* unread(this.#stream)
      throw new UserError(`cannot read: ${(error as Error).message}; the file may be cut or damaged`, {
        file: this.path
      })
    }
  }
}

/** What goes wrong on the way comes out of the last stream: the callback has nothing to add. */
function unpacked(stream: Readable, packing: Packing | undefined): AsyncIterable<Uint8Array | string> {
  if (packing === 'gzip') return pipeline(stream, createGunzip({ chunkSize: PIECE }), () => undefined)
  return packing === 'zstd' ? unzstd(stream) : stream
}

/** A file in an archive may be packed itself, as Databento's are: there its name says so. */
function packingOfName(name: string): Packing | undefined {
  if (name.endsWith('.gz')) return 'gzip'
  return /\.zstd?$/.test(name) ? 'zstd' : undefined
}

/** What a stream that failed has unpacked and not given yet. */
function* unread(stream: AsyncIterable<unknown>): Generator<Buffer> {
  if (!(stream instanceof Readable)) return
  for (let piece = stream.read() as Buffer | null; piece !== null; piece = stream.read() as Buffer | null) yield piece
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
}
