import { BUY, type Side } from '../../exchange/units.js'

/**
 * The displayed quantity at each price of one instrument, added up from its orders or as the vendor says. A side is one
 * array, price and quantity in turn, worst level first: the busy end is the cheap one, and near in memory.
 */
export class PriceLevels {
  readonly #bids: number[] = []
  readonly #asks: number[] = []

  count(side: Side): number {
    return this.#of(side).length / 2
  }

  /** Price of level `n` (0 is the best), NaN where there is none. */
  price(side: Side, n = 0): number {
    const cells = this.#of(side)
    const at = cells.length - 2 * n - 2
    return at >= 0 ? cells[at] : Number.NaN
  }

  /** Quantity of level `n` (0 is the best), 0 where there is none. */
  qty(side: Side, n = 0): number {
    const cells = this.#of(side)
    const at = cells.length - 2 * n - 2
    return at >= 0 ? cells[at + 1] : 0
  }

  qtyAt(side: Side, price: number): number {
    const cells = this.#of(side)
    const at = find(cells, side, price)
    return at < cells.length && cells[at] === price ? cells[at + 1] : 0
  }

  /** Adds to a level; what falls to 0 is gone. */
  change(side: Side, price: number, by: number): void {
    const cells = this.#of(side)
    const at = find(cells, side, price)
    if (at === cells.length || cells[at] !== price) {
      if (by > 0) insert(cells, at, price, by)
      return
    }
    const qty = cells[at + 1] + by
    if (qty > 0) cells[at + 1] = qty
    else remove(cells, at)
  }

  clear(): void {
    this.#bids.length = 0
    this.#asks.length = 0
  }

  /** Whether the best bid is not below the best ask. */
  get crossed(): boolean {
    const bids = this.#bids
    const asks = this.#asks
    return bids.length > 0 && asks.length > 0 && bids[bids.length - 2] >= asks[asks.length - 2]
  }

  #of(side: Side): number[] {
    return side === BUY ? this.#bids : this.#asks
  }
}

/** Where the cells of a price are, or would be. */
function find(cells: readonly number[], side: Side, price: number): number {
  let low = 0
  let high = cells.length >>> 1
  // Most changes are near the best price.
  for (let step = 1; high > 0; step *= 2) {
    const probe = Math.max(0, high - step)
    if (side * (cells[2 * probe] - price) >= 0) high = probe
    else {
      low = probe + 1
      break
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1
    if (side * (cells[2 * middle] - price) < 0) low = middle + 1
    else high = middle
  }
  return 2 * low
}

/** The better levels are few: they move one by one. */
function insert(cells: number[], at: number, price: number, qty: number): void {
  cells.push(price, qty)
  for (let i = cells.length - 1; i > at + 1; i--) cells[i] = cells[i - 2]
  cells[at] = price
  cells[at + 1] = qty
}

function remove(cells: number[], at: number): void {
  for (let i = at + 2; i < cells.length; i++) cells[i - 2] = cells[i]
  cells.pop()
  cells.pop()
}
