import { type Nanos } from '../../base/time.js'
import { type BookSide } from '../book/book-side.js'
import { type Book } from '../book/book.js'
import { type Level } from '../book/level.js'
import { type Order } from '../order/order.js'
import { type ClientFills } from './client-fills.js'

/** How an order walks the opposite side: best price first, at one price through the queue. */
export class Aggression {
  readonly #book: Book
  readonly #fills: ClientFills

  constructor(book: Book, fills: ClientFills) {
    this.#book = book
    this.#fills = fills
  }

  /** What is displayed within the order's limit, counted no further than it needs. */
  available(order: Order): number {
    const { levels } = this.#book.opposite(order.terms.side)
    const limit = limitKey(order)
    const needed = order.leavesQty
    let available = 0
    for (let i = levels.length - 1; i >= 0 && available < needed; i--) {
      const level = levels.at(i)
      if (level.key < limit) break
      available += level.displayedQty
    }
    return available
  }

  /** Fills the order with what it meets. */
  walk(time: Nanos, order: Order): void {
    const side = this.#book.opposite(order.terms.side)
    const { levels } = side
    const limit = limitKey(order)
    for (let i = levels.length - 1; i >= 0 && order.leavesQty > 0; i--) {
      const level = levels.at(i)
      if (level.key < limit) return
      this.#meet(time, order, side, level)
    }
  }

  #meet(time: Nanos, order: Order, side: BookSide, level: Level): void {
    let taken: number
    if (level.firstOrder === undefined) taken = this.#take(time, order, level, level.displayedMarketQty)
    else if (level.queue === undefined) taken = this.#walkQueue(time, order, level)
    else taken = this.#walkEstimate(time, order, level)
    if (taken > 0) this.#book.consume(time, side, level, taken)
  }

  /** A run of market quantity. @returns what the order took of it. */
  #take(time: Nanos, order: Order, level: Level, run: number): number {
    const qty = Math.min(run, order.leavesQty)
    if (qty > 0) this.#fills.aggressor(time, order, qty, level.price)
    return qty
  }

  #meetClient(time: Nanos, order: Order, level: Level, resting: Order): void {
    const qty = Math.min(order.leavesQty, resting.leavesQty)
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
      const next: Order | undefined = client.behind
      this.#meetClient(time, order, level, client)
      client = next
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
      let client = level.firstFrom(cohort.first)
      while (order.leavesQty > 0 && client !== undefined && client.rank <= cohort.last) {
        const next = client.behind
        this.#meetClient(time, order, level, client)
        client = next
      }
      if (order.leavesQty === 0) return passed
    }
    return passed + this.#take(time, order, level, displayed - passed)
  }
}

/** The worst key of the opposite side that an order may meet. */
function limitKey(order: Order): number {
  const { ordType, side, price } = order.terms
  return ordType === 'market' ? Number.NEGATIVE_INFINITY : -side * price
}
