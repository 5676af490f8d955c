import type { UserError } from '../../../base/user-error.js'
import { BUY, type Side } from '../../../exchange/units.js'
import type { LineReader } from '../line-reader.js'
import { behindComma, countFields, fieldError, readIntegers } from '../number-fields.js'
import type { TickGrid } from './tick-grid.js'

/** The price of a level that does not exist: this on the ask side, minus this on the bid side. */
const ABSENT = 9_999_999_999

/** One line of an orderbook file: the best levels of both sides after a message. Changes with the next line. */
export class BookRow {
  readonly #levels: number
  readonly #lines: LineReader
  /** ask price, ask size, bid price, bid size of the first level, then of the second, ... */
  readonly #values: Float64Array
  readonly #columns: string
  /** Where the levels that are shown stand in `#values`: of asks, of bids. */
  readonly #shown: readonly [Int32Array, Int32Array]
  readonly #counts: [number, number] = [0, 0]
  readonly #full: [boolean, boolean] = [false, false]

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
    this.#levels = fields / 4
    this.#lines = lines
    this.#values = new Float64Array(fields)
    this.#columns = `4 x ${this.#levels} columns`
    this.#shown = [new Int32Array(this.#levels), new Int32Array(this.#levels)]
  }

  /** How many levels a side shows. */
  count(side: Side): number {
    return this.#counts[side === BUY ? 1 : 0]
  }

  /** Whether a side may have more levels than the vendor shows. */
  isFull(side: Side): boolean {
    return this.#full[side === BUY ? 1 : 0]
  }

  /** Price of level `n` of those that are shown, 0 is the best. */
  price(side: Side, n: number): number {
    return this.#values[this.#shown[side === BUY ? 1 : 0][n]]
  }

  size(side: Side, n: number): number {
    return this.#values[this.#shown[side === BUY ? 1 : 0][n] + 1]
  }

  /** Reads the current line. @throws UserError with line and column. */
  read(): void {
    readIntegers(this.#lines, this.#lines.from, this.#values, this.#columns)
    this.#readSide(0)
    this.#readSide(1)
  }

  /** Leaves out the levels that are off the tick. @throws UserError where that is to stop the import */
  keep(grid: TickGrid): void {
    for (const side of [0, 1] as const) {
      const shown = this.#shown[side]
      let count = 0
      for (let n = 0; n < this.#counts[side]; n++) {
        const at = shown[n]
        const price = this.#values[at]
        if (grid.has(price, () => this.#error(at, grid.problem(price)))) shown[count++] = at
      }
      this.#counts[side] = count
    }
  }

  /** Where best bid and ask meet; undefined where they do not. Between a halt and its auction they may. */
  get crossed(): UserError | undefined {
    const [ask, , bid] = this.#values
    if (ask > bid) return undefined
    return this.#error(0, `the book is crossed: best ask ${ask} is not above best bid ${bid}`)
  }

  #readSide(side: 0 | 1): void {
    const values = this.#values
    const sign = side === 0 ? 1 : -1
    const shown = this.#shown[side]
    let count = 0
    let last = Number.NaN
    for (let at = 2 * side; at < values.length; at += 4) {
      const price = values[at]
      const size = values[at + 1]
      if (price === sign * ABSENT) {
        if (size !== 0) throw this.#error(at + 1, `expected size 0 for an absent level, got ${size}`)
        continue
      }
      if (size <= 0) throw this.#error(at + 1, `expected a positive size, got ${size}`)
      if (price <= 0) throw this.#error(at, `expected a positive price, got ${price}`)
      if (sign * (price - last) <= 0) throw this.#error(at, `expected a level behind ${last}, got ${price}`)
      last = price
      shown[count++] = at
    }
    this.#counts[side] = count
    this.#full[side] = values[values.length - 4 + 2 * side] !== sign * ABSENT
  }

  #error(column: number, problem: string): UserError {
    let at = this.#lines.from
    for (let i = 0; i < column; i++) at = behindComma(this.#lines, at)
    return fieldError(this.#lines, at, problem)
  }
}
