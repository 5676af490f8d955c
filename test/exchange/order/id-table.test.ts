import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { IdTable } from '../../../src/exchange/order/id-table.js'
import { Order } from '../../../src/exchange/order/order.js'
import { BUY, instrumentNo, orderId, price, quantity, sessionNo } from '../../../src/exchange/units.js'

const order = (id: number): Order =>
  new Order({
    orderId: orderId(id),
    session: sessionNo(0),
    instrument: instrumentNo(0),
    clOrdId: `${id}`,
    side: BUY,
    ordType: 'limit',
    timeInForce: 'day',
    orderQty: quantity(1),
    price: price(1),
    tags: [],
    enteredAt: nanos(0)
  })

describe('IdTable', () => {
  it('lets an id be claimed once', () => {
    const table = new IdTable()
    expect([table.claim('a'), table.claim('b'), table.claim('a'), table.claim('')]).toEqual([0, 1, -1, 2])
  })

  it('a claimed id names no order until it is told', () => {
    const table = new IdTable()
    const entry = table.claim('a')
    expect(table.find('a')).toBeUndefined()
    const named = order(1)
    table.name(entry, named)
    expect(table.find('a')).toBe(named)
    expect(table.find('b')).toBeUndefined()
  })

  it.each([
    ['ids that count up', (i: number) => `ORD-${String(i).padStart(9, '0')}`],
    ['ids that differ at the front', (i: number) => `${i}-ABCDEFGHIJKLMNOP`],
    ['ids of few characters', (i: number) => i.toString(36)],
    ['ids beyond ASCII', (i: number) => `Auftrag №${i} ✓`]
  ])('tells apart and finds again 50,000 %s', (_, idOf) => {
    const table = new IdTable()
    for (let i = 0; i < 50_000; i++) table.name(table.claim(idOf(i)), order(i))
    let wrong = 0
    for (let i = 0; i < 50_000; i++) {
      if (table.find(idOf(i))?.terms.orderId !== i || table.claim(idOf(i)) !== -1) wrong++
    }
    expect([wrong, table.size, table.find(idOf(50_000))]).toEqual([0, 50_000, undefined])
  })

  it('tells apart ids with equal hashes', () => {
    const table = new IdTable()
    const ids = ['Aa', 'BB', 'AaAa', 'BBBB', 'AaBB', 'BBAa']
    expect(ids.map((id) => table.claim(id))).toEqual([0, 1, 2, 3, 4, 5])
    expect(ids.map((id) => table.claim(id))).toEqual([-1, -1, -1, -1, -1, -1])
  })

  it('keeps ids of working orders over the end of a day, and nothing else', () => {
    const table = new IdTable()
    const working = order(1)
    const done = order(2)
    done.end('canceled')
    table.name(table.claim('first'), working)
    table.name(table.claim('last'), working)
    table.name(table.claim('done'), done)
    table.claim('refused')
    expect([...table.ofWorking()]).toEqual([
      ['first', working],
      ['last', working]
    ])
  })
})
