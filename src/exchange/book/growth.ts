import { BUY, type Side } from '../units.js'

/**
 * What the market showed, when its last event ended, at prices that changed in this event and lie within a client's
 * limit on the other side. Nearly always empty: nothing is noted while no client is concerned.
 */
export class Growth {
  readonly #bids = new Map<number, number>()
  readonly #asks = new Map<number, number>()

  get isEmpty(): boolean {
    return this.#bids.size === 0 && this.#asks.size === 0
  }

  /** The market's quantity at a price is about to change from `qty`. The first note of an event counts. */
  note(side: Side, price: number, qty: number): void {
    const noted = side === BUY ? this.#bids : this.#asks
    if (!noted.has(price)) noted.set(price, qty)
  }

  /** `qty` of a price returned in this event, which ends with `now` of the market there: added, however it changed otherwise. */
  returned(side: Side, price: number, now: number, qty: number): void {
    const noted = side === BUY ? this.#bids : this.#asks
    noted.set(price, Math.min(noted.get(price) ?? now, now) - qty)
  }

  /** What a side's prices showed before this event. */
  before(side: Side): ReadonlyMap<number, number> {
    return side === BUY ? this.#bids : this.#asks
  }

  clear(): void {
    this.#bids.clear()
    this.#asks.clear()
  }
}
