const CENT = 10_000_000
/** Shares quote in 1/10,000 below a dollar: an instrument does, where more than this part of its prices is off the cent. */
const MOSTLY = 0.01

/** Looks at the displayed prices of one instrument, in 10^-9, to tell its tick. */
export class TickSurvey {
  #divisor = 0
  #count = 0
  #offCent = 0

  get count(): number {
    return this.#count
  }

  /** The largest number that divides all prices; 0 before any. */
  get commonDivisor(): number {
    return this.#divisor
  }

  see(price: number): void {
    this.#count++
    if (price % CENT !== 0) this.#offCent++
    if (this.#divisor === 0 || price % this.#divisor !== 0) this.#divisor = greatestCommonDivisor(this.#divisor, price)
  }

  /** The tick of a US share (Rule 612): a cent, and 1/10,000 for one that is quoted below a dollar. */
  get shareTick(): '0.01' | '0.0001' {
    return this.#offCent > MOSTLY * this.#count ? '0.0001' : '0.01'
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [Math.abs(a), Math.abs(b)]
  while (right !== 0) [left, right] = [right, left % right]
  return left
}
