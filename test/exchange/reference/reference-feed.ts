import { type Nanos } from '../../../src/base/time.js'
import { type FeedKind } from '../../../src/exchange/instrument.js'
import { type FeedOrderId, type MarketSink } from '../../../src/exchange/market-sink.js'
import { type Aggressor, type InstrumentNo, type Price, type Quantity, type Side } from '../../../src/exchange/units.js'
import { type MarketEntry } from './reference-book.js'
import { type ReferenceMarket } from './reference-market.js'
import { type ReferenceTrading } from './reference-trading.js'

/** What the feed tells, written into the books. */
export abstract class ReferenceFeed implements MarketSink {
  readonly #feedOf: ReferenceTrading

  constructor(trading: ReferenceTrading) {
    this.#feedOf = trading
  }

  protected abstract beforeFact(time: Nanos): void
  protected abstract beforePrint(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void
  protected abstract afterEvent(time: Nanos, instrument: InstrumentNo): void

  /** The market that a fact is about, or undefined where its feed has no such facts. */
  #fact(time: Nanos, instrument: InstrumentNo, ...kinds: FeedKind[]): ReferenceMarket | undefined {
    this.beforeFact(time)
    const market = this.#feedOf.markets[instrument]
    return kinds.includes(market.book.instrument.feed) ? market : undefined
  }

  #print(time: Nanos, { book, reports }: ReferenceMarket, price: Price, qty: Quantity): void {
    reports.reactionOf(book.instrument).print()
    this.beforePrint(time, book.instrument.no, price, qty)
  }

  // ---- L3 ----

  add(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    if (qty > 0) this.modify(time, instrument, id, side, price, qty)
    else this.beforeFact(time)
  }

  reduce(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l3')
    const order = market && feedOrder(market, id)
    if (order && qty > 0) shrink(market, time, order, qty)
  }

  remove(time: Nanos, instrument: InstrumentNo, id: FeedOrderId): void {
    const market = this.#fact(time, instrument, 'l3')
    const order = market && feedOrder(market, id)
    if (order) shrink(market, time, order, order.qty)
  }

  modify(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, told: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l3')
    if (!market) return
    const price = moved(market, told)
    const order = feedOrder(market, id)
    if (order && order.side === side && order.price === price && qty <= order.qty) {
      shrink(market, time, order, order.qty - Math.max(0, qty))
      return
    }
    if (order) shrink(market, time, order, order.qty)
    if (qty <= 0) return
    market.book.changeLevel(time, side, price, () => market.book.place({ id, side, price, qty }))
  }

  execute(time: Nanos, instrument: InstrumentNo, id: FeedOrderId, side: Side, told: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l3')
    if (!market || qty <= 0) return
    const price = moved(market, told)
    const order = feedOrder(market, id)
    if (order) {
      this.#print(time, market, order.price, qty)
      market.trades.note(order.price)
      market.prints.orderPrint(time, order.side, order.price, qty, order)
      shrink(market, time, order, qty)
      return
    }
    const withoutId = market.book
      .market()
      .filter((entry) => entry.id === undefined && entry.side === side && entry.price === price)
    this.#print(time, market, price, qty)
    if (withoutId.length > 0) market.trades.note(price)
    market.prints.orderPrint(time, side, price, qty, withoutId.at(0))
    let left = qty as number
    for (const entry of withoutId) {
      const taken = Math.min(left, entry.qty)
      shrink(market, time, entry, taken)
      left -= taken
    }
  }

  // ---- levels and quotes ----

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l3', 'l2')
    market?.book.setLevel(time, side, moved(market, price), Math.max(0, qty))
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, told: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l1')
    if (!market) return
    const { book } = market
    const price = moved(market, told)
    for (const other of book.marketPrices(side).filter((shown) => shown !== price)) book.setLevel(time, side, other, 0)
    book.setLevel(time, side, price, Math.max(0, qty))
    book.resolvePending(side)
  }

  // ---- prints ----

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, told: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l2', 'l1')
    if (!market || qty <= 0) return
    const price = moved(market, told)
    this.#print(time, market, price, qty)
    market.trades.note(price)
    market.prints.levelPrint(time, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, told: Price, qty: Quantity): void {
    const market = this.#fact(time, instrument, 'l3', 'l2', 'l1')
    if (!market || qty <= 0) return
    const price = moved(market, told)
    this.#print(time, market, price, qty)
    market.prints.hiddenPrint(time, aggressor, price, qty)
  }

  // ---- events ----

  clear(time: Nanos, instrument: InstrumentNo): void {
    this.#fact(time, instrument, 'l3', 'l2', 'l1')?.book.clear(time)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    const market = this.#fact(time, instrument, 'l3', 'l2', 'l1')
    market?.eventEnd(time)
    this.afterEvent(time, instrument)
  }
}

/** A price of the feed where clients see it. */
const moved = ({ book }: ReferenceMarket, told: Price): Price => (told + book.shift) as Price

function feedOrder(market: ReferenceMarket, id: FeedOrderId): MarketEntry | undefined {
  return market.book.market().find((entry) => entry.id === id)
}

function shrink({ book }: ReferenceMarket, time: Nanos, entry: MarketEntry, by: number): void {
  book.changeLevel(time, entry.side, entry.price, () => (entry.qty = Math.max(0, entry.qty - by)))
}
