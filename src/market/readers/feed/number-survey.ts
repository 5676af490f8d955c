import { formatDecimal } from '../../../base/decimal.js'
import type { DecimalNumber } from './decimal-number.js'

/** A step is believed when so many different prices are multiples of it. */
const ENOUGH = 64
const MOST_DECIMALS = 15

/** Finds out in which steps a vendor's numbers move. */
export class NumberSurvey {
  /** The most decimals that a number has. */
  decimals = 0
  /** The largest number, at 10^-`decimals`, that divides all that were seen as displayed. */
  #divisor = 0
  readonly #different = new Set<number>()
  /** The most decimals of a displayed number; -1 before any. */
  #stepDecimals = -1

  /** A number that need not be on the step. */
  see({ decimals }: DecimalNumber): void {
    if (decimals > this.decimals) this.#scaleTo(decimals)
  }

  seeStep(number: DecimalNumber): void {
    this.see(number)
    if (number.decimals > this.#stepDecimals) this.#stepDecimals = number.decimals
    const value = Math.abs(number.at(this.decimals))
    if (this.#different.size < ENOUGH) this.#different.add(number.mantissa * 16 + number.decimals)
    if (value > 0 && (this.#divisor === 0 || value % this.#divisor !== 0)) {
      this.#divisor = greatestCommonDivisor(this.#divisor, value)
    }
  }

  /** The step as a decimal. Of few different numbers, no more than their decimals are believed. */
  get step(): string {
    const scale = Math.min(this.decimals, MOST_DECIMALS)
    if (this.#different.size >= ENOUGH && this.#divisor > 0) return formatDecimal(this.#divisor, scale, 0)
    return formatDecimal(1, Math.min(this.#stepDecimals < 0 ? scale : this.#stepDecimals, MOST_DECIMALS))
  }

  /** 10^-decimals as a decimal. */
  get unit(): string {
    return formatDecimal(1, Math.min(this.decimals, MOST_DECIMALS))
  }

  #scaleTo(decimals: number): void {
    this.#divisor *= 10 ** (decimals - this.decimals)
    this.decimals = decimals
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}
