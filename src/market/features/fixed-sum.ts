const UNIT = 2 ** 48

/**
 * A sum of positive numbers, up to 32, that adding and taking away leave exact, in whole multiples of 2^-96: it does not
 * depend on the order of its parts, and what was taken away leaves no trace. Allocates nothing.
 */
export class FixedSum {
  /** Whole multiples of 2^-48. */
  #high = 0
  /** Whole multiples of 2^-96, from 0 to 2^48 - 1. */
  #low = 0

  add(part: number): void {
    const scaled = part * UNIT
    const high = Math.floor(scaled)
    const low = this.#low + Math.round((scaled - high) * UNIT)
    const carry = low >= UNIT ? 1 : 0
    this.#low = low - carry * UNIT
    this.#high += high + carry
  }

  /** Takes away what was added. */
  remove(part: number): void {
    const scaled = part * UNIT
    const high = Math.floor(scaled)
    const low = this.#low - Math.round((scaled - high) * UNIT)
    const borrow = low < 0 ? 1 : 0
    this.#low = low + borrow * UNIT
    this.#high -= high + borrow
  }

  get value(): number {
    return (this.#high + this.#low / UNIT) / UNIT
  }
}
