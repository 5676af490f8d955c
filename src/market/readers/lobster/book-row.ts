import type { UserError } from '../../../base/user-error.js'
import { BUY, type Side } from '../../../exchange/units.js'
import type { LineReader } from '../line-reader.js'
import { behindComma, countFields, fieldError, readIntegers } from '../number-fields.js'

/** The price of a level that does not exist: this on the ask side, minus this on the bid side. */
const ABSENT = 9_999_999_999

/** One line of an orderbook file: the best levels of both sides after a message. Changes with the next line. */
export class BookRow {
  readonly levels: number
  readonly #lines: LineReader
  /** ask price, ask size, bid price, bid size of the first level, then of the second, ... */
  readonly #values: Float64Array
  readonly #columns: string

  /** Learns the number of levels from the current line. */
  constructor(lines: LineReader) {
    const fields = countFields(lines)
    if (fields % 4 !== 0) {
      throw fieldError(
        lines,
        lines.from,
        `expected 4 columns per level (ask price,ask size,bid price,bid size), got ${fields} columns`
      )
    }
    this.levels = fields / 4
    this.#lines = lines
    this.#values = new Float64Array(fields)
    this.#columns = `4 x ${this.levels} columns`
  }

  /** Price of level `n` (0 is the best), or NaN where there is none. */
  price(side: Side, n: number): number {
    return this.#values[4 * n + (side === BUY ? 2 : 0)]
  }

  size(side: Side, n: number): number {
    return this.#values[4 * n + (side === BUY ? 3 : 1)]
  }

  /** Whether the side has a level `n`; none is behind one that is absent. */
  has(side: Side, n: number): boolean {
    return n < this.levels && this.size(side, n) > 0
  }

  /** Reads the current line. @throws UserError with line and column. */
  read(tick: number): void {
    readIntegers(this.#lines, this.#lines.from, this.#values, this.#columns)
    for (const column of [0, 2]) this.#checkSide(column, tick)
  }

  /** Where best bid and ask meet; undefined where they do not. Between a halt and its auction they may. */
  get crossed(): UserError | undefined {
    const [ask, , bid] = this.#values
    if (ask > bid) return undefined
    return this.#error(0, `the book is crossed: best ask ${ask} is not above best bid ${bid}`)
  }

  #checkSide(first: number, tick: number): void {
    const values = this.#values
    const sign = first === 0 ? 1 : -1
    for (let at = first; at < values.length; at += 4) {
      const price = values[at]
      const size = values[at + 1]
      if (price === sign * ABSENT) {
        if (size !== 0) throw this.#error(at + 1, `expected size 0 for an absent level, got ${size}`)
        continue
      }
      if (size <= 0) throw this.#error(at + 1, `expected a positive size, got ${size}`)
      if (price <= 0) throw this.#error(at, `expected a positive price, got ${price}`)
      if (price % tick !== 0) throw this.#error(at, `price ${price} is off the tick of ${tick} (--tick sets another)`)
      if (at > first && sign * (price - values[at - 4]) <= 0) {
        throw this.#error(at, `expected a level behind ${values[at - 4]}, got ${price}`)
      }
    }
  }

  #error(column: number, problem: string): UserError {
    let at = this.#lines.from
    for (let i = 0; i < column; i++) at = behindComma(this.#lines, at)
    return fieldError(this.#lines, at, problem)
  }
}
