import type { Nanos } from '../../base/time.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'

/** What live feeds tell: no orders, only levels, quotes and prints. */
export type LevelSink = Pick<MarketSink, 'level' | 'quote' | 'trade' | 'hiddenTrade' | 'clear' | 'eventEnd'>

/** Gives each fact to two takers, one after the other. */
export class TeeSink implements MarketSink {
  readonly #first: LevelSink
  readonly #second: LevelSink

  constructor(first: LevelSink, second: LevelSink) {
    this.#first = first
    this.#second = second
  }

  add(): void {
    throw notToldLive('add')
  }

  reduce(): void {
    throw notToldLive('reduce')
  }

  remove(): void {
    throw notToldLive('remove')
  }

  modify(): void {
    throw notToldLive('modify')
  }

  execute(): void {
    throw notToldLive('execute')
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#first.level(time, instrument, side, price, qty)
    this.#second.level(time, instrument, side, price, qty)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#first.quote(time, instrument, side, price, qty)
    this.#second.quote(time, instrument, side, price, qty)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#first.trade(time, instrument, aggressor, price, qty)
    this.#second.trade(time, instrument, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#first.hiddenTrade(time, instrument, aggressor, price, qty)
    this.#second.hiddenTrade(time, instrument, aggressor, price, qty)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    this.#first.clear(time, instrument)
    this.#second.clear(time, instrument)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    this.#first.eventEnd(time, instrument)
    this.#second.eventEnd(time, instrument)
  }
}

function notToldLive(fact: string): Error {
  return new Error(`live feeds tell of levels, not of orders: ${fact}`)
}
