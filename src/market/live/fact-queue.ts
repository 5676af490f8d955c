import type { Nanos } from '../../base/time.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'
import type { LevelSink } from './tee-sink.js'
import { CLEAR, HIDDEN, LEVEL, QUOTE, TRADE } from '../tape/tape-action.js'

const EVENT_END = -1
/** Numbers of one fact: time, instrument, action, side, price, quantity, exchange time. */
const WIDTH = 7

/** Facts that were received and not yet fed, in order of time. It takes what live feeds tell: levels, quotes, prints. */
export class FactQueue implements LevelSink {
  /** When what comes now happened by the exchange's clock; NaN where the feed does not say. */
  exchangeTime = Number.NaN
  #facts: number[] = []
  #at = 0

  /** Time of the first fact; undefined where there is none. */
  get next(): Nanos | undefined {
    return this.#at < this.#facts.length ? (this.#facts[this.#at] as Nanos) : undefined
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#facts.push(time, instrument, LEVEL, side, price, qty, this.exchangeTime)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#facts.push(time, instrument, QUOTE, side, price, qty, this.exchangeTime)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#facts.push(time, instrument, TRADE, aggressor, price, qty, this.exchangeTime)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.#facts.push(time, instrument, HIDDEN, aggressor, price, qty, this.exchangeTime)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    this.#facts.push(time, instrument, CLEAR, 0, 0, 0, this.exchangeTime)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    this.#facts.push(time, instrument, EVENT_END, 0, 0, 0, Number.NaN)
  }

  /** Feeds the facts up to and including `to`. */
  drain(to: Nanos, sink: MarketSink): void {
    const facts = this.#facts
    let at = this.#at
    while (at < facts.length && facts[at] <= to) {
      feed(facts, at, sink)
      at += WIDTH
    }
    this.#at = at
    if (at === facts.length) {
      this.#facts.length = 0
      this.#at = 0
    }
  }
}

function feed(facts: readonly number[], at: number, sink: MarketSink): void {
  const time = facts[at] as Nanos
  const instrument = facts[at + 1] as InstrumentNo
  const side = facts[at + 3] as Side
  const price = facts[at + 4] as Price
  const qty = facts[at + 5] as Quantity
  const exchangeTime = facts[at + 6]
  if (!Number.isNaN(exchangeTime)) sink.feedLatency?.(time, instrument, Math.max(0, time - exchangeTime) as Nanos)
  switch (facts[at + 2]) {
    case LEVEL:
      return sink.level(time, instrument, side, price, qty)
    case QUOTE:
      return sink.quote(time, instrument, side, price, qty)
    case TRADE:
      return sink.trade(time, instrument, side, price, qty)
    case HIDDEN:
      return sink.hiddenTrade(time, instrument, side, price, qty)
    case CLEAR:
      return sink.clear(time, instrument)
    default:
      return sink.eventEnd(time, instrument)
  }
}
