import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import type { OrderTerms } from '../../../src/exchange/event.js'
import { Expiries } from '../../../src/exchange/order/expiries.js'
import { Order } from '../../../src/exchange/order/order.js'
import { instrumentNo, orderId, price, quantity, sessionNo } from '../../../src/exchange/units.js'

const terms = (id: number, expireTime: number): OrderTerms => ({
  orderId: orderId(id),
  session: sessionNo(0),
  instrument: instrumentNo(0),
  clOrdId: `c${id}`,
  side: 1,
  ordType: 'limit',
  timeInForce: 'gtd',
  orderQty: quantity(1),
  price: price(1),
  tags: [],
  qualifiers: { expireTime: nanos(expireTime) },
  enteredAt: nanos(0)
})

function drain(expiries: Expiries): string[] {
  const gone: string[] = []
  for (let due = expiries.due; due < Infinity; due = expiries.due) {
    const order = expiries.shift()
    gone.push(`${due} o${order.terms.orderId}`)
    order.end('expired')
  }
  return gone
}

describe('expiries', () => {
  it('come by time, then by OrderID', () => {
    const expiries = new Expiries()
    for (const [id, time] of [
      [3, 20],
      [1, 30],
      [4, 10],
      [2, 20]
    ])
      expiries.add(new Order(terms(id, time)))
    expect(drain(expiries)).toEqual(['10 o4', '20 o2', '20 o3', '30 o1'])
    expect(expiries.due).toBe(Infinity)
  })

  it('pass over orders that ended, or expire at another time now', () => {
    const expiries = new Expiries()
    const [ended, changed] = [new Order(terms(1, 10)), new Order(terms(2, 20))]
    for (const order of [ended, changed]) expiries.add(order)
    ended.end('canceled')
    changed.replace(terms(2, 40))
    expiries.add(changed)
    expect(drain(expiries)).toEqual(['40 o2'])
  })

  it('are in order whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const expiries = new Expiries()
        times.forEach((time, i) => expiries.add(new Order(terms(i + 1, time))))
        const sorted = times.map((time, i) => [time, i + 1]).sort(([a, i], [b, j]) => a - b || i - j)
        expect(drain(expiries)).toEqual(sorted.map(([time, id]) => `${time} o${id}`))
      })
    )
  })
})
