import { nanos, type Nanos } from '../../base/time.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'
import type { TapeSink } from '../../market/tape/tape-sink.js'
import type { ToldPhases } from './told-phases.js'

/** Hands a market's facts on to the exchange, and lets what is due between them happen at its time. */
export class PhasedSink implements TapeSink {
  /** When something is due: behind the facts of that time, before those that are later. */
  due = Number.POSITIVE_INFINITY
  readonly #exchange: MarketSink
  readonly #happen: (before: Nanos) => void
  readonly #told: ToldPhases | undefined

  /**
   * @param happen lets happen what is due before a time
   * @param told takes the phases that the market tells; left out: they are passed over
   */
  constructor(exchange: MarketSink, happen: (before: Nanos) => void, told?: ToldPhases) {
    this.#exchange = exchange
    this.#happen = happen
    this.#told = told
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

  enterPhase(time: Nanos, instrument: InstrumentNo, phase: Phase): void {
    if (time > this.due) this.#happen(time)
    this.#told?.tell(time, instrument, phase)
    this.due = Math.min(this.due, this.#told?.due ?? Number.POSITIVE_INFINITY)
  }

  /**
   * The market leaves for another place: what it told of phases holds no more, and it tells what holds there.
   * @param phases what each instrument is in
   */
  forgetPhases(time: Nanos, phases: readonly Phase[]): void {
    this.#told?.forget(time, phases)
    this.due = Math.min(this.due, this.#told?.due ?? Number.POSITIVE_INFINITY)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    if (time > this.due) this.#happen(time)
    this.#exchange.eventEnd(time, instrument)
  }
}
