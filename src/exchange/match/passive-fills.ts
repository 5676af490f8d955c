import { type Nanos } from '../../base/time.js'
import { type BookSide } from '../book/book-side.js'
import { type FeedOrder } from '../book/feed-order.js'
import { type Level } from '../book/level.js'
import { type Order } from '../order/order.js'
import { type ClientFills } from './client-fills.js'

/**
 * What a print gives to resting client orders. One print gives each share once: every method takes what is left of it
 * and answers what it leaves.
 */
export class PassiveFills {
  readonly #fills: ClientFills

  constructor(fills: ClientFills) {
    this.#fills = fills
  }

  /** Limits strictly better than the print's price, best first, then by arrival. */
  better(time: Nanos, side: BookSide, price: number, qty: number): number {
    const key = side.side * price
    let left = qty
    while (left > 0 && side.bestClientKey > key) left = this.#front(time, side, left)
    return left
  }

  /** L3: orders of a level that took their place before `rank`. */
  aheadOf(time: Nanos, level: Level, rank: number, qty: number): number {
    let left = qty
    let order = level.firstOrder
    while (left > 0 && order !== undefined && order.rank < rank) {
      const next = order.behind
      const fill = Math.min(left, order.shown)
      this.#fills.resting(time, order, fill)
      left -= fill
      order = next
    }
    return left
  }

  /**
   * L3: what of a print finds nothing of the executed order any more, as clients took it, goes on through what is displayed
   * behind it, to orders whose rank is not beyond `last`.
   */
  behind(time: Nanos, executed: FeedOrder, last: number, qty: number): void {
    const { level } = executed
    let consumed = level.consumedQty
    for (let feed = level.firstFeedOrder; feed !== undefined && feed !== executed; feed = feed.behind)
      consumed -= feed.qty
    if (consumed <= 0) return
    let left = qty
    let feed: FeedOrder | undefined = executed
    let order = level.firstFrom(executed.rank)
    while (order !== undefined && order.rank <= last) {
      for (; feed !== undefined && feed.rank < order.rank; feed = feed.behind) {
        const gone = Math.min(consumed, feed.qty)
        consumed -= gone
        left -= feed.qty - gone
      }
      if (left <= 0) return
      const next = order.behind
      const fill = Math.min(left, order.shown)
      this.#fills.resting(time, order, fill)
      left -= fill
      order = next
    }
  }

  #hidden(time: Nanos, level: Level, qty: number): number {
    let left = qty
    let order = level.firstHidden
    while (left > 0 && order !== undefined) {
      const next = order.behind
      const fill = Math.min(left, order.leavesQty)
      this.#fills.resting(time, order, fill)
      left -= fill
      order = next
    }
    return left
  }

  /**
   * L2, L1: a print of `qty`, `left` of which no client had yet, at or through the clients of one side. V of every order
   * at its price moves by the whole print, what exceeds V is theirs. `left` of 0: V moves and nobody is filled.
   */
  print(time: Nanos, side: BookSide, price: number, qty: number, left: number): number {
    if (side.bestClientKey < side.side * price) return left
    const rest = this.better(time, side, price, left)
    const level = side.find(price)
    return level?.firstOrder === undefined ? rest : this.#atPrice(time, level, qty, rest)
  }

  #atPrice(time: Nanos, level: Level, qty: number, left: number): number {
    const { queue } = level
    if (queue === undefined) return left
    let rest = left
    let used: Order[] | undefined
    for (const cohort of queue.inOrder()) {
      const excess = queue.printed(cohort, time, qty)
      let due = Math.min(excess - (qty - rest), rest)
      let order = due > 0 ? level.firstFrom(cohort.first) : undefined
      while (due > 0 && order !== undefined && order.rank <= cohort.last) {
        const next = order.behind
        const fill = Math.min(due, order.shown)
        if (this.#fills.restingPart(time, order, fill)) (used ??= []).push(order)
        due -= fill
        rest -= fill
        order = next
      }
    }
    queue.settle()
    // The next parts of icebergs stand behind this print: they come when it is over.
    if (used !== undefined) for (const order of used) this.#fills.refresh(order)
    return rest
  }

  /** The best level's orders, as far as `left` reaches. */
  #front(time: Nanos, side: BookSide, left: number): number {
    const level = side.clientLevels.best()
    if (level === undefined) return 0
    return level.firstOrder === undefined
      ? this.#hidden(time, level, left)
      : this.aheadOf(time, level, Number.POSITIVE_INFINITY, left)
  }
}
