import type { Nanos } from '../../../src/base/time.js'
import type { FeedOrderId, MarketSink } from '../../../src/exchange/market-sink.js'
import {
  BUY,
  opposite,
  SELL,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../../src/exchange/units.js'
import { PlainBook } from '../../market/support/plain-book.js'

/**
 * Tells `target` of one instrument's orders or levels only what a feed of best quotes and trades would: the prints as
 * they come, and at the end of an event each best quote that changed.
 */
export class BestQuoteFeed implements MarketSink {
  /** All that was told, for whoever wants to look at it beside. */
  readonly book = new PlainBook()
  readonly #target: MarketSink
  readonly #told = new Map<Side, string>()

  constructor(target: MarketSink) {
    this.#target = target
  }

  add(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.book.add(time, no, id, side, price, qty)
  }

  reduce(time: Nanos, no: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    this.book.reduce(time, no, id, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    this.book.remove(time, no, id)
  }

  modify(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.book.modify(time, no, id, side, price, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#target.trade(time, no, opposite(side), price, qty)
    this.book.execute(time, no, id, side, price, qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.book.level(time, no, side, price, qty)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.book.quote(time, no, side, price, qty)
  }

  trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#target.trade(time, no, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#target.hiddenTrade(time, no, aggressor, price, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    this.book.clear()
    this.#target.clear(time, no)
    this.#told.clear()
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    for (const side of [BUY, SELL]) {
      const price = this.book.best(side) ?? 0
      const qty = this.book.quantityAt(side, price)
      const best = `${qty} @ ${price}`
      if (best === (this.#told.get(side) ?? '0 @ 0')) continue
      this.#told.set(side, best)
      this.#target.quote(time, no, side, price as Price, qty as Quantity)
    }
    this.#target.eventEnd(time, no)
  }
}
