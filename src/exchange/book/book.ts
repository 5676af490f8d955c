import { type TopOfBook } from '../exchange.js'
import { type Instrument } from '../instrument.js'
import { type ConsumptionModel } from '../models/consumption.js'
import { type QueueModel } from '../models/queue-model.js'
import { Trades } from '../match/trades.js'
import { type Order } from '../order/order.js'
import { MarketState } from '../phase/market-state.js'
import { BUY, price, quantity, SELL, type Side } from '../units.js'
import { BookSide } from './book-side.js'
import { Growth } from './growth.js'
import { type IcebergParts } from './iceberg-parts.js'
import { LevelQueue, PENDING } from './level-queue.js'
import { type Level } from './level.js'

/** One instrument's book: market quantity from the feed and client orders, on both sides. */
export class Book {
  readonly instrument: Instrument
  readonly bids = new BookSide(BUY)
  readonly asks = new BookSide(SELL)
  /** Market quantity that came within clients' limits in this event. */
  readonly growth = new Growth()
  readonly trades = new Trades()
  readonly state = new MarketState()
  readonly consumption: ConsumptionModel
  readonly #parts: IcebergParts
  readonly #queueModel: QueueModel
  /** By how much the market's prices are moved against the feed's. */
  shift = 0
  #rank = 0

  constructor(instrument: Instrument, queueModel: QueueModel, consumption: ConsumptionModel, parts: IcebergParts) {
    this.instrument = instrument
    this.#queueModel = queueModel
    this.consumption = consumption
    this.#parts = parts
  }

  side(side: Side): BookSide {
    return side === BUY ? this.bids : this.asks
  }

  opposite(side: Side): BookSide {
    return side === BUY ? this.asks : this.bids
  }

  /** The next place in the order of arrival. */
  nextRank(): number {
    return ++this.#rank
  }

  /** The feed's quantity of a level is now `qty`; consumption and queue positions follow. */
  setMarketQty(time: number, side: BookSide, level: Level, qty: number): void {
    const before = level.marketQty
    if (level.key + this.opposite(side.side).bestClientKey >= 0) this.growth.note(side.side, level.price, before)
    const displayedBefore = before - level.consumedQty
    if (qty < before && level.consumedQty > 0) this.#consumedFall(time, side, level, before, qty)
    level.marketQty = qty
    if (level.firstOrder !== undefined) level.queue?.depthChanged(time, displayedBefore, qty - level.consumedQty)
    else if (qty === 0) side.releaseIfEmpty(level)
  }

  /** Clients took `qty` of a level's market quantity. */
  consume(time: number, level: Level, qty: number): void {
    if (!this.consumption.take(level, qty, time)) return
    if (level.returning > 0) (level.key > 0 ? this.bids : this.asks).refilling.add(level)
    level.queue?.taken(qty)
  }

  /** An event ends: what clients took returns, so far as it does by now. */
  refill(time: number): void {
    if (this.bids.refilling.size === 0 && this.asks.refilling.size === 0) return
    for (const side of [this.bids, this.asks]) {
      for (const level of side.refilling) {
        const qty = this.consumption.refill(level, time)
        if (level.returning === 0) side.refilling.delete(level)
        if (qty > 0 && level.key + this.opposite(side.side).bestClientKey >= 0)
          this.growth.returned(side.side, level.price, level.marketQty, qty)
      }
    }
  }

  #consumedFall(time: number, side: BookSide, level: Level, before: number, after: number): void {
    this.consumption.decrease(level, before, after, time)
    if (level.returning === 0) side.refilling.delete(level)
  }

  /** What would be ahead of an order that came to rest now; {@link PENDING} where it would wait for the best price (L1). */
  aheadAtBack(side: BookSide, limit: number): number {
    if (this.instrument.feed === 'l1' && side.bestMarketKey() > side.side * limit) return PENDING
    const level = side.find(limit)
    if (level === undefined) return 0
    return level.firstOrder === undefined || level.queue === undefined
      ? level.displayedMarketQty
      : level.queue.aheadAtBack(level.displayedMarketQty)
  }

  /** What is ahead of a resting order; {@link PENDING} while it waits for the best price (L1), or where it is hidden. */
  aheadOf(order: Order, level: Level): number {
    if (order.dark) return PENDING
    if (level.queue !== undefined) return level.queue.aheadOf(order.rank)
    let ahead = 0
    for (let other = level.firstFeedOrder; other !== undefined && other.rank < order.rank; other = other.behind)
      ahead += other.qty
    return Math.max(0, ahead - level.consumedQty)
  }

  /** What is ahead of a resting order where that is known. */
  knownAhead(order: Order): number | undefined {
    if (order.level === undefined) return undefined
    const ahead = this.aheadOf(order, order.level)
    return ahead === PENDING ? undefined : ahead
  }

  /** Rests an order at the back of its limit, behind `ahead` of {@link aheadAtBack}. */
  rest(order: Order, ahead: number): void {
    const side = this.side(order.terms.side)
    const level = side.obtain(order.limit)
    if (order.terms.qualifiers !== undefined) this.#parts.first(order)
    this.#join(order, side, level, ahead)
  }

  /** The part of an iceberg that was shown is gone: the next takes its place at the back. */
  refresh(order: Order, level: Level): void {
    const side = this.side(order.terms.side)
    side.unlink(order, level)
    this.#parts.next(order)
    if (level.firstOrder === undefined && level.firstHidden === undefined) side.forgetClients(level)
    this.#join(order, side, level, this.aheadAtBack(side, level.price))
  }

  /** `qty` of a resting order is gone without a fill: its reserve first. */
  shrink(order: Order, level: Level, qty: number): void {
    const fromReserve = Math.min(order.reserve, qty)
    order.reserve -= fromReserve
    level.hiddenQty -= fromReserve
    level.drop(order, qty - fromReserve)
  }

  #join(order: Order, side: BookSide, level: Level, ahead: number): void {
    const rank = this.nextRank()
    side.join(order, level, rank)
    if (this.instrument.feed === 'l3' || order.dark) return
    level.queue ??= new LevelQueue(this.#queueModel)
    level.queue.join(rank, ahead)
    if (ahead === PENDING) side.pending = true
  }

  /** Takes a resting order off the book; one that does not rest is left alone. */
  take(order: Order): void {
    if (order.level === undefined) return
    this.side(order.terms.side).leave(order, order.level)
    order.reserve = 0
    order.dark = false
  }

  top(into: TopOfBook): TopOfBook {
    const bid = this.bids.bestDisplayed()
    const ask = this.asks.bestDisplayed()
    into.bidPrice = price(bid === undefined ? 0 : bid.price)
    into.bidQty = quantity(bid === undefined ? 0 : bid.displayedQty)
    into.askPrice = price(ask === undefined ? 0 : ask.price)
    into.askQty = quantity(ask === undefined ? 0 : ask.displayedQty)
    return into
  }
}
