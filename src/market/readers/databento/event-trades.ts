import type { Aggressor, Side } from '../../../exchange/units.js'

/** A trade whose fills are still to come; what no fill of a displayed order explains was hidden. */
export interface OpenTrade {
  readonly price: number
  readonly aggressor: Aggressor
  left: number
}

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
 * The trades of one instrument's event. The vendor tells what a displayed order trades three times: as a trade, as the fill of the
 * order, and as the cancel or modification that takes it off the order.
 */
export class EventTrades {
  readonly #trades: OpenTrade[] = []
  readonly #fills: PendingFill[] = []

  get hasFills(): boolean {
    return this.#fills.length > 0
  }

  trade(price: number, aggressor: Aggressor, qty: number): void {
    this.#trades.push({ price, aggressor, left: qty })
  }

  /** A fill explains trades at its price. */
  fill(fill: PendingFill): void {
    this.#fills.push(fill)
    let { left } = fill
    for (const trade of this.#trades) {
      if (left === 0) return
      if (trade.price !== fill.price) continue
      const explained = Math.min(trade.left, left)
      trade.left -= explained
      left -= explained
    }
  }

  /**
   * Takes up to `most` off the fills of an order, oldest first.
   * @param take is told price and quantity of each part
   * @returns how much was filled
   */
  take(high: number, low: number, most: number, take: (price: number, qty: number) => void): number {
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

  /** Takes the trades that no fill explains. */
  drainHidden(): readonly OpenTrade[] {
    if (this.#trades.length === 0) return NOTHING
    return this.#trades.splice(0).filter(({ left }) => left > 0)
  }

  /** Takes the fills that nothing followed. */
  drainFills(): readonly PendingFill[] {
    return this.#fills.splice(0)
  }

  clear(): void {
    this.#trades.length = 0
    this.#fills.length = 0
  }
}

const NOTHING: readonly OpenTrade[] = []
