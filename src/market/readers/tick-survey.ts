const CENT = 10_000_000
/** Shares quote in 1/10,000 below a dollar: an instrument does, where more than this part of its prices is off the cent. */
const MOSTLY = 0.01
/** A step that divides so many different prices is no accident of what was quoted; of many prices, fewer different ones do. */
const ENOUGH = 16
const ENOUGH_OF_MANY = 4
const MANY = 256

/** Looks at the displayed prices of one instrument, in 10^-9, to tell its tick. */
export class TickSurvey {
  #divisor = 0
  #count = 0
  #offCent = 0
  readonly #different = new Set<number>()

  get count(): number {
    return this.#count
  }

  /** The largest number that divides all prices; of few different ones, no more than their last decimal; 0 before any. */
  get step(): number {
    const { size } = this.#different
    if (size >= ENOUGH || (size >= ENOUGH_OF_MANY && this.#count >= MANY)) return this.#divisor
    let decimal = this.#divisor === 0 ? 0 : 1
    while (decimal > 0 && this.#divisor % (10 * decimal) === 0) decimal *= 10
    return decimal
  }

  see(price: number): void {
    this.#count++
    if (price % CENT !== 0) this.#offCent++
    if (this.#different.size < ENOUGH) this.#different.add(price)
    if (this.#divisor === 0 || price % this.#divisor !== 0) this.#divisor = greatestCommonDivisor(this.#divisor, price)
  }

  /** The tick of a US share (Rule 612): a cent, and 1/10,000 for one that is quoted below a dollar. */
  get shareTick(): '0.01' | '0.0001' {
    return this.#offCent > MOSTLY * this.#count ? '0.0001' : '0.01'
  }
}

/** Of two whole numbers, whatever their signs. */
export function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [Math.abs(a), Math.abs(b)]
  while (right !== 0) [left, right] = [right, left % right]
  return left
}
