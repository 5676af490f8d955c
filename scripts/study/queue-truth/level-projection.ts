import { nanos, type Nanos } from '../../../src/base/time.js'
import { type MarketSink } from '../../../src/exchange/market-sink.js'
import {
  price,
  quantity,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../../src/exchange/units.js'

interface FeedOrder {
  readonly side: Side
  readonly price: number
  qty: number
}

/** Tells a market by order as a market by price: prints as they come, and at the end of an event the levels that changed. */
export class LevelProjection implements MarketSink {
  readonly #to: MarketSink
  readonly #orders = new Map<number, FeedOrder>()
  readonly #levels = new Map<string, number>()
  readonly #changed = new Map<string, { readonly side: Side; readonly price: number }>()

  constructor(to: MarketSink) {
    this.#to = to
  }

  add(_time: Nanos, _no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    if (id !== 0) this.#orders.set(id, { side, price: at, qty })
    this.#grow(side, at, qty)
  }

  reduce(_time: Nanos, _no: InstrumentNo, id: number, qty: Quantity): void {
    this.#shrink(id, qty)
  }

  remove(_time: Nanos, _no: InstrumentNo, id: number): void {
    this.#shrink(id, Number.POSITIVE_INFINITY)
  }

  modify(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.remove(time, no, id)
    if (qty > 0) this.add(time, no, id, side, at, qty)
  }

  execute(time: Nanos, no: InstrumentNo, id: number, side: Side, at: Price, qty: Quantity): void {
    this.#to.trade(time, no, -side as Side, at, qty)
    if (this.#orders.has(id)) this.#shrink(id, qty)
    else this.#grow(side, at, -Math.min(qty, this.#levels.get(key(side, at)) ?? 0))
  }

  level(_time: Nanos, _no: InstrumentNo, side: Side, at: Price, qty: Quantity): void {
    this.#grow(side, at, qty - (this.#levels.get(key(side, at)) ?? 0))
  }

  quote(): void {}

  trade(): void {}

  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Side | 0, at: Price, qty: Quantity): void {
    this.#to.hiddenTrade(time, no, aggressor, at, qty)
  }

  clear(time: Nanos, no: InstrumentNo): void {
    this.#orders.clear()
    this.#levels.clear()
    this.#changed.clear()
    this.#to.clear(time, no)
  }

  eventEnd(time: Nanos, no: InstrumentNo): void {
    for (const [name, { side, price: at }] of this.#changed)
      this.#to.level(nanos(time), no, side, price(at), quantity(this.#levels.get(name) ?? 0))
    this.#changed.clear()
    this.#to.eventEnd(time, no)
  }

  #shrink(id: number, qty: number): void {
    const order = this.#orders.get(id)
    if (order === undefined) return
    const gone = Math.min(order.qty, qty)
    order.qty -= gone
    if (order.qty === 0) this.#orders.delete(id)
    this.#grow(order.side, order.price, -gone)
  }

  #grow(side: Side, at: number, by: number): void {
    const name = key(side, at)
    this.#levels.set(name, Math.max(0, (this.#levels.get(name) ?? 0) + by))
    this.#changed.set(name, { side, price: at })
  }
}

const key = (side: Side, at: number): string => `${side} ${at}`
