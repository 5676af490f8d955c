import type { Side } from '../../exchange/units.js'

/** The displayed levels of one side, best first; every level has a quantity. */
export class SideLadder {
  readonly side: Side
  readonly #prices: number[] = []
  readonly #quantities: number[] = []

  constructor(side: Side) {
    this.side = side
  }

  get depth(): number {
    return this.#prices.length
  }

  price(level: number): number {
    return this.#prices[level]
  }

  quantity(level: number): number {
    return this.#quantities[level]
  }

  get best(): number {
    return this.#prices[0]
  }

  get worst(): number {
    return this.#prices[this.#prices.length - 1]
  }

  /** The quantity of a price is now `qty`; 0 removes the level. */
  set(price: number, qty: number): void {
    let at = 0
    while (at < this.#prices.length && this.side * (this.#prices[at] - price) > 0) at++
    if (this.#prices[at] === price) {
      if (qty > 0) this.#quantities[at] = qty
      else {
        this.#prices.splice(at, 1)
        this.#quantities.splice(at, 1)
      }
    } else if (qty > 0) {
      this.#prices.splice(at, 0, price)
      this.#quantities.splice(at, 0, qty)
    }
  }
}
