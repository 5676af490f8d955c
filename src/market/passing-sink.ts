import type { Nanos } from '../base/time.js'
import type { FeedOrderId } from '../exchange/market-sink.js'
import type { Phase } from '../exchange/phase.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../exchange/units.js'
import type { TapeSink } from './tape/tape-sink.js'

/** Hands all that a market tells on to another sink. Who listens in overrides what it wants to hear. */
export class PassingSink implements TapeSink {
  readonly #next: TapeSink

  constructor(next: TapeSink) {
    this.#next = next
  }

  add(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#next.add(time, no, id, side, price, qty)
  }

  reduce(time: Nanos, no: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    this.#next.reduce(time, no, id, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    this.#next.remove(time, no, id)
  }

  modify(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#next.modify(time, no, id, side, price, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    this.#next.execute(time, no, id, side, price, qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#next.level(time, no, side, price, qty)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#next.quote(time, no, side, price, qty)
  }

  trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#next.trade(time, no, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#next.hiddenTrade(time, no, aggressor, price, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    this.#next.clear(time, no)
  }

  feedLatency(time: Nanos, no: InstrumentNo, latency: Nanos): void {
    this.#next.feedLatency?.(time, no, latency)
  }

  enterPhase(time: Nanos, no: InstrumentNo, phase: Phase): void {
    this.#next.enterPhase?.(time, no, phase)
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    this.#next.eventEnd(time, no)
  }
}
