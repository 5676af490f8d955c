import type { Nanos } from '../../base/time.js'
import type { TopOfBook, Exchange } from '../../exchange/exchange.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { FeedOrderId } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import {
  BUY,
  SELL,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../exchange/units.js'
import { spectatorExchange } from '../spectator-exchange.js'
import type { TapeSink } from '../tape/tape-sink.js'
import { InstrumentStatistics } from './instrument-statistics.js'

/** Behind as many events, the depth of the book is looked at once in so many: it changes slowly, and counting levels costs. */
const DEPTH_EVERY = 64

/** Gets what a tape shows while it is counted: for pictures. Prices and quantities in the instrument's units. */
export interface TapeWatch {
  /** An event is complete and leaves the book like this. The object is used again. */
  event(no: InstrumentNo, time: Nanos, top: TopOfBook): void
  print(no: InstrumentNo, time: Nanos, aggressor: Aggressor, price: number, qty: number, hidden: boolean): void
  phase(no: InstrumentNo, time: Nanos, phase: Phase): void
}

/** Keeps the book of a feed with an exchange that nobody trades on, and counts what the feed does. */
export class StatisticsSink implements TapeSink {
  readonly instruments: readonly InstrumentStatistics[]
  readonly #exchange: Exchange
  readonly #top: TopOfBook = { bidPrice: 0, bidQty: 0, askPrice: 0, askQty: 0 } as TopOfBook

  readonly #watch: TapeWatch | undefined

  constructor(instruments: readonly Instrument[], watch?: TapeWatch) {
    this.#watch = watch
    this.instruments = instruments.map(() => new InstrumentStatistics())
    this.#exchange = spectatorExchange(instruments)
  }

  add(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.instruments[no].count('add')
    this.#exchange.add(time, no, id, side, price, qty)
  }

  reduce(time: Nanos, no: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    this.instruments[no].count('reduce')
    this.#exchange.reduce(time, no, id, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    this.instruments[no].count('remove')
    this.#exchange.remove(time, no, id)
  }

  modify(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.instruments[no].count('modify')
    this.#exchange.modify(time, no, id, side, price, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.instruments[no].count('execute')
    this.instruments[no].print(price, qty, false)
    this.#watch?.print(no, time, -side as Side, price, qty, false)
    this.#exchange.execute(time, no, id, side, price, qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.instruments[no].count('level')
    this.#exchange.level(time, no, side, price, qty)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.instruments[no].count('quote')
    this.#exchange.quote(time, no, side, price, qty)
  }

  trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.instruments[no].count('trade')
    this.instruments[no].print(price, qty, false)
    this.#watch?.print(no, time, aggressor, price, qty, false)
    this.#exchange.trade(time, no, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.instruments[no].count('hidden')
    this.instruments[no].print(price, qty, true)
    this.#watch?.print(no, time, aggressor, price, qty, true)
    this.#exchange.hiddenTrade(time, no, aggressor, price, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    this.instruments[no].count('clear')
    this.#exchange.clear(time, no)
  }

  enterPhase(time: Nanos, no: InstrumentNo, phase: Phase): void {
    this.instruments[no].count(phase)
    this.instruments[no].phase(time, phase)
    this.#watch?.phase(no, time, phase)
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    this.#exchange.eventEnd(time, no)
    const statistics = this.instruments[no]
    const top = this.#exchange.topOfBook(no, this.#top)
    statistics.event(time, top)
    this.#watch?.event(no, time, top)
    const { events } = statistics
    if (events > DEPTH_EVERY && events % DEPTH_EVERY !== 0) return
    const weight = events <= DEPTH_EVERY ? 1 : DEPTH_EVERY
    for (const side of [BUY, SELL]) {
      statistics.levels.add(this.#exchange.marketDepth(no, side, Number.MAX_SAFE_INTEGER).length, weight)
    }
  }

  /** The tape is at its end. */
  end(time: Nanos): void {
    for (const statistics of this.instruments) statistics.end(time)
  }
}
