import { describe, expect, it } from 'vitest'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { TradingPit } from './support/trading-pit.js'

/** Owners of orders. */
const [MAKER, OTHER, TAKER] = [0, 1, 2]

describe('a floor of agents', () => {
  it('matches agents by price and time, and tells each execution of a resting order', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1001, 100)
    pit.floor.limit(OTHER, SELL, 1000, 50)
    pit.floor.limit(MAKER, SELL, 1000, 100)
    pit.next()
    expect(pit.floor.market(TAKER, BUY, 120)).toBe(120)
    expect(pit.prints).toEqual(['50 @ 1000', '70 @ 1000'])
    expect(pit.shown(SELL)).toEqual(['30 @ 1000', '100 @ 1001'])
    expect([...pit.held]).toEqual([
      [OTHER, -50],
      [TAKER, 120],
      [MAKER, -70]
    ])
  })

  it('lets the rest of a limit order that trades stand in the book', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1000, 50)
    pit.floor.limit(TAKER, BUY, 1000, 80)
    expect(pit.shown(SELL)).toEqual([])
    expect(pit.shown(BUY)).toEqual(['30 @ 1000'])
  })

  it('takes out of agents’ orders what a client took, first come first, and nothing stays consumed', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1000, 100)
    pit.floor.limit(OTHER, SELL, 1000, 100)
    pit.floor.limit(OTHER, SELL, 1001, 100)
    pit.client('c1', BUY, 130, 1000)
    pit.next()
    expect(pit.own(SELL)).toEqual(['70 @ 1000', '100 @ 1001'])
    expect(pit.shown(SELL)).toEqual(['70 @ 1000', '100 @ 1001'])
    expect([...pit.held]).toEqual([
      [MAKER, -100],
      [OTHER, -30]
    ])
    pit.client('c2', BUY, 200, 1005, 'ioc')
    pit.next()
    expect(pit.reports).toEqual([
      'c1 new',
      'c1 130 @ 1000 removed',
      'c2 new',
      'c2 70 @ 1000 removed',
      'c2 100 @ 1001 removed',
      'c2 canceled'
    ])
    expect(pit.own(SELL)).toEqual([])
    expect(pit.held.get(OTHER)).toBe(-200)
  })

  it('meets a client who is better than every agent first, at the client’s price', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1003, 100)
    pit.client('c1', SELL, 60, 1001)
    pit.next()
    expect(pit.floor.quote()).toEqual({ bid: undefined, ask: 1001 })
    expect(pit.floor.market(TAKER, BUY, 90)).toBe(90)
    expect(pit.reports).toEqual(['c1 new', 'c1 60 @ 1001 added'])
    expect(pit.prints).toEqual(['30 @ 1003'])
    expect(pit.shown(SELL)).toEqual(['70 @ 1003'])
    pit.next()
    expect([...pit.held]).toEqual([
      [TAKER, 90],
      [MAKER, -30]
    ])
  })

  it('a resting order of an agent meets no client beyond its limit', () => {
    const pit = new TradingPit()
    pit.client('c1', SELL, 60, 1001)
    pit.next()
    pit.floor.limit(MAKER, BUY, 1000, 100)
    expect(pit.shown(BUY)).toEqual(['100 @ 1000'])
    pit.floor.limit(MAKER, BUY, 1001, 100)
    expect(pit.reports).toEqual(['c1 new', 'c1 60 @ 1001 added'])
    expect(pit.shown(BUY)).toEqual(['40 @ 1001', '100 @ 1000'])
  })

  it('what clients trade with each other concerns no agent', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1000, 100)
    pit.client('c1', SELL, 60, 999)
    pit.client('c2', BUY, 60, 1000)
    pit.next()
    expect(pit.reports).toEqual(['c1 new', 'c2 new', 'c2 60 @ 999 removed', 'c1 60 @ 999 added'])
    expect(pit.own(SELL)).toEqual(['100 @ 1000'])
    expect(pit.held.size).toBe(0)
  })

  it('collects orders in a call, and agents and clients trade at one price when it ends', () => {
    const pit = new TradingPit()
    pit.phase('openingAuction')
    pit.floor.limit(MAKER, SELL, 999, 100)
    pit.floor.limit(OTHER, SELL, 1001, 100)
    pit.floor.limit(TAKER, BUY, 1001, 80)
    pit.client('c1', BUY, 70, 1002)
    expect(pit.floor.market(TAKER, BUY, 10)).toBe(0)
    expect(pit.reports).toEqual(['c1 new'])
    pit.phase('continuous')
    // 150 are wanted at 1001 and better, 200 offered.
    expect(pit.reports).toEqual(['c1 new', 'c1 70 @ 1001 auction'])
    expect([...pit.held.values()].reduce((sum, each) => sum + each, 0)).toBe(-70)
    expect(pit.held.get(TAKER)).toBe(80)
    expect(pit.prints).toEqual(['80 @ 1001'])
    expect(pit.shown(SELL)).toEqual(['50 @ 1001'])
    expect(pit.shown(BUY)).toEqual([])
    expect(pit.own(SELL)).toEqual(['50 @ 1001'])
  })

  it('trades nothing in a halt, and takes no order that would', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1000, 100)
    pit.phase('halt')
    expect(pit.floor.market(TAKER, BUY, 10)).toBe(0)
    expect(pit.floor.limit(TAKER, BUY, 1000, 10)).toBeUndefined()
    expect(pit.floor.limit(TAKER, BUY, 999, 10)).toBeDefined()
    expect(pit.shown(SELL)).toEqual(['100 @ 1000'])
  })

  it('falls silent, and tells the whole book anew when the feed is back', () => {
    const pit = new TradingPit()
    pit.next()
    pit.floor.limit(MAKER, SELL, 1000, 100)
    pit.floor.silence()
    pit.floor.limit(MAKER, SELL, 999, 100)
    pit.floor.market(TAKER, BUY, 150)
    expect(pit.shown(SELL)).toEqual(['100 @ 1000'])
    pit.next()
    pit.floor.speak(pit.exchange)
    expect(pit.shown(SELL)).toEqual(['50 @ 1000'])
    expect(pit.prints).toEqual([])
  })
})
