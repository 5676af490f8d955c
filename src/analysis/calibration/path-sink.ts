import type { Nanos } from '../../base/time.js'
import { type Exchange, type TopOfBook } from '../../exchange/exchange.js'
import { type Instrument } from '../../exchange/instrument.js'
import { type MarketSink } from '../../exchange/market-sink.js'
import {
  price,
  quantity,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../exchange/units.js'
import { spectatorExchange } from '../../market/spectator-exchange.js'
import { type MarketPath, PathRecorder } from './market-path.js'

/** Keeps the books of a feed with an exchange on which nobody trades, and records what each market did. */
export class PathSink implements MarketSink {
  readonly #exchange: Exchange
  readonly #paths: readonly PathRecorder[]
  readonly #top: TopOfBook = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }

  constructor(instruments: readonly Instrument[]) {
    this.#paths = instruments.map(() => new PathRecorder())
    this.#exchange = spectatorExchange(instruments)
  }

  /** By instrument number. */
  done(): MarketPath[] {
    return this.#paths.map((path) => path.done())
  }

  add(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.#exchange.add(time, no, id, side, at, qty)
  }

  reduce(time: Nanos, no: InstrumentNo, id: number, qty: Quantity): void {
    this.#exchange.reduce(time, no, id, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: number): void {
    this.#exchange.remove(time, no, id)
  }

  modify(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.#exchange.modify(time, no, id, side, at, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.#paths[no].trade(time, -side, at, qty)
    this.#exchange.execute(time, no, id, side, at, qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, at: Price, qty: Quantity): void {
    this.#exchange.level(time, no, side, at, qty)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, at: Price, qty: Quantity): void {
    this.#exchange.quote(time, no, side, at, qty)
  }

  trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, at: Price, qty: Quantity): void {
    this.#paths[no].trade(time, aggressor, at, qty)
    this.#exchange.trade(time, no, aggressor, at, qty)
  }

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, at: Price, qty: Quantity): void {
    this.#paths[no].volume(time, qty)
    this.#exchange.hiddenTrade(time, no, aggressor, at, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    this.#exchange.clear(time, no)
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    this.#exchange.eventEnd(time, no)
    this.#paths[no].quote(time, this.#exchange.topOfBook(no, this.#top))
  }
}
