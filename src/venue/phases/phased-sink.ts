import { nanos, type Nanos } from '../../base/time.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'

/** Hands a market's facts on to the exchange, and lets what is due between them happen at its time. */
export class PhasedSink implements MarketSink {
  /** When something is due: behind the facts of that time, before those that are later. */
  due = Number.POSITIVE_INFINITY
  readonly #exchange: MarketSink
  readonly #happen: (before: Nanos) => void

  /** @param happen lets happen what is due before a time */
  constructor(exchange: MarketSink, happen: (before: Nanos) => void) {
    this.#exchange = exchange
    this.#happen = happen
  }

  /** What is due up to and including a time happens. */
  happenUpTo(time: Nanos): void {
    if (this.due <= time) this.#happen(nanos(time + 1))
  }

  add(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.add(time, instrument, id, side, price, qty)
  }

  reduce(time: Nanos, instrument: InstrumentNo, id: number, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.reduce(time, instrument, id, qty)
  }

  remove(time: Nanos, instrument: InstrumentNo, id: number): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.remove(time, instrument, id)
  }

  modify(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.modify(time, instrument, id, side, price, qty)
  }

  execute(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.execute(time, instrument, id, side, price, qty)
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.level(time, instrument, side, price, qty)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.quote(time, instrument, side, price, qty)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.trade(time, instrument, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.hiddenTrade(time, instrument, aggressor, price, qty)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.clear(time, instrument)
  }

  feedLatency(time: Nanos, instrument: InstrumentNo, latency: Nanos): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.feedLatency?.(time, instrument, latency)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.eventEnd(time, instrument)
  }
}
