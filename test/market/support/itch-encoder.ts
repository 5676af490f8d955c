import type { MarketSink } from '../../../src/exchange/market-sink.js'
import type { Side } from '../../../src/exchange/units.js'
import type { ItchMessages } from './itch-messages.js'

interface Order {
  ref: number
  readonly id: number
  readonly side: Side
  readonly price: number
  qty: number
}

/**
 * Tells a market as NASDAQ would: every call of a source, orders or levels, becomes ITCH messages of a book of single orders.
 * Quantities without an id are orders here, too. By the rules that `MarketSink` states. Instruments have locate codes from 1.
 */
export class ItchEncoder implements MarketSink {
  readonly #out: ItchMessages
  readonly #symbols: readonly string[]
  /** Time of the source at midnight in New York. */
  readonly #midnight: number
  readonly #orders = new Map<string, Order>()
  readonly #queues = new Map<string, Order[]>()
  #ref = 1000

  constructor(out: ItchMessages, symbols: readonly string[], midnight: number) {
    this.#out = out
    this.#symbols = symbols
    this.#midnight = midnight
    symbols.forEach((symbol, no) => out.directory(no + 1, symbol))
  }

  add(time: number, no: number, id: number, side: Side, price: number, qty: number): void {
    this.#at(time)
    this.#ref += 4
    this.#out.add(no + 1, this.#ref, side, qty, this.#symbols[no], price, this.#ref % 3 === 0 ? 'ABCD' : undefined)
    this.#append({ ref: this.#ref, id, side, price, qty }, no)
  }

  reduce(time: number, no: number, id: number, qty: number): void {
    const order = this.#orders.get(`${no} ${id}`)
    this.#at(time)
    if (order) this.#withdraw(no, order, qty)
  }

  remove(time: number, no: number, id: number): void {
    this.reduce(time, no, id, Number.MAX_SAFE_INTEGER)
  }

  /** A replacement where the place is lost, a cancellation where it is kept. */
  modify(time: number, no: number, id: number, side: Side, price: number, qty: number): void {
    const order = this.#orders.get(`${no} ${id}`)
    this.#at(time)
    if (order?.price === price && qty <= order.qty) {
      this.#withdraw(no, order, order.qty - qty)
    } else if (order?.side === side) {
      this.#ref += 4
      this.#out.replace(no + 1, order.ref, this.#ref, qty, price)
      this.#shrink(no, order, order.qty)
      this.#append({ ref: this.#ref, id, side, price, qty }, no)
    } else {
      this.remove(time, no, id)
      this.add(time, no, id, side, price, qty)
    }
  }

  execute(time: number, no: number, id: number, side: Side, price: number, qty: number): void {
    this.#at(time)
    const order = this.#orders.get(`${no} ${id}`)
    if (order) this.#execute(no, order, Math.min(qty, order.qty))
    else
      this.#executeFrom(
        no,
        this.#queue(no, side, price).filter((each) => each.id === 0),
        qty
      )
  }

  level(time: number, no: number, side: Side, price: number, qty: number): void {
    const queue = this.#queue(no, side, price)
    const before = queue.reduce((sum, order) => sum + order.qty, 0)
    if (qty > before) this.add(time, no, 0, side, price, qty - before)
    this.#at(time)
    let left = before - qty
    for (const known of [false, true]) {
      for (const order of queue.filter(({ id }) => (id !== 0) === known).reverse()) {
        const taken = Math.min(order.qty, Math.max(0, left))
        if (taken > 0) this.#withdraw(no, order, taken)
        left -= taken
      }
    }
  }

  quote(): void {
    throw new Error('ITCH tells orders; a quote says nothing of them')
  }

  trade(time: number, no: number, aggressor: Side | 0, price: number, qty: number): void {
    this.#at(time)
    const left = aggressor === 0 ? qty : this.#executeFrom(no, this.#queue(no, -aggressor as Side, price), qty)
    if (left > 0) this.#out.trade(no + 1, left, this.#symbols[no], price)
  }

  hiddenTrade(time: number, no: number, _aggressor: number, price: number, qty: number): void {
    this.#at(time)
    this.#out.trade(no + 1, qty, this.#symbols[no], price)
  }

  clear(time: number, no: number): void {
    this.#at(time)
    for (const [key, queue] of this.#queues) {
      if (key.startsWith(`${no} `)) for (const order of [...queue]) this.#withdraw(no, order, order.qty)
    }
  }

  eventEnd(): void {}

  #at(time: number): void {
    this.#out.time = time - this.#midnight
  }

  #queue(no: number, side: Side, price: number): Order[] {
    return this.#queues.get(`${no} ${side} ${price}`) ?? []
  }

  #append(order: Order, no: number): void {
    const key = `${no} ${order.side} ${order.price}`
    const queue = this.#queues.get(key)
    if (queue) queue.push(order)
    else this.#queues.set(key, [order])
    if (order.id !== 0) this.#orders.set(`${no} ${order.id}`, order)
  }

  #executeFrom(no: number, orders: readonly Order[], qty: number): number {
    let left = qty
    for (const order of [...orders]) {
      const taken = Math.min(left, order.qty)
      if (taken > 0) this.#execute(no, order, taken)
      left -= taken
    }
    return left
  }

  #execute(no: number, order: Order, qty: number): void {
    this.#out.executed(no + 1, order.ref, qty)
    this.#shrink(no, order, qty)
  }

  #withdraw(no: number, order: Order, qty: number): void {
    if (qty <= 0) return
    if (qty >= order.qty) this.#out.delete(no + 1, order.ref)
    else this.#out.cancel(no + 1, order.ref, qty)
    this.#shrink(no, order, Math.min(qty, order.qty))
  }

  #shrink(no: number, order: Order, qty: number): void {
    order.qty -= qty
    if (order.qty > 0) return
    if (order.id !== 0) this.#orders.delete(`${no} ${order.id}`)
    const key = `${no} ${order.side} ${order.price}`
    const left = this.#queue(no, order.side, order.price).filter((each) => each !== order)
    if (left.length > 0) this.#queues.set(key, left)
    else this.#queues.delete(key)
  }
}
