import { UserError } from '../../base/user-error.js'
import type { ByteChunks } from './byte-chunks.js'
import type { Faults } from './faults.js'

/**
 * Walks over a binary file in place: `bytes[at, end)` is what is in memory and not used up. `more` waits for more of the
 * file; a reader calls it only where what it needs is not there.
 */
export class ByteReader {
  readonly file: string
  bytes: Buffer = Buffer.alloc(0)
  view = new DataView(this.bytes.buffer, 0, 0)
  at = 0
  readonly #chunks: AsyncIterator<Buffer>
  /** Position in the unpacked file of `bytes[0]`. */
  #base = 0

  constructor(chunks: ByteChunks) {
    this.file = chunks.path
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Bytes that are in memory and not used up. */
  get available(): number {
    return this.bytes.length - this.at
  }

  /** Position of `at` in the unpacked file. */
  get offset(): number {
    return this.#base + this.at
  }

  /** Reads on; false at the end of the file. */
  async more(): Promise<boolean> {
    const chunk = await this.#chunks.next()
    if (chunk.done) return false
    const rest = this.bytes.subarray(this.at)
    this.#base += this.at
    this.at = 0
    this.bytes = rest.length === 0 ? chunk.value : Buffer.concat([rest, chunk.value])
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length)
    return true
  }

  /** Reads on until `length` bytes are in memory; false where the file ends before. */
  async need(length: number): Promise<boolean> {
    while (this.available < length) if (!(await this.more())) return false
    return true
  }

  /** Passes over what is in memory. */
  dropRest(): void {
    this.at = this.bytes.length
  }

  /** Gives the file back before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}

/** What reads a file piece by piece. */
interface Resumable {
  more(): Promise<boolean>
  /** Passes over what is in memory: the file breaks off inside it. */
  dropRest(): void
}

/** Reads on; a packed file that breaks off is a truncated one, and what came before counts where the faults allow it. */
export async function readsOn(reader: Resumable, faults: Faults): Promise<boolean> {
  try {
    return await reader.more()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    faults.repairs('truncated', () => error.problem)
    reader.dropRest()
    return false
  }
}
