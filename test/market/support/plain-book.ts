import type { Nanos } from '../../../src/base/time.js'
import type { FeedOrderId, MarketSink } from '../../../src/exchange/market-sink.js'
import { BUY, type InstrumentNo, type Price, type Quantity, type Side } from '../../../src/exchange/units.js'

interface QueuedOrder {
  readonly id: FeedOrderId
  readonly side: Side
  readonly price: number
  qty: number
}

/**
 * The obvious book of one instrument: a queue in order of arrival per price, every sum added up when it is asked for. By the
 * rules that `MarketSink` states; what a tape replays to is read off here.
 */
export class PlainBook implements MarketSink {
  readonly #bids = new Map<number, QueuedOrder[]>()
  readonly #asks = new Map<number, QueuedOrder[]>()
  readonly #orders = new Map<FeedOrderId, QueuedOrder>()

  add(_time: Nanos, _no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    const order = { id, side, price, qty }
    const queue = this.#queues(side).get(price)
    if (queue) queue.push(order)
    else this.#queues(side).set(price, [order])
    if (id !== 0) this.#orders.set(id, order)
  }

  reduce(_time: Nanos, _no: InstrumentNo, id: FeedOrderId, qty: number): void {
    const order = this.#orders.get(id)
    if (order) this.#take(order, qty)
  }

  remove(time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    this.reduce(time, no, id, Number.MAX_SAFE_INTEGER)
  }

  modify(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    const order = this.#orders.get(id)
    if (order && order.price === price && qty <= order.qty) {
      order.qty = qty
    } else {
      this.remove(time, no, id)
      this.add(time, no, id, side, price, qty)
    }
  }

  execute(time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, price: Price, qty: Quantity): void {
    if (this.#orders.has(id)) this.reduce(time, no, id, qty)
    else this.#takeFrom(this.#withoutId(side, price), qty)
  }

  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    const before = this.quantityAt(side, price)
    if (qty > before) this.add(time, no, 0, side, price, (qty - before) as Quantity)
    const left = this.#takeFrom(this.#withoutId(side, price).reverse(), before - qty)
    this.#takeFrom([...(this.#queues(side).get(price) ?? [])].reverse(), left)
  }

  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#queues(side).clear()
    if (qty > 0) this.add(time, no, 0, side, price, qty)
  }

  trade(): void {}

  hiddenTrade(): void {}

  clear(): void {
    this.#bids.clear()
    this.#asks.clear()
    this.#orders.clear()
  }

  eventEnd(_time: Nanos, _no: InstrumentNo): void {}

  quantityAt(side: Side, price: number): number {
    return (this.#queues(side).get(price) ?? []).reduce((sum, { qty }) => sum + qty, 0)
  }

  /** The best `levels` of a side as [price, quantity]. */
  depth(side: Side, levels: number): (readonly [price: number, qty: number])[] {
    const prices = [...this.#queues(side).keys()].sort((a, b) => side * (b - a))
    return prices.slice(0, levels).map((price) => [price, this.quantityAt(side, price)])
  }

  /** The best price of a side, undefined where there is none. */
  best(side: Side): number | undefined {
    let best: number | undefined
    for (const price of this.#queues(side).keys()) if (best === undefined || side * (price - best) > 0) best = price
    return best
  }

  /** How many orders, or quantities without id, stand at a price. */
  orderCount(side: Side, price: number): number {
    return this.#queues(side).get(price)?.length ?? 0
  }

  #queues(side: Side): Map<number, QueuedOrder[]> {
    return side === BUY ? this.#bids : this.#asks
  }

  #withoutId(side: Side, price: number): QueuedOrder[] {
    return (this.#queues(side).get(price) ?? []).filter(({ id }) => id === 0)
  }

  /** Takes up to `qty` off orders one after the other; returns what they did not have. */
  #takeFrom(orders: readonly QueuedOrder[], qty: number): number {
    let left = Math.max(0, qty)
    for (const order of orders) left -= this.#take(order, left)
    return left
  }

  #take(order: QueuedOrder, qty: number): number {
    const taken = Math.min(order.qty, qty)
    order.qty -= taken
    if (order.qty > 0) return taken
    this.#orders.delete(order.id)
    const queues = this.#queues(order.side)
    const left = (queues.get(order.price) ?? []).filter((each) => each !== order)
    if (left.length > 0) queues.set(order.price, left)
    else queues.delete(order.price)
    return taken
  }
}
