import type { Side } from '../../../exchange/units.js'

/** A fill of a resting order that no change of the order has followed yet. */
export interface PendingFill {
  readonly high: number
  readonly low: number
  /** The resting order's. */
  readonly side: Side
  readonly price: number
  left: number
}

/**
 * The fills of one instrument's event. The vendor tells each twice: as a fill, and as the cancel or modification that takes it
 * off the order.
 */
export class PendingFills {
  readonly #fills: PendingFill[] = []

  get isEmpty(): boolean {
    return this.#fills.length === 0
  }

  add(fill: PendingFill): void {
    this.#fills.push(fill)
  }

  /**
   * Takes up to `most` off the fills of an order, oldest first.
   * @param take is told price and quantity of each part
   * @returns how much was filled
   */
  take(high: number, low: number, most: number, take: (price: number, qty: number) => void): number {
    if (this.#fills.length === 0) return 0
    let taken = 0
    for (let i = 0; i < this.#fills.length && taken < most;) {
      const fill = this.#fills[i]
      if (fill.low !== low || fill.high !== high) {
        i++
        continue
      }
      const qty = Math.min(fill.left, most - taken)
      taken += qty
      fill.left -= qty
      if (fill.left === 0) this.#fills.splice(i, 1)
      take(fill.price, qty)
    }
    return taken
  }

  /** Takes all that are left. */
  drain(): readonly PendingFill[] {
    return this.#fills.splice(0)
  }

  clear(): void {
    this.#fills.length = 0
  }
}
