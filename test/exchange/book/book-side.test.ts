import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { BookSide } from '../../../src/exchange/book/book-side.js'
import { Order } from '../../../src/exchange/order/order.js'
import { instrumentNo, orderId, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'

let ids = 0

function sell(limit: number, qty: number): Order {
  const id = ++ids
  return new Order({
    orderId: orderId(id),
    session: sessionNo(0),
    instrument: instrumentNo(0),
    clOrdId: `s${id}`,
    side: SELL,
    ordType: 'limit',
    timeInForce: 'day',
    orderQty: quantity(qty),
    price: price(limit),
    tags: [],
    enteredAt: nanos(0)
  })
}

function rest(side: BookSide, ...orders: Order[]): void {
  for (const order of orders) side.join(order, side.obtain(order.terms.price), order.terms.orderId)
}

describe('BookSide', () => {
  it('knows the best client limit at every moment', () => {
    const asks = new BookSide(SELL)
    const [a, b, c] = [sell(103, 1), sell(101, 1), sell(102, 1)]
    const best: number[] = []
    for (const order of [a, b, c]) {
      rest(asks, order)
      best.push(asks.bestClientKey)
    }
    for (const order of [b, a, c]) {
      if (order.level !== undefined) asks.leave(order, order.level)
      best.push(asks.bestClientKey)
    }
    expect(best).toEqual([-103, -101, -101, -102, -102, -Infinity])
  })

  it('keeps client orders of a price in order of arrival while any of them leaves', () => {
    const asks = new BookSide(SELL)
    const orders = [1, 2, 3, 4].map((qty) => sell(101, qty))
    rest(asks, ...orders)
    const level = asks.find(101)
    if (level === undefined) throw new Error('no level')
    for (const i of [1, 3]) asks.leave(orders[i], level)
    const queue = []
    for (let order = level.firstOrder; order !== undefined; order = order.behind) queue.push(order.leavesQty)
    expect(queue).toEqual([1, 3])
    expect(level.clientQty).toBe(4)
    expect([orders[1].level, orders[1].ahead, orders[1].behind]).toEqual([undefined, undefined, undefined])
  })

  it('lets go of a level with the last that stands there, and not before', () => {
    const asks = new BookSide(SELL)
    const order = sell(101, 5)
    rest(asks, order)
    const level = asks.obtain(101)
    level.marketQty = 7
    asks.leave(order, level)
    expect(asks.find(101)).toBe(level)
    level.marketQty = 0
    asks.releaseIfEmpty(level)
    expect([asks.find(101), asks.levels.length]).toEqual([undefined, 0])
  })

  it('shows participants and replay each their depth, best first', () => {
    const asks = new BookSide(SELL)
    for (const [at, qty, consumed] of [
      [103, 30, 0],
      [101, 10, 10],
      [102, 20, 5]
    ]) {
      const level = asks.obtain(at)
      level.marketQty = qty
      level.consumedQty = consumed
    }
    rest(asks, sell(102, 4))
    expect(asks.displayedDepth(9)).toEqual([
      { price: 102, qty: 19 },
      { price: 103, qty: 30 }
    ])
    expect(asks.marketDepth(2, 0)).toEqual([
      { price: 101, qty: 10 },
      { price: 102, qty: 20 }
    ])
    expect([asks.bestDisplayed()?.price, asks.bestMarketKey()]).toEqual([102, -101])
  })
})
