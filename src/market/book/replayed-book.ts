import { BUY, type Side } from '../../exchange/units.js'

/** A quantity in a level's queue: an order's, or one that no order explains (`order` 0). */
export interface Entry {
  /** The order's id, 0 without. */
  readonly order: number
  /** The number under which the tape knows the order. */
  readonly feedId: number
  readonly side: Side
  readonly level: Level
  qty: number
  ahead: Entry | undefined
  behind: Entry | undefined
}

export interface Level {
  readonly price: number
  qty: number
  front: Entry | undefined
  back: Entry | undefined
}

/**
 * The market's book of one instrument as whoever replays a tape will hold it, order by order, by the rules of
 * `MarketSink`. Readers compare it with the vendor's book and write what is missing.
 */
export class ReplayedBook {
  readonly #orders = new Map<number, Entry>()
  /** Worst first, so that the busy end is cheap to change. */
  readonly #bids: Level[] = []
  readonly #asks: Level[] = []

  /** The levels of a side, the best last. */
  levels(side: Side): readonly Level[] {
    return side === BUY ? this.#bids : this.#asks
  }

  /** The feed id of an order that is in the book, 0 for none. */
  feedId(order: number): number {
    return this.#orders.get(order)?.feedId ?? 0
  }

  /** What is left of an order that is in the book, 0 for none. */
  quantityOf(order: number): number {
    return this.#orders.get(order)?.qty ?? 0
  }

  quantityAt(side: Side, price: number): number {
    const levels = this.levels(side)
    const at = this.#find(side, price)
    return at < levels.length && levels[at].price === price ? levels[at].qty : 0
  }

  add(order: number, feedId: number, side: Side, price: number, qty: number): void {
    const level = this.#levelAt(side, price)
    const entry: Entry = { order, feedId, side, level, qty, ahead: level.back, behind: undefined }
    if (level.back) level.back.behind = entry
    else level.front = entry
    level.back = entry
    level.qty += qty
    if (order !== 0) this.#orders.set(order, entry)
  }

  /** Takes `qty`, or what there is, off an order. */
  reduce(order: number, qty: number): void {
    const entry = this.#orders.get(order)
    if (entry) this.#take(entry, qty)
  }

  /** An order has this price and quantity now; same price and no more quantity keeps its place. */
  modify(order: number, feedId: number, side: Side, price: number, qty: number): void {
    const entry = this.#orders.get(order)
    if (entry && entry.side === side && entry.level.price === price && qty <= entry.qty) {
      this.#take(entry, entry.qty - qty)
      return
    }
    if (entry) this.#take(entry, entry.qty)
    this.add(order, feedId, side, price, qty)
  }

  /** One side shows this price alone, or nothing for `qty` 0 (L1). */
  setQuote(side: Side, price: number, qty: number): void {
    this.#clearSide(side)
    if (qty > 0) this.add(0, 0, side, price, qty)
  }

  clear(): void {
    this.#clearSide(1)
    this.#clearSide(-1)
  }

  /** An execution of an order that nobody knows: it comes off the frontmost quantities without id. */
  executeUnknown(side: Side, price: number, qty: number): void {
    const level = this.levels(side)[this.#find(side, price)] as Level | undefined
    if (level?.price !== price) return
    for (let entry = level.front; entry && qty > 0;) {
      const { behind } = entry
      if (entry.order === 0) qty -= this.#take(entry, qty)
      entry = behind
    }
  }

  /** The level's sum is `qty` now: growth joins the back, shrinkage leaves from quantities without id, then from the back. */
  setLevel(side: Side, price: number, qty: number): void {
    const change = qty - this.quantityAt(side, price)
    if (change > 0) {
      const { back } = this.#levelAt(side, price)
      if (back?.order === 0) {
        back.qty += change
        back.level.qty += change
      } else {
        this.add(0, 0, side, price, change)
      }
    } else if (change < 0) {
      const level = this.levels(side)[this.#find(side, price)]
      const left = this.#shrink(level, -change, true)
      this.#shrink(level, left, false)
    }
  }

  #clearSide(side: Side): void {
    const levels = side === BUY ? this.#bids : this.#asks
    for (const { front } of levels) {
      for (let entry = front; entry; entry = entry.behind) if (entry.order !== 0) this.#orders.delete(entry.order)
    }
    levels.length = 0
  }

  #shrink(level: Level, qty: number, withoutIdOnly: boolean): number {
    for (let entry = level.back; entry && qty > 0;) {
      const { ahead } = entry
      if (!withoutIdOnly || entry.order === 0) qty -= this.#take(entry, qty)
      entry = ahead
    }
    return qty
  }

  /** Takes up to `qty` off an entry and drops what is empty; returns what was taken. */
  #take(entry: Entry, qty: number): number {
    const taken = Math.min(qty, entry.qty)
    const { level, side } = entry
    entry.qty -= taken
    level.qty -= taken
    if (entry.qty > 0) return taken
    if (entry.order !== 0) this.#orders.delete(entry.order)
    if (entry.ahead) entry.ahead.behind = entry.behind
    else level.front = entry.behind
    if (entry.behind) entry.behind.ahead = entry.ahead
    else level.back = entry.ahead
    if (level.qty === 0) (side === BUY ? this.#bids : this.#asks).splice(this.#find(side, level.price), 1)
    return taken
  }

  #levelAt(side: Side, price: number): Level {
    const levels = side === BUY ? this.#bids : this.#asks
    const at = this.#find(side, price)
    if (at < levels.length && levels[at].price === price) return levels[at]
    const level: Level = { price, qty: 0, front: undefined, back: undefined }
    levels.splice(at, 0, level)
    return level
  }

  /** Where a price stands, or would stand, among the levels of its side. */
  #find(side: Side, price: number): number {
    const levels = this.levels(side)
    let low = 0
    let high = levels.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (side * (levels[middle].price - price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
