import { UserError } from '../../base/user-error.js'
import type { ByteChunks } from './byte-chunks.js'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])
/** A file without line ends must not be gathered in memory. */
const LONGEST_LINE = 1 << 26

/**
 * Walks over the lines of a file in place: the current line is `bytes[from, to)`, without its line end and without a byte order
 * mark. Empty lines are passed over. `next` never waits; only where it says false does `more` read on.
 */
export class LineReader {
  readonly file: string
  bytes: Buffer = Buffer.alloc(0)
  from = 0
  to = 0
  /** Number of the current line, from 1. */
  line = 0
  readonly #chunks: AsyncIterator<Buffer>
  #after = 0
  #ended = false

  constructor(chunks: ByteChunks) {
    this.file = chunks.path
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Moves to the next line that is in memory as a whole. */
  next(): boolean {
    for (;;) {
      let end = this.bytes.indexOf(LINE_FEED, this.#after)
      if (end < 0) {
        if (!this.#ended || this.#after >= this.bytes.length) return false
        end = this.bytes.length
      }
      this.from = this.#after
      this.#after = end + 1
      this.line++
      if (this.line === 1 && this.bytes.subarray(this.from, end).indexOf(BYTE_ORDER_MARK) === 0) this.from += 3
      this.to = end > this.from && this.bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end
      if (this.to > this.from) return true
    }
  }

  /** Reads on until there is a next line, and moves to it; false at the end of the file. */
  async more(): Promise<boolean> {
    while (!this.#ended) {
      const rest = this.bytes.subarray(this.#after)
      if (rest.length > LONGEST_LINE) throw this.#tooLong()
      const chunk = await this.#chunks.next()
      this.#after = 0
      if (chunk.done) {
        this.#ended = true
        this.bytes = rest
      } else {
        this.bytes = rest.length === 0 ? chunk.value : Buffer.concat([rest, chunk.value])
      }
      if (this.next()) return true
    }
    return false
  }

  #tooLong(): UserError {
    const problem = `the line is longer than ${LONGEST_LINE >> 20} MB; expected a text file with line ends`
    return new UserError(problem, { file: this.file, line: this.line + 1, column: 1 })
  }

  /** Whether the file ends with the current line, and no line end: the line may be cut. */
  get unended(): boolean {
    return this.#ended && this.#after > this.bytes.length
  }

  /** Passes over what is in memory. */
  dropRest(): void {
    this.#after = this.bytes.length
    this.#ended = true
  }

  /** Gives the file back before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
