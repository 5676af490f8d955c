import { createReadStream, closeSync, openSync, readSync, statSync, type ReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { pipeline } from 'node:stream'
import { UserError } from '../../base/user-error.js'

/** Large pieces: each costs a turn of the event loop. */
const PIECE = 1 << 18

/** A vendor's file, plain or gzipped (told by its first bytes, not its name), in pieces. */
export class ByteChunks implements AsyncIterable<Buffer> {
  readonly path: string
  /** Bytes of the file on disk. */
  readonly size: number
  readonly #file: ReadStream
  readonly #stream: NodeJS.ReadableStream

  /** @throws UserError where the file cannot be read. */
  constructor(path: string) {
    this.path = path
    try {
      this.size = statSync(path).size
      const gzip = isGzip(path)
      this.#file = createReadStream(path, { highWaterMark: PIECE })
      // What goes wrong on the way comes out of the last stream: the callback has nothing to add.
      this.#stream = gzip ? pipeline(this.#file, createGunzip({ chunkSize: PIECE }), () => undefined) : this.#file
    } catch (error) {
      throw new UserError(`cannot read: ${(error as Error).message}`, { file: path })
    }
  }

  /** Bytes of the file on disk that have been read so far. */
  get position(): number {
    return this.#file.bytesRead
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const piece of this.#stream) yield piece as Buffer
    } catch (error) {
      throw new UserError(`cannot read: ${(error as Error).message}; the file may be cut or damaged`, {
        file: this.path
      })
    }
  }
}

function isGzip(path: string): boolean {
  const fd = openSync(path, 'r')
  try {
    const head = Buffer.alloc(2)
    return readSync(fd, head) === 2 && head[0] === 0x1f && head[1] === 0x8b
  } finally {
    closeSync(fd)
  }
}
