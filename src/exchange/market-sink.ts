import type { Nanos } from '../base/time.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from './units.js'

/** A feed order's number, dense from 1, given by the reader of the feed (vendors' 64-bit ids are renumbered). */
export type FeedOrderId = number

/**
 * What a feed tells the exchange, one call per fact, in exchange-time order. Arguments are plain numbers so that replay
 * allocates nothing. One event of the vendor may take several calls (an execution and the level it leaves behind):
 * {@link eventEnd} closes it, and only then does the exchange look whether the market crossed a client's order.
 */
export interface MarketSink {
  /** L3: a new displayed order at the back of its level's queue. */
  add(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void
  /** L3: `qty` of an order is withdrawn; it keeps its place. An id that is not known is ignored. */
  reduce(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, qty: Quantity): void
  /** L3: an order is withdrawn whole; nothing else of its level is. An id that is not known is ignored. */
  remove(time: Nanos, instrument: InstrumentNo, id: FeedOrderId): void
  /** L3: an order has this price and quantity now: same price and no more quantity keeps its place. An unknown id is added. */
  modify(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void
  /** L3: `qty` of a displayed order traded at its price. */
  execute(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void
  /**
   * The displayed quantity of a price level is now `qty`, 0 for none. On L2 this is the feed; on L3 it corrects what the
   * orders do not explain (a level that enters a vendor's depth window): growth stands at the back as a quantity without id,
   * shrinkage leaves from quantities without id, last first, then from the back.
   */
  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void
  /** L1: the best quote of a side is now this, qty 0 for none; whatever else the side showed is gone. */
  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void
  /** L2, L1: a print against displayed liquidity. The levels that it took from are told by `level` or `quote`, before or after. */
  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void
  /** A print that touched no displayed order: hidden, midpoint, auction. It may lie inside the tick. */
  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void
  /**
   * The market side of the book is void (a reset, the start of a snapshot). Client orders stay; L3: so do the places of
   * orders that are told again at the same price with no more quantity.
   */
  clear(time: Nanos, instrument: InstrumentNo): void
  /** Where the feed says it: the facts that follow took this long from the exchange to the feed's reader, in ns, at least 0. */
  feedLatency?(time: Nanos, instrument: InstrumentNo, latency: Nanos): void
  /** The vendor's event is complete. */
  eventEnd(time: Nanos, instrument: InstrumentNo): void
}
