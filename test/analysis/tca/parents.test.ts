import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src/analysis/recording/read-recording.js'
import { analyseCosts } from '../../../src/analysis/tca/tca.js'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { Tag } from '../../../src/fix/wire/tag.js'
import { ACME, fakeSession, ms, type FakeSession } from '../support/fake-session.js'

const link = (id: string) => [[Tag.ClOrdLinkID, id]] as const
const secondary = (id: string) => [[Tag.SecondaryClOrdID, id]] as const

/** Parents as "id: children, quantity". */
function parentsOf(session: FakeSession, parentQuantity?: 'sum' | 'peak'): string[] {
  const tca = analyseCosts(readRecording(session), parentQuantity ? { parentQuantity } : {})
  return Array.from({ length: tca.parents }, (_, row) => {
    const { id, quantity } = tca.parent(row)
    return `${id}: ${tca
      .childrenOf(row)
      .map((order) => tca.order(order).id)
      .join(' ')}, ${quantity}`
  })
}

describe('parents', () => {
  it('link orders by ClOrdLinkID, else by SecondaryClOrdID; an order without either stands alone', () => {
    const session = fakeSession()
      .order(1, 'a', { side: BUY, qty: '10', tags: link('P') })
      .order(2, 'b', { side: BUY, qty: '20', tags: secondary('S') })
      .order(3, 'c', { side: BUY, qty: '30' })
      .order(4, 'd', { side: BUY, qty: '40', tags: [...secondary('S'), ...link('P')] })
      .order(5, 'e', { side: BUY, qty: '50', tags: secondary('S') })
    expect(parentsOf(session)).toEqual(['P: a d, 50', 'S: b e, 70', 'c: c, 30'])
  })

  it('do not reach over sessions, days, symbols or sides', () => {
    const session = fakeSession([ACME, { ...ACME, symbol: 'BOLT' }])
      .order(1, 'a', { side: BUY, qty: '1', tags: link('P') })
      .order(2, 'b', { side: SELL, qty: '2', tags: link('P') })
      .order(3, 'c', { side: BUY, qty: '3', tags: link('P'), symbol: 'BOLT' })
      .order(4, 'd', { side: BUY, qty: '4', tags: link('P'), session: 1 })
      .endOfDay(5)
      .order(6, 'e', { side: BUY, qty: '5', tags: link('P') })
      .order(7, 'f', { side: BUY, qty: '6', tags: link('P') })
    expect(parentsOf(session)).toEqual(['P: a, 1', 'P: b, 2', 'P: c, 3', 'P: d, 4', 'P: e f, 11'])
  })

  it('count a replace chain as one order, with its last quantity', () => {
    const session = fakeSession()
      .order(1, 'a', { side: BUY, qty: '100', tags: link('P') })
      .replace(2, 'a', 'a2', '150')
      .fill(3, 'a2', '40', '10.00')
      .replace(4, 'a2', 'a3', '60')
    expect(parentsOf(session)).toEqual(['P: a, 60'])
  })

  it('want at least what they executed, also where a replace asked for less', () => {
    const session = fakeSession()
      .order(1, 'a', { side: BUY, qty: '100' })
      .fill(2, 'a', '40', '10.00')
      .replace(3, 'a', 'a2', '30')
    const cost = analyseCosts(readRecording(session)).parent(0)
    expect([cost.quantity, cost.executed, cost.endedAt]).toEqual([40, 40, ms(3)])
  })

  describe('of an algorithm that sends again what was canceled', () => {
    const session = () =>
      fakeSession()
        .order(1, 'a', { side: BUY, qty: '100', tags: link('P') })
        .fill(2, 'a', '30', '10.00')
        .cancel(3, 'a')
        .order(4, 'b', { side: BUY, qty: '70', tags: link('P') })
        .replace(5, 'b', 'b2', '60')
        .fill(6, 'b2', '60', '10.00')

    it('want the sum of the orders by default', () => expect(parentsOf(session())).toEqual(['P: a b, 160']))
    it('or the most that was executed or working at once', () =>
      expect(parentsOf(session(), 'peak')).toEqual(['P: a b, 100']))
  })

  it('live from the first child’s arrival to the last child’s end', () => {
    const session = fakeSession()
      .order(1, 'a', { side: BUY, qty: '10', tags: link('P') })
      .order(5, 'b', { side: BUY, qty: '10', tags: link('P') })
      .fill(7, 'b', '10', '10.00')
      .fill(9, 'a', '10', '10.00')
    const { arrivedAt, firstFillAt, endedAt, measuredUntil } = analyseCosts(readRecording(session)).parent(0)
    expect([arrivedAt, firstFillAt, endedAt, measuredUntil]).toEqual([ms(1), ms(7), ms(9), ms(9)])
  })

  it('that still work are measured until the recording ends, at its last mid', () => {
    const session = fakeSession()
      .quote(0, '10.00', '10.02')
      .order(1, 'a', { side: BUY, qty: '10', tags: link('P') })
      .order(2, 'b', { side: BUY, qty: '10', tags: link('P') })
      .fill(3, 'b', '10', '10.02')
      .quote(8, '10.10', '10.12')
      .turnEnd(9)
    const { endedAt, measuredUntil, shortfall } = analyseCosts(readRecording(session)).parent(0)
    expect([endedAt, measuredUntil]).toEqual([undefined, ms(9)])
    // In half cents: 10 missed at 10.11 instead of 10.01.
    expect(shortfall.opportunity).toBe(10 * 20)
  })
})
