import { BUY, SELL, type Side } from '../../../exchange/units.js'
import { PriceLevels } from '../price-levels.js'

/** What is known of the displayed market of one instrument while its feed is recorded. */
export class RecordedBook {
  readonly levels = new PriceLevels()
  /** The side that changed last: where the book is crossed, the other one is the older. */
  lastSide: Side = BUY
  crossed = false
  /** An event that replaces the book is open; levels a side that the vendor shows then. */
  wholeDepth = 0
  /** Prices, by side, that the open event told. */
  readonly #told: readonly [bids: number[], asks: number[]] = [[], []]
  /** Prices at which there were prints since the level was last told: an unchanged quantity says something there. */
  readonly #printed = new Set<number>()

  beginWhole(depth: number): void {
    this.wholeDepth = depth
    for (const told of this.#told) told.length = 0
  }

  printedAt(price: number): void {
    if (this.#printed.size < 64) this.#printed.add(price)
  }

  /**
   * A level is `qty` now.
   * @returns whether that is worth telling: in a replaced book, what stays as it was is not; nor is the end of a level that
   * nobody saw.
   */
  set(side: Side, price: number, qty: number): boolean {
    const before = this.levels.qtyAt(side, price)
    if (this.wholeDepth > 0 && qty > 0) this.#of(side).push(price)
    if (before !== qty) {
      this.levels.change(side, price, qty - before)
      if (qty > 0) this.lastSide = side
    }
    const printed = this.#printed.size > 0 && this.#printed.delete(price)
    if (qty === 0) return before > 0
    return before !== qty || printed || this.wholeDepth === 0
  }

  /** Prices of a side that the event which replaces the book left out, though the vendor would show them. */
  leftOut(side: Side): number[] {
    const told = this.#of(side)
    const known = new Set(told)
    const prices: number[] = []
    const complete = told.length < this.wholeDepth
    const last = complete ? Number.NaN : told.reduce((a, b) => (side * (b - a) < 0 ? b : a))
    for (let n = 0; n < this.levels.count(side); n++) {
      const price = this.levels.price(side, n)
      if (!complete && side * (price - last) < 0) break
      if (!known.has(price)) prices.push(price)
    }
    return prices
  }

  /** Prices of the older side that the younger has run through, or met. */
  runThrough(): readonly [side: Side, prices: number[]] {
    const older: Side = this.lastSide === BUY ? SELL : BUY
    const limit = this.levels.price(this.lastSide)
    const prices: number[] = []
    for (let n = 0; older * (this.levels.price(older, n) - limit) >= 0; n++) prices.push(this.levels.price(older, n))
    return [older, prices]
  }

  #of(side: Side): number[] {
    return this.#told[side === BUY ? 0 : 1]
  }
}
