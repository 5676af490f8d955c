import { type Nanos } from '../../base/time.js'
import { type Book } from '../book/book.js'
import { type Level } from '../book/level.js'
import { type Order } from '../order/order.js'
import { type ClientFills } from './client-fills.js'
import { type SelfMatchPrevention } from './self-match.js'

/** How an order walks the opposite side: best price first, at one price through the queue. */
export class Aggression {
  readonly #book: Book
  readonly #fills: ClientFills
  readonly #selfMatch: SelfMatchPrevention

  constructor(book: Book, fills: ClientFills, selfMatch: SelfMatchPrevention) {
    this.#book = book
    this.#fills = fills
    this.#selfMatch = selfMatch
  }

  /** Fills the order with what it meets, down to the key `reach`. */
  walk(time: Nanos, order: Order, reach: number): void {
    const side = this.#book.opposite(order.terms.side)
    const { levels } = side
    for (let i = levels.length - 1; i >= 0 && order.leavesQty > 0; i--) {
      const level = levels.at(i)
      if (level.key < reach) return
      this.#meet(time, order, level)
    }
  }

  /** Trade at last: what stands at one price, and nothing else. */
  walkLevel(time: Nanos, order: Order, price: number): void {
    const level = this.#book.opposite(order.terms.side).find(price)
    if (level !== undefined) this.#meet(time, order, level)
  }

  #meet(time: Nanos, order: Order, level: Level): void {
    let taken: number
    if (level.firstOrder === undefined) taken = this.#take(time, order, level, level.displayedMarketQty)
    else if (level.queue === undefined) taken = this.#walkQueue(time, order, level)
    else taken = this.#walkEstimate(time, order, level)
    while (order.leavesQty > 0 && level.firstHidden !== undefined)
      this.#meetClient(time, order, level, level.firstHidden)
    if (taken > 0) this.#book.consume(time, level, taken)
  }

  /** A run of market quantity. @returns what the order took of it. */
  #take(time: Nanos, order: Order, level: Level, run: number): number {
    const qty = Math.min(run, order.leavesQty)
    if (qty > 0) this.#fills.aggressor(time, order, qty, level.price)
    return qty
  }

  #meetClient(time: Nanos, order: Order, level: Level, resting: Order): void {
    if (order.self !== undefined && order.self === resting.self) {
      this.#selfMatch.meet(time, order, resting)
      return
    }
    const qty = Math.min(order.leavesQty, resting.shown)
    this.#fills.aggressor(time, order, qty, level.price)
    this.#fills.resting(time, resting, qty)
  }

  /** L3: feed orders and client orders by their places; the first of the feed's quantity is what clients consumed. */
  #walkQueue(time: Nanos, order: Order, level: Level): number {
    let consumed = level.consumedQty
    let taken = 0
    let feed = level.firstFeedOrder
    let client = level.firstOrder
    while (order.leavesQty > 0) {
      let run = 0
      while (feed !== undefined && (client === undefined || feed.rank < client.rank)) {
        run += feed.qty
        feed = feed.behind
      }
      const gone = Math.min(consumed, run)
      consumed -= gone
      taken += this.#take(time, order, level, run - gone)
      if (client === undefined || order.leavesQty === 0) break
      this.#meetClient(time, order, level, client)
      // Whoever was met is gone, or at the back with the next part of an iceberg.
      client = level.firstOrder
    }
    return taken
  }

  /** L2, L1: each client order stands behind its V, one that waits behind everything. */
  #walkEstimate(time: Nanos, order: Order, level: Level): number {
    const displayed = level.displayedMarketQty
    let passed = 0
    for (const cohort of level.queue?.inOrder() ?? []) {
      const run = Math.min(cohort.ahead, displayed) - passed
      if (run > 0) passed += this.#take(time, order, level, run)
      const { last } = cohort
      while (order.leavesQty > 0 && level.firstOrder !== undefined && level.firstOrder.rank <= last)
        this.#meetClient(time, order, level, level.firstOrder)
      if (order.leavesQty === 0) return passed
    }
    passed += this.#take(time, order, level, displayed - passed)
    while (order.leavesQty > 0 && level.firstOrder !== undefined) this.#meetClient(time, order, level, level.firstOrder)
    return passed
  }
}
