import type { CsvRow } from './csv-row.js'

const WORD = 4_294_967_296
const FNV_PRIME = 0x01000193

/** Order ids of a vendor as 64-bit numbers: whole numbers as they are, other texts by a hash (FNV-1a, two of 32 bits). */
export class OrderIdColumn {
  readonly column: number
  high = 0
  low = 0

  constructor(column: number) {
    this.column = column
  }

  /** Reads the id of a row; false where there is none. */
  read(row: CsvRow): boolean {
    const from = row.from(this.column)
    const to = row.to(this.column)
    if (from === to) return false
    const { bytes } = row
    let high = 0
    let low = 0
    for (let at = from; at < to; at++) {
      const digit = bytes[at] - 48
      if (!(digit >= 0 && digit <= 9) || high > 429_496_728) {
        this.#hash(bytes, from, to)
        return true
      }
      const product = low * 10 + digit
      const carry = Math.floor(product / WORD)
      low = product - carry * WORD
      high = high * 10 + carry
    }
    this.high = high | 0
    this.low = low | 0
    return true
  }

  #hash(bytes: Buffer, from: number, to: number): void {
    let high = 0x811c9dc5
    let low = 0x9e3779b1
    for (let at = from; at < to; at++) {
      high = Math.imul(high ^ bytes[at], FNV_PRIME)
      low = Math.imul(low ^ bytes[at] ^ (high >>> 24), FNV_PRIME)
    }
    this.high = high
    this.low = low
  }
}
