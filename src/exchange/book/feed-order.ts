import { type Level } from './level.js'
import { type BookSide } from './book-side.js'

/** The id of market quantity that the feed gave none for. */
export const WITHOUT_ID = 0

/** A feed order, or a quantity without id, in the queue of its level (L3). */
export class FeedOrder {
  id = WITHOUT_ID
  qty = 0
  /** Its place in the book's order of arrival, among the clients' orders. */
  rank = 0
  side: BookSide
  level: Level
  ahead: FeedOrder | undefined = undefined
  behind: FeedOrder | undefined = undefined

  constructor(side: BookSide, level: Level) {
    this.side = side
    this.level = level
  }
}

/** Feed orders come and go by the million; those that went are used again. */
export class FeedOrderPool {
  #free: FeedOrder | undefined = undefined

  /** A feed order in a level's queue, at its place by `rank`: mostly the back. */
  obtain(id: number, side: BookSide, level: Level, qty: number, rank: number): FeedOrder {
    let order = this.#free
    if (order === undefined) order = new FeedOrder(side, level)
    else {
      this.#free = order.behind
      order.side = side
      order.level = level
    }
    order.id = id
    order.qty = qty
    order.rank = rank
    let ahead = level.lastFeedOrder
    while (ahead !== undefined && ahead.rank > rank) ahead = ahead.ahead
    const behind = ahead === undefined ? level.firstFeedOrder : ahead.behind
    order.ahead = ahead
    order.behind = behind
    if (ahead === undefined) level.firstFeedOrder = order
    else ahead.behind = order
    if (behind === undefined) level.lastFeedOrder = order
    else behind.ahead = order
    return order
  }

  /** Takes a feed order out of its queue. */
  release(order: FeedOrder): void {
    const { ahead, behind, level } = order
    if (ahead === undefined) level.firstFeedOrder = behind
    else ahead.behind = behind
    if (behind === undefined) level.lastFeedOrder = ahead
    else behind.ahead = ahead
    order.ahead = undefined
    order.behind = this.#free
    this.#free = order
  }
}
