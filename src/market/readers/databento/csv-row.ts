import type { EpochSeconds } from '../../../base/time.js'
import type { LineReader } from '../line-reader.js'
import { isNone, readInteger, readMoment, readPrice } from './csv-values.js'

const COMMA = 44
const POINT = 46
const SHOWN = 30

/** A field that cannot be read; where it stands, the row knows. */
export class FieldError extends Error {}

/** The fields of the current line, by column, read in place. */
export class CsvRow {
  /** The column that was read last. */
  column = 0
  epoch: EpochSeconds | undefined
  readonly #lines: LineReader
  readonly #columns: number
  /** Field n is bytes[starts[n], starts[n + 1] - 1). */
  readonly #starts: Int32Array
  readonly #moment = { seconds: 0, nanos: 0 }
  /** Whether prices are whole numbers of 10^-9 rather than decimals: the first price of the file tells. */
  #billionths: boolean | undefined

  constructor(lines: LineReader, columns: number) {
    this.#lines = lines
    this.#columns = columns
    this.#starts = new Int32Array(columns + 1)
  }

  /** Position of the column that was read last, from 1. */
  get position(): number {
    return Math.max(1, this.#starts[this.column] - this.#lines.from + 1)
  }

  /** Finds the fields of the line. @throws FieldError where they are more or fewer than in the header */
  split(): void {
    const { bytes, from, to } = this.#lines
    const starts = this.#starts
    this.column = 0
    starts[0] = from
    let count = 1
    for (let i = from; i < to; i++) {
      if (bytes[i] !== COMMA) continue
      if (count < starts.length) starts[count] = i + 1
      count++
    }
    if (count !== this.#columns) {
      throw new FieldError(`expected ${this.#columns} columns as in the header, got ${count}`)
    }
    starts[count] = to + 1
  }

  /** The text of a column, "" for one that is not there. */
  text(column: number): string {
    if (column < 0) return ''
    return this.#lines.bytes.toString('latin1', this.#starts[column], this.#starts[column + 1] - 1)
  }

  integer(column: number): number {
    const value = readInteger(this.#lines.bytes, this.#from(column), this.#starts[column + 1] - 1)
    if (Number.isNaN(value)) throw this.expected('a whole number')
    return value
  }

  /** The code of a column's one letter. @param none of a column that is not there or has no letter */
  letter(column: number, none?: number): number {
    if (column < 0 && none !== undefined) return none
    const from = this.#from(column)
    const length = this.#starts[column + 1] - 1 - from
    if (length === 0 && none !== undefined) return none
    if (length !== 1) throw this.expected('one letter')
    return this.#lines.bytes[from]
  }

  /** A price of 10^-9; NaN for none. */
  price(column: number): number {
    const from = this.#from(column)
    const to = this.#starts[column + 1] - 1
    const { bytes } = this.#lines
    if (from === to || isNone(bytes, from, to)) return Number.NaN
    this.#billionths ??= !bytes.subarray(from, to).includes(POINT)
    const value = this.#billionths ? wholeNumber(this.text(column)) : readPrice(bytes, from, to)
    if (Number.isNaN(value)) throw this.expected('a price with at most 9 decimals, below 9 million')
    return value
  }

  /** A 64-bit id as [high, low] half. */
  id(column: number): readonly [high: number, low: number] {
    const value = readInteger(this.#lines.bytes, this.#from(column), this.#starts[column + 1] - 1)
    if (!Number.isNaN(value)) return [Math.floor(value / 4_294_967_296), value >>> 0]
    const text = this.text(column)
    if (!/^\d{16,20}$/.test(text)) throw this.expected('an order id')
    const long = BigInt(text)
    return [Number(BigInt.asUintN(32, long >> 32n)), Number(BigInt.asUintN(32, long))]
  }

  /** A time in ns since the epoch, which the first time sets; NaN for none, and an infinite one for more than 104 days. */
  time(column: number): number {
    const from = this.#from(column)
    const to = this.#starts[column + 1] - 1
    if (from === to) return Number.NaN
    const moment = this.#moment
    if (isNone(this.#lines.bytes, from, to)) return Number.NaN
    if (!readMoment(this.#lines.bytes, from, to, moment)) {
      throw this.expected('a time in UTC, as 2025-07-17T07:05:09.035793433Z or ns since 1970')
    }
    this.epoch ??= Math.floor(moment.seconds / 86_400) * 86_400
    const time = (moment.seconds - this.epoch) * 1e9 + moment.nanos
    return Number.isSafeInteger(time) ? time : time < 0 ? Number.NaN : Number.POSITIVE_INFINITY
  }

  /** What was expected in the column that was read last. */
  expected(what: string): FieldError {
    const text = this.text(this.column)
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text
    return new FieldError(`expected ${what}, got ${JSON.stringify(shown)}`)
  }

  #from(column: number): number {
    this.column = column
    return this.#starts[column]
  }
}

function wholeNumber(text: string): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : Number.NaN
}
