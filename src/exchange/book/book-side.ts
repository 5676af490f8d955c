import { type Order } from '../order/order.js'
import { type DisplayedLevel, type MarketLevels } from '../exchange.js'
import { price, quantity, type Side } from '../units.js'
import { Ladder } from './ladder.js'
import { Level } from './level.js'

const POOL = 1024

/** One side of a book: its levels by price, all of them and those with client orders. */
export class BookSide {
  readonly side: Side
  /** Every level on which something stands, be it consumed. */
  readonly levels = new Ladder()
  /** Levels with client orders. */
  readonly clientLevels = new Ladder()
  /** side x the best client limit; minus infinity without client orders. One comparison tells whether one is concerned. */
  bestClientKey = Number.NEGATIVE_INFINITY
  /** Whether an order may be waiting for the best price (L1). */
  pending = false
  /** Levels of which something that clients took returns. */
  readonly refilling = new Set<Level>()
  readonly #byPrice = new Map<number, Level>()
  readonly #pool: Level[] = []
  /** What was found last: a price is mostly asked for several times on end. */
  #recent: Level | undefined = undefined

  constructor(side: Side) {
    this.side = side
  }

  find(at: number): Level | undefined {
    const recent = this.#recent
    if (recent !== undefined && recent.price === at) return recent
    const level = this.#byPrice.get(at)
    if (level !== undefined) this.#recent = level
    return level
  }

  /** The level of a price, made where there is none. */
  obtain(at: number): Level {
    return this.find(at) ?? this.create(at)
  }

  /** Only where {@link find} knows none. */
  create(at: number): Level {
    const key = this.side * at
    const level = this.#pool.pop() ?? new Level(at, key)
    level.price = at
    level.key = key
    this.#byPrice.set(at, level)
    this.levels.insert(level)
    return level
  }

  /** Lets go of a level on which nothing stands any more. */
  releaseIfEmpty(level: Level): void {
    if (level.marketQty > 0 || level.firstOrder !== undefined || level.firstHidden !== undefined) return
    if (this.#recent === level) this.#recent = undefined
    this.#byPrice.delete(level.price)
    this.levels.remove(level)
    if (this.#pool.length < POOL) this.#pool.push(level)
  }

  /** The best level on which anything is displayed. */
  bestDisplayed(): Level | undefined {
    const levels = this.levels
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      if (level.displayedQty > 0) return level
    }
    return undefined
  }

  /** The best price at which anything but pegged orders is displayed. */
  bestUnpegged(): number | undefined {
    const levels = this.levels
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      if (level.displayedQty > level.peggedQty) return level.price
    }
    return undefined
  }

  /** The best level on which anything can be met, displayed or hidden. */
  bestReachable(): Level | undefined {
    const levels = this.levels
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      if (level.displayedQty > 0 || level.hiddenQty > 0) return level
    }
    return undefined
  }

  /** side x the best price of the feed; minus infinity where it shows none. */
  bestMarketKey(): number {
    const levels = this.levels
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      if (level.marketQty > 0) return level.key
    }
    return Number.NEGATIVE_INFINITY
  }

  /** L1: orders that waited at the best price or before it stand in the queue: behind what is displayed, or in front. */
  reach(bestKey: number): void {
    const levels = this.clientLevels
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      if (level.key < bestKey) return
      level.queue?.reached(level.displayedMarketQty)
    }
    this.pending = false
  }

  /** L1: a print went through orders that waited for the best price: nothing stands ahead of them any more. */
  passed(printKey: number): void {
    const levels = this.clientLevels
    for (let i = levels.length - 1; i >= 0 && levels.at(i).key > printKey; i--) levels.at(i).queue?.reached(0)
  }

  /** Up to `count` displayed levels, best first. */
  displayedDepth(count: number): DisplayedLevel[] {
    return this.#depth(count, (level) => level.displayedQty)
  }

  /** Up to `count` levels of the feed alone, best first, at the feed's prices: `shift` below those of the book. */
  marketDepth(count: number, shift: number): DisplayedLevel[] {
    return this.#depth(count, (level) => level.marketQty, shift)
  }

  /** As {@link marketDepth}, into arrays. */
  readMarket(into: MarketLevels, shift: number): MarketLevels {
    const { price, qty } = into
    const levels = this.levels
    let length = 0
    for (let i = levels.length - 1; i >= 0 && length < price.length; i--) {
      const level = levels.at(i)
      if (level.marketQty === 0) continue
      price[length] = level.price - shift
      qty[length++] = level.marketQty
    }
    into.length = length
    return into
  }

  /** A client order takes its place at the back of a level: of its displayed orders, or of the hidden ones. */
  join(order: Order, level: Level, rank: number): void {
    order.level = level
    order.rank = rank
    if (order.dark) {
      this.#hide(order, level)
      return
    }
    const last = level.lastOrder
    order.ahead = last
    level.lastOrder = order
    const shown = order.leavesQty - order.reserve
    level.clientQty += shown
    if (order.pegged) level.peggedQty += shown
    level.hiddenQty += order.reserve
    if (last !== undefined) {
      last.behind = order
      return
    }
    level.firstOrder = order
    if (level.firstHidden === undefined) this.#addClientLevel(level)
  }

  #hide(order: Order, level: Level): void {
    const last = level.lastHidden
    order.ahead = last
    level.lastHidden = order
    level.hiddenQty += order.leavesQty
    if (last !== undefined) {
      last.behind = order
      return
    }
    level.firstHidden = order
    if (level.firstOrder === undefined) this.#addClientLevel(level)
  }

  #addClientLevel(level: Level): void {
    this.clientLevels.insert(level)
    if (level.key > this.bestClientKey) this.bestClientKey = level.key
  }

  /** A client order leaves its place; its level goes with it where nothing else stands there. */
  leave(order: Order, level: Level): void {
    this.unlink(order, level)
    order.level = undefined
    if (level.firstOrder !== undefined || level.firstHidden !== undefined) return
    this.forgetClients(level)
    this.releaseIfEmpty(level)
  }

  /** The last client order of a level is out of its list. */
  forgetClients(level: Level): void {
    this.clientLevels.remove(level)
    this.bestClientKey = this.clientLevels.best()?.key ?? Number.NEGATIVE_INFINITY
  }

  /** Takes an order out of its level's list; the level stays. */
  unlink(order: Order, level: Level): void {
    const { ahead, behind } = order
    if (order.dark) {
      if (ahead === undefined) level.firstHidden = behind
      else ahead.behind = behind
      if (behind === undefined) level.lastHidden = ahead
      else behind.ahead = ahead
      level.hiddenQty -= order.leavesQty
    } else {
      if (ahead === undefined) level.firstOrder = behind
      else ahead.behind = behind
      if (behind === undefined) level.lastOrder = ahead
      else behind.ahead = ahead
      const shown = order.leavesQty - order.reserve
      level.clientQty -= shown
      if (order.pegged) level.peggedQty -= shown
      level.hiddenQty -= order.reserve
      level.queue?.leave(order.rank)
    }
    order.ahead = undefined
    order.behind = undefined
  }

  #depth(count: number, qtyOf: (level: Level) => number, shift = 0): DisplayedLevel[] {
    const depth: DisplayedLevel[] = []
    for (let i = this.levels.length - 1; i >= 0 && depth.length < count; i--) {
      const level = this.levels.at(i)
      const qty = qtyOf(level)
      if (qty > 0) depth.push({ price: price(level.price - shift), qty: quantity(qty) })
    }
    return depth
  }
}
