import type { Nanos } from '../../base/time.js'
import type { FeedOrderId } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import type { Aggressor, InstrumentNo, Price, Quantity, Side } from '../../exchange/units.js'
import { FeedOrderIds } from '../tape/feed-order-ids.js'
import type { TapeSink } from '../tape/tape-sink.js'

/**
 * Passes on what concerns some of a tape's instruments, under their new numbers, and numbers the orders that appear anew
 * from 1. What becomes of orders that never appeared concerns nobody.
 */
export class Selection implements TapeSink {
  readonly #numbers: readonly (InstrumentNo | undefined)[]
  /** One tape numbers all its orders together. */
  readonly #ids = new FeedOrderIds<number>()
  readonly #sink: TapeSink

  /** @param numbers the new number of each instrument; undefined: left out. */
  constructor(numbers: readonly (InstrumentNo | undefined)[], sink: TapeSink) {
    this.#numbers = numbers
    this.#sink = sink
  }

  add(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.add(time, to, this.#ids.number(id), side, price, qty)
  }

  reduce(time: Nanos, no: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    const to = this.#numbers[no]
    const known = this.#ids.find(id)
    if (to !== undefined && known !== undefined) this.#sink.reduce(time, to, known, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    const to = this.#numbers[no]
    const known = this.#ids.find(id)
    if (to === undefined || known === undefined) return
    this.#sink.remove(time, to, known)
    this.#ids.forget(id)
  }

  modify(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.modify(time, to, this.#ids.number(id), side, price, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.execute(time, to, this.#ids.find(id) ?? 0, side, price, qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.level(time, to, side, price, qty)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.quote(time, to, side, price, qty)
  }

  trade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.trade(time, to, aggressor, price, qty)
  }

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.hiddenTrade(time, to, aggressor, price, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.clear(time, to)
  }

  enterPhase(time: Nanos, no: InstrumentNo, phase: Phase): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.enterPhase?.(time, to, phase)
  }

  feedLatency(time: Nanos, no: InstrumentNo, latency: Nanos): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.feedLatency?.(time, to, latency)
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    const to = this.#numbers[no]
    if (to !== undefined) this.#sink.eventEnd(time, to)
  }
}
