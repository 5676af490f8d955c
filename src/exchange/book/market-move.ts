import { type Side } from '../units.js'
import { type BookSide } from './book-side.js'
import { type Book } from './book.js'
import { type FeedOrder } from './feed-order.js'
import { type Level } from './level.js'

/** What the market has at one price, while it is moved to another. */
interface MarketLevel {
  readonly from: number
  readonly marketQty: number
  readonly consumedQty: number
  readonly staying: number
  readonly returning: number
  readonly returningSince: number
  readonly firstFeedOrder: FeedOrder | undefined
  readonly lastFeedOrder: FeedOrder | undefined
}

/**
 * Moves the market's ladder by `by` price units, both sides; client orders stay (models/README, price reaction). What lies
 * within a client's limit now and did not before counts as added in this event. {@link Book.shift} follows.
 */
export function moveMarket(book: Book, by: number): void {
  book.shift += by
  const moved = [book.bids, book.asks].map((side) => takeMarket(side))
  for (const [i, side] of [book.bids, book.asks].entries()) {
    // The worst price first: each comes to the end of the ladder.
    for (const level of moved[i].reverse()) putMarket(book, side, level, by)
    settleClients(side)
    reachPending(side)
  }
}

/** Takes everything of the market off a side. Levels with clients stay. */
function takeMarket(side: BookSide): MarketLevel[] {
  const taken: MarketLevel[] = []
  for (let i = side.levels.length - 1; i >= 0; i--) {
    const level = side.levels.at(i)
    if (level.marketQty === 0) continue
    const { price, marketQty, consumedQty, staying, returning, returningSince, firstFeedOrder, lastFeedOrder } = level
    taken.push({
      from: price,
      marketQty,
      consumedQty,
      staying,
      returning,
      returningSince,
      firstFeedOrder,
      lastFeedOrder
    })
    side.refilling.delete(level)
    level.marketQty = level.consumedQty = level.staying = level.returning = 0
    level.firstFeedOrder = level.lastFeedOrder = undefined
    side.releaseIfEmpty(level)
  }
  return taken
}

function putMarket(book: Book, side: BookSide, from: MarketLevel, by: number): void {
  const level = side.obtain(from.from + by)
  level.marketQty = from.marketQty
  level.consumedQty = from.consumedQty
  level.staying = from.staying
  level.returning = from.returning
  level.returningSince = from.returningSince
  level.firstFeedOrder = from.firstFeedOrder
  level.lastFeedOrder = from.lastFeedOrder
  for (let order = level.firstFeedOrder; order !== undefined; order = order.behind) order.level = level
  if (level.returning > 0) side.refilling.add(level)
  noteCrossing(book, side.side, level, from.from)
}

/** A price that has come within a client's limit is added with all that it displays; one that lay there before is not. */
function noteCrossing(book: Book, side: Side, level: Level, before: number): void {
  const { bestClientKey } = book.opposite(side)
  if (level.key + bestClientKey < 0) return
  const met = side * before + bestClientKey >= 0
  book.growth.note(side, level.price, met ? level.marketQty : level.consumedQty)
}

/** L2, L1: V of the clients is what it was, or all that stands at their price now. */
function settleClients(side: BookSide): void {
  for (let i = side.clientLevels.length - 1; i >= 0; i--) {
    const level = side.clientLevels.at(i)
    level.queue?.replaced(level.displayedMarketQty)
  }
}

/** L1: orders that waited for the best price, and are there or before it now. */
function reachPending(side: BookSide): void {
  if (!side.pending) return
  const best = side.bestMarketKey()
  if (best === Number.NEGATIVE_INFINITY) return
  side.reach(best)
}
