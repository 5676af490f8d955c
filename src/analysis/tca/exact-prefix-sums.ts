import { plus, times, type Exact } from '../exact.js'

const LIMB = 2 ** 52
const LIMB_BITS = 52n

/**
 * Running sums of whole numbers, exact however large: each is kept as high x 2^52 + low in two doubles, so a million of
 * them cost 16 MB and no bigints.
 */
export class ExactPrefixSums {
  readonly #high: Float64Array
  readonly #low: Float64Array
  #length = 0

  constructor(capacity: number) {
    this.#high = new Float64Array(capacity + 1)
    this.#low = new Float64Array(capacity + 1)
  }

  /** Adds the next number, which must not be negative. */
  push(value: Exact): void {
    const at = this.#length++
    let high = this.#high[at]
    let low = this.#low[at]
    if (typeof value === 'number' && value < LIMB) low += value
    else {
      const large = BigInt(value)
      high += Number(large >> LIMB_BITS)
      low += Number(BigInt.asUintN(52, large))
    }
    if (low >= LIMB) {
      low -= LIMB
      high++
    }
    this.#high[at + 1] = high
    this.#low[at + 1] = low
  }

  /** The sum of the numbers from row `from` up to, not including, row `to`. */
  between(from: number, to: number): Exact {
    const low = this.#low[to] - this.#low[from]
    const high = this.#high[to] - this.#high[from]
    return high === 0 ? low : plus(times(high, LIMB), low)
  }

  /** The sum up to, not including, row `to`. */
  upTo(to: number): Exact {
    return this.between(0, to)
  }
}
