import { formatDecimal } from '../../../base/decimal.js'
import type { DecimalNumber } from './decimal-number.js'

/** A step is believed when so many different prices are multiples of it. */
const ENOUGH = 64
/** Sums of a day are so much larger than its largest number. */
const ROOM = 1000
/** As many as an instrument may have. */
const MOST_DECIMALS = 15

/** Finds out in which steps a vendor's numbers move. */
export class NumberSurvey {
  /** The most decimals that a number has. */
  decimals = 0
  #largest = 0
  /** The largest number, at 10^-`decimals`, that divides all that were seen as displayed. */
  #divisor = 0
  readonly #different = new Set<number>()
  /** The most decimals of a displayed number; -1 before any. */
  #stepDecimals = -1

  /** A number that need not be on the step. */
  see({ mantissa, decimals }: DecimalNumber): void {
    this.#largest = Math.max(this.#largest, Math.abs(mantissa) * 10 ** -decimals)
    // A number with more is a fault, which the recording finds.
    if (decimals > this.decimals && decimals <= MOST_DECIMALS) this.#scaleTo(decimals)
  }

  seeStep(number: DecimalNumber): void {
    this.see(number)
    if (number.decimals > this.decimals) return
    if (number.decimals > this.#stepDecimals) this.#stepDecimals = number.decimals
    const value = Math.abs(number.at(this.decimals))
    if (this.#different.size < ENOUGH) this.#different.add(number.mantissa * 16 + number.decimals)
    if (value > 0 && (this.#divisor === 0 || value % this.#divisor !== 0)) {
      this.#divisor = greatestCommonDivisor(this.#divisor, value)
    }
  }

  /** The step as a decimal. Of few different numbers, no more than their decimals are believed. */
  get step(): string {
    const scale = this.decimals
    if (this.#different.size >= ENOUGH && this.#divisor > 0) return formatDecimal(this.#divisor, scale, 0)
    return formatDecimal(1, this.#stepDecimals < 0 ? scale : this.#stepDecimals)
  }

  /** As many of the decimals as leave room for sums beside the largest number. */
  get roomyDecimals(): number {
    const room = Math.floor(Math.log10(Number.MAX_SAFE_INTEGER / ROOM / this.#largest))
    return Math.max(0, Math.min(this.decimals, room))
  }

  #scaleTo(decimals: number): void {
    this.#divisor *= 10 ** (decimals - this.decimals)
    this.decimals = decimals
  }
}

/** Of two whole numbers. */
export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}
