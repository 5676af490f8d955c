import { BUY, type Side } from '../../exchange/units.js'

/** One side of a book as price levels, worst first: the busy end is the cheap one. */
class LevelSide {
  readonly prices: number[] = []
  readonly quantities: number[] = []
  readonly #side: Side

  constructor(side: Side) {
    this.#side = side
  }

  /** Where a price stands, or would stand. */
  find(price: number): number {
    const { prices } = this
    const side = this.#side
    let low = 0
    let high = prices.length
    // Most changes are near the best price.
    for (let step = 1; high > 0; step *= 2) {
      const probe = Math.max(0, high - step)
      if (side * (prices[probe] - price) >= 0) high = probe
      else {
        low = probe + 1
        break
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1
      if (side * (prices[middle] - price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The displayed quantity at each price of one instrument, added up from its orders or as the vendor says. */
export class PriceLevels {
  readonly #bids = new LevelSide(BUY)
  readonly #asks = new LevelSide(-1)

  #of(side: Side): LevelSide {
    return side === BUY ? this.#bids : this.#asks
  }

  count(side: Side): number {
    return this.#of(side).prices.length
  }

  /** Price of level `n` (0 is the best), NaN where there is none. */
  price(side: Side, n = 0): number {
    const { prices } = this.#of(side)
    return n < prices.length ? prices[prices.length - 1 - n] : Number.NaN
  }

  /** Quantity of level `n` (0 is the best), 0 where there is none. */
  qty(side: Side, n = 0): number {
    const { quantities } = this.#of(side)
    return n < quantities.length ? quantities[quantities.length - 1 - n] : 0
  }

  qtyAt(side: Side, price: number): number {
    const levels = this.#of(side)
    const at = levels.find(price)
    return levels.prices[at] === price ? levels.quantities[at] : 0
  }

  /** Adds to a level; what falls to 0 is gone. */
  change(side: Side, price: number, by: number): void {
    const levels = this.#of(side)
    const { prices, quantities } = levels
    const at = levels.find(price)
    if (prices[at] !== price) {
      if (by <= 0) return
      if (at === prices.length) {
        prices.push(price)
        quantities.push(by)
      } else {
        prices.splice(at, 0, price)
        quantities.splice(at, 0, by)
      }
      return
    }
    quantities[at] += by
    if (quantities[at] > 0) return
    if (at === prices.length - 1) {
      prices.pop()
      quantities.pop()
    } else {
      prices.splice(at, 1)
      quantities.splice(at, 1)
    }
  }

  clear(): void {
    for (const { prices, quantities } of [this.#bids, this.#asks]) {
      prices.length = 0
      quantities.length = 0
    }
  }

  /** Whether the best bid is not below the best ask. */
  get crossed(): boolean {
    const bids = this.#bids.prices
    const asks = this.#asks.prices
    return bids.length > 0 && asks.length > 0 && bids[bids.length - 1] >= asks[asks.length - 1]
  }
}
