import type { Nanos } from '../../base/time.js'
import { type Exchange, type TopOfBook } from '../../exchange/exchange.js'
import { type Instrument } from '../../exchange/instrument.js'
import {
  price,
  quantity,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../exchange/units.js'
import { PassingSink } from '../../market/passing-sink.js'
import { spectatorExchange } from '../../market/spectator-exchange.js'
import { type MarketPath, PathRecorder } from './market-path.js'

/** Keeps the books of a feed with an exchange on which nobody trades, and records what each market did. */
export class PathSink extends PassingSink {
  readonly #exchange: Exchange
  readonly #paths: readonly PathRecorder[]
  readonly #top: TopOfBook = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }

  constructor(instruments: readonly Instrument[]) {
    const exchange = spectatorExchange(instruments)
    super(exchange)
    this.#exchange = exchange
    this.#paths = instruments.map(() => new PathRecorder())
  }

  /** By instrument number. */
  done(): MarketPath[] {
    return this.#paths.map((path) => path.done())
  }

  override execute(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.#paths[no].trade(time, -side, at, qty)
    super.execute(time, no, id, side, at, qty)
  }

  override trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, at: Price, qty: Quantity): void {
    this.#paths[no].trade(time, aggressor, at, qty)
    super.trade(time, no, aggressor, at, qty)
  }

  override hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, at: Price, qty: Quantity): void {
    this.#paths[no].volume(time, qty)
    super.hiddenTrade(time, no, aggressor, at, qty)
  }

  override eventEnd(time: Nanos, no: InstrumentNo): void {
    super.eventEnd(time, no)
    this.#paths[no].quote(time, this.#exchange.topOfBook(no, this.#top))
  }
}
