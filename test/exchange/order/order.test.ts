import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { type OrderTerms } from '../../../src/exchange/event.js'
import { addNotional } from '../../../src/exchange/order/notional.js'
import { Order } from '../../../src/exchange/order/order.js'
import { WorkingOrders } from '../../../src/exchange/order/working-orders.js'
import { BUY, instrumentNo, orderId, price, quantity, sessionNo } from '../../../src/exchange/units.js'

const terms = (id: number, session = 0, orderQty = 10): OrderTerms => ({
  orderId: orderId(id),
  session: sessionNo(session),
  instrument: instrumentNo(0),
  clOrdId: `o${id}`,
  side: BUY,
  ordType: 'limit',
  timeInForce: 'day',
  orderQty: quantity(orderQty),
  price: price(100),
  tags: [],
  enteredAt: nanos(0)
})

describe('Order', () => {
  it('adds up fills; executed and open quantity are the order quantity while it works', () => {
    const order = new Order(terms(1))
    order.fill(4, 100)
    expect(order.state()).toEqual({
      terms: order.terms,
      status: 'partiallyFilled',
      cumQty: 4,
      leavesQty: 6,
      notional: 400
    })
    order.fill(6, 99)
    expect(order.state()).toMatchObject({ status: 'filled', cumQty: 10, leavesQty: 0, notional: 994 })
    expect(order.working).toBe(false)
  })

  it('trap: a replace does not forget what is executed', () => {
    const order = new Order(terms(1))
    order.fill(4, 100)
    order.replace({ ...order.terms, orderQty: quantity(7) })
    expect(order.state()).toMatchObject({ status: 'partiallyFilled', cumQty: 4, leavesQty: 3 })
    order.replace({ ...order.terms, orderQty: quantity(4) })
    expect(order.state()).toMatchObject({ status: 'filled', cumQty: 4, leavesQty: 0 })
  })
})

describe('addNotional', () => {
  it('is a number while the sum is a safe integer', () => {
    expect(addNotional(5, 3, 7)).toBe(26)
    expect(addNotional(0, 1, Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('is exact beyond 2^53, where the product is too large or only the sum', () => {
    expect(addNotional(0, 94_906_267, 94_906_267)).toBe(9_007_199_515_875_289n)
    expect(addNotional(Number.MAX_SAFE_INTEGER, 1, 1)).toBe(9_007_199_254_740_992n)
    expect(addNotional(9_007_199_254_740_993n, 1, 2)).toBe(9_007_199_254_740_995n)
  })
})

describe('WorkingOrders', () => {
  it('goes by arrival, whoever left', () => {
    const working = new WorkingOrders()
    const orders = [1, 2, 3, 4, 5].map((id) => new Order(terms(id, id % 2)))
    for (const order of orders) working.add(order)
    for (const i of [0, 2, 4]) working.remove(orders[i])
    working.add(orders[4])
    const idsOf = (session?: number): number[] =>
      working.select(session === undefined ? undefined : sessionNo(session)).map(({ terms: { orderId: id } }) => id)
    expect([idsOf(), idsOf(0), idsOf(1), working.size]).toEqual([[2, 4, 5], [2, 4], [5], 3])
  })
})
