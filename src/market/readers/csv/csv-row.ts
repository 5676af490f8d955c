import { UserError } from '../../../base/user-error.js'
import type { LineReader } from '../line-reader.js'

const QUOTE = 34
const SPACE = 32

/**
 * The fields of a CSV line, in place: field `n` is `bytes[from(n), to(n))`, without the quotes around it (RFC 4180, but no
 * line ends inside of quotes). Spaces around a field do not belong to it.
 */
export class CsvRow {
  readonly lines: LineReader
  /** Number of fields. */
  length = 0
  /** A field of which the quotes do not end on the line; -1: none. */
  openQuote = -1
  readonly #delimiter: number
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)

  constructor(lines: LineReader, delimiter: number) {
    this.lines = lines
    this.#delimiter = delimiter
  }

  get bytes(): Buffer {
    return this.lines.bytes
  }

  from(n: number): number {
    return this.#starts[n]
  }

  to(n: number): number {
    return this.#ends[n]
  }

  isEmpty(n: number): boolean {
    return this.#starts[n] === this.#ends[n]
  }

  /** Finds the fields of the current line. */
  split(): void {
    const { bytes, from, to } = this.lines
    const delimiter = this.#delimiter
    let count = 0
    this.openQuote = -1
    for (let at = from; at <= to; count++) {
      if (count === this.#starts.length) this.#grow()
      let end = at
      if (bytes[at] === QUOTE) {
        for (end = at + 1; end < to && (bytes[end] !== QUOTE || bytes[end + 1] === QUOTE); end++) {
          if (bytes[end] === QUOTE) end++
        }
        if (end >= to) this.openQuote = count
        this.#starts[count] = at + 1
        this.#ends[count] = Math.min(end, to)
        while (end < to && bytes[end] !== delimiter) end++
      } else {
        while (end < to && bytes[end] !== delimiter) end++
        let start = at
        let last = end
        while (start < last && bytes[start] === SPACE) start++
        while (last > start && bytes[last - 1] === SPACE) last--
        this.#starts[count] = start
        this.#ends[count] = last
      }
      at = end + 1
    }
    this.length = count
  }

  text(n: number): string {
    const text = this.bytes.toString('utf8', this.#starts[n], this.#ends[n])
    return text.includes('""') ? text.replaceAll('""', '"') : text
  }

  /** Whether a field is exactly these bytes. */
  is(n: number, wanted: Uint8Array): boolean {
    const start = this.#starts[n]
    if (this.#ends[n] - start !== wanted.length) return false
    const { bytes } = this
    for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
    return true
  }

  /** A mistake in field `n`; -1: in the line. */
  error(n: number, problem: string): UserError {
    const { file, line, from, to } = this.lines
    const at = n < 0 ? from : n < this.length ? this.#starts[n] : to
    return new UserError(problem, { file, line, column: at - from + 1 })
  }

  /** Field `n` for a message. */
  shown(n: number): string {
    return n < this.length ? JSON.stringify(this.text(n).slice(0, 32)) : 'nothing'
  }

  #grow(): void {
    const [starts, ends] = [this.#starts, this.#ends]
    this.#starts = new Int32Array(2 * starts.length)
    this.#ends = new Int32Array(2 * ends.length)
    this.#starts.set(starts)
    this.#ends.set(ends)
  }
}
