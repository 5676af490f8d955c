import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, buyer, TradingFloor, type FloorTerms } from '../support/trading-floor.js'

/** 100 offered at each of 100.01, 100.02 and 100.03. */
function floorWithOffers(factory: ExchangeFactory, terms: FloorTerms = {}): TradingFloor {
  const floor = new TradingFloor(factory, terms)
  for (const at of ['100.01', '100.02', '100.03']) floor.level(ask, at, 100)
  return floor
}

export function qualifiers(factory: ExchangeFactory): void {
  describe('minimum quantity', () => {
    it('is canceled whole where less can be had at once', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 200, { price: '100.01', minQty: 101 })
      expect(floor.events()).toEqual([
        'new o1',
        'canceled o1: PP3007 less than the minimum quantity can be filled at once'
      ])
      expect(floor.depth(ask, 1)).toEqual(['100 @ 100.01'])
    })

    it('walks where it can be had, and the rest goes on without it', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 200, { price: '100.01', minQty: 100 })
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 100 @ 100.01 removed, leaves 100'])
      expect(floor.depth(bid)).toEqual(['100 @ 100.01'])
    })

    it('counts what is left where that is less', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 200, { price: '100.01', minQty: 100 }, 'a')
      floor.level(ask, '100.01', 150)
      floor.replace('a', { qty: 190, price: '100.02' }, 'b')
      expect(floor.events().slice(2)).toEqual([
        'trade o1 50 @ 100.01 added, leaves 50',
        'replaced o1 a -> b: 190 @ 100.02, done 150, leaves 40',
        'trade o1 40 @ 100.02 removed, leaves 0'
      ])
    })

    it('refuses more than the quantity, and less than nothing', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 10, { price: '100.01', minQty: 11 })
      floor.send(bid, 10, { price: '100.01', minQty: -1 })
      floor.send(bid, 10, { price: '100.01', minQty: 5, tif: 'fok' })
      floor.send(bid, 10, { price: '100.01', show: -1 })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP1019 "minQty" "11" is more than the order quantity "10"',
        'rejected o2 c2: PP1018 "minQty" must not be negative, got "-1"',
        'rejected o3 c3: PP1016 "minQty" does not go with "fok"',
        'rejected o4 c4: PP1018 "displayQty" must not be negative, got "-1"'
      ])
    })
  })

  describe('all or none', () => {
    it('waits, shown to nobody, until it can be filled whole', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 150, { price: '100.01', allOrNone: true })
      expect(floor.events()).toEqual(['new o1'])
      expect(floor.depth(bid)).toEqual([])
      floor.level(ask, '100.01', 149)
      expect(floor.events()).toEqual([])
      floor.level(ask, '100.01', 150)
      expect(floor.events()).toEqual(['trade o1 150 @ 100.01 removed, leaves 0'])
    })

    it('is never met in part', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(bid, 50, { price: '100.01', allOrNone: true })
      floor.as(2).sell(20).at('100.01').day()
      expect(floor.depth(ask)).toEqual(['20 @ 100.01'])
      floor.as(2).sell(30).at('100.00').day()
      expect(floor.events()).toEqual([
        'new o1',
        'new o2, 0 ahead',
        'new o3, 0 ahead',
        'trade o1 30 @ 100.00 removed, leaves 20',
        'trade o3 30 @ 100.00 added, leaves 0',
        'trade o1 20 @ 100.01 removed, leaves 0',
        'trade o2 20 @ 100.01 added, leaves 0'
      ])
    })

    it('the earliest that can be filled goes first', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 50, { price: '100.01', allOrNone: true })
      floor.send(bid, 30, { price: '100.01', allOrNone: true })
      floor.send(bid, 20, { price: '100.01', allOrNone: true })
      floor.level(ask, '100.01', 45)
      expect(floor.events().slice(3)).toEqual(['trade o2 30 @ 100.01 removed, leaves 0'])
    })
  })

  describe('post-only', () => {
    it('reject: refuses what would take', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 10, { price: '100.01', postOnly: 'reject' })
      floor.send(bid, 10, { price: '100.00', postOnly: 'reject' })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP3008 a post-only order would take liquidity',
        'new o2, 0 ahead'
      ])
    })

    it('reprice: one tick behind the best price it would meet', () => {
      const floor = floorWithOffers(factory)
      floor.level(bid, '100.00', 70)
      floor.send(bid, 10, { price: '100.02', postOnly: 'reprice' })
      expect(floor.events()).toEqual(['new o1', 'restated o1 repriced: limit 10 @ 100.00, leaves 10, 70 ahead'])
      expect(floor.depth(bid)).toEqual(['80 @ 100.00'])
    })

    it('sees hidden orders, too', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 10, { price: '100.01', show: 0 })
      floor.as(2).send(bid, 10, { price: '100.01', postOnly: 'reject' })
      floor.as(2).send(bid, 10, { price: '100.05', postOnly: 'reprice' })
      expect(floor.events().slice(1)).toEqual([
        'rejected o2 c2: PP3008 a post-only order would take liquidity',
        'new o3',
        'restated o3 repriced: limit 10 @ 100.00, leaves 10, 0 ahead'
      ])
    })

    it('a replace that would take is refused and changes nothing', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 10, { price: '100.00', postOnly: 'reject' }, 'a')
      floor.replace('a', { price: '100.01' }, 'b')
      floor.replace('a', { price: '100.01', postOnly: 'none' }, 'c')
      expect(floor.events().slice(1)).toEqual([
        'refused replace b of a (o1 new, done 0, leaves 10): PP3008 a post-only order would take liquidity',
        'replaced o1 a -> c: 10 @ 100.01, leaves 10',
        'trade o1 10 @ 100.01 removed, leaves 0'
      ])
    })

    it('a market that comes to it is not taking', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 10, { price: '100.00', postOnly: 'reject' })
      floor.level(ask, '100.00', 50)
      expect(floor.events().slice(1)).toEqual(['trade o1 10 @ 100.00 added, leaves 0'])
    })
  })

  describe('market with left over as limit', () => {
    it('rests what is left at the price of its last fill', () => {
      const floor = floorWithOffers(factory)
      floor.send(bid, 350, { type: 'marketWithLeftOverAsLimit' })
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 250',
        'trade o1 100 @ 100.02 removed, leaves 150',
        'trade o1 100 @ 100.03 removed, leaves 50',
        'restated o1 leftOver: limit 350 @ 100.03, done 300, leaves 50, 0 ahead'
      ])
      expect(floor.depth(bid)).toEqual(['50 @ 100.03'])
    })

    it('is canceled where it meets nothing', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 10, { type: 'marketWithLeftOverAsLimit' })
      expect(floor.events()).toEqual(['new o1', 'canceled o1: PP3003 no liquidity on the opposite side'])
    })
  })

  describe('good till date', () => {
    it('expires by itself at its time, without latency', () => {
      const floor = new TradingFloor(factory, { inbound: 5, outbound: 7 })
      floor.send(bid, 10, { price: '100.00', until: 100 })
      floor.advance(50)
      expect(floor.exchange.nextDue()).toBe(100)
      floor.advance(60)
      expect(floor.timedEvents()).toEqual([
        '5>12 new o1, 0 ahead',
        '100>107 expired o1: PP3011 the expire time is reached'
      ])
      expect(floor.working()).toEqual([])
    })

    it('outlives the day, not its time; a time that is past is refused', () => {
      const floor = new TradingFloor(factory)
      floor.wait(50)
      floor.send(bid, 10, { price: '100.00', until: 50 })
      floor.send(bid, 10, { price: '100.00', until: 200 })
      floor.send(bid, 10, { price: '100.00', tif: 'gtd' })
      floor.endOfDay()
      floor.advance(150)
      expect(floor.timedEvents()).toEqual([
        '50 rejected o1 c1: PP1021 the expire time is past',
        '50 new o2, 0 ahead',
        '50 rejected o3 c3: PP1017 "gtd" needs "expireTime"',
        '200 expired o2: PP3011 the expire time is reached'
      ])
    })

    it('by OrderID where several expire, before commands of that time', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.send(bid, 10, { price: '100.00', until: 30 }, 'a')
      floor.send(bid, 10, { price: '100.01', until: 30 }, 'b')
      floor.wait(20).cancel('b', 'c')
      floor.advance(40)
      expect(floor.timedEvents().slice(2)).toEqual([
        '30 expired o1: PP3011 the expire time is reached',
        '30 expired o2: PP3011 the expire time is reached',
        '30 refused cancel c of b (o2 expired, done 0, leaves 0): PP2002 too late: the order is "expired"'
      ])
    })

    it('becomes a DAY order by a replace and keeps its place', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 10, { price: '100.00', until: 30 }, 'a')
      floor.level(bid, '100.00', 70)
      floor.replace('a', { tif: 'day' })
      floor.advance(50)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'replaced o1 a -> c1: 10 @ 100.00, leaves 10, 0 ahead'])
    })
  })

  describe('collars', () => {
    const collar = { collar: { kind: 'ticks', ticks: 2 } } as const

    it('refuse a limit that is further from the last trade', () => {
      const floor = floorWithOffers(factory, { rules: collar })
      floor.print(buyer, '100.01', 5)
      floor.send(bid, 10, { price: '100.04' })
      floor.send(ask, 10, { price: '99.98' })
      floor.send(ask, 10, { price: '100.30' })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP1020 price "100.04" is beyond the collar at "100.03"',
        'rejected o2 c2: PP1020 price "99.98" is beyond the collar at "99.99"',
        'new o3, 0 ahead'
      ])
    })

    it('are measured without the order itself when a replaced order walks, be there nothing to meet', () => {
      const floor = new TradingFloor(factory, { rules: collar })
      floor.level(bid, '99.90', 8)
      floor.level(ask, '100.08', 8)
      floor.sell(10).at('100.04').day('a')
      floor.replace('a', { price: '99.96' }, 'b')
      // with the order in the book the middle is 99.97, without it 99.99
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'replaced o1 a -> b: 10 @ 99.96, leaves 10',
        'canceled o1: PP3010 the collar is reached'
      ])
    })

    it('end the walk of a market order', () => {
      const floor = floorWithOffers(factory, { rules: collar })
      floor.print(buyer, '100.00', 5)
      floor.buy(300).atMarket().day()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 200',
        'trade o1 100 @ 100.02 removed, leaves 100',
        'canceled o1, done 200: PP3010 the collar is reached'
      ])
    })

    it('count from the middle of the quotes before the first trade, in percent where they say so', () => {
      const floor = new TradingFloor(factory, { rules: { collar: { kind: 'percent', basisPoints: 100 } } })
      floor.buy(1).at('500.00').day()
      floor.level(ask, '502.00', 10)
      floor.send(bid, 10, { price: '506.02' })
      floor.send(bid, 10, { price: '506.01' })
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'rejected o2 c2: PP1020 price "506.02" is beyond the collar at "506.01"',
        'new o3',
        'trade o3 10 @ 502.00 removed, leaves 0'
      ])
    })

    it('FOK counts only what lies within', () => {
      const floor = floorWithOffers(factory, { rules: collar })
      floor.print(buyer, '100.00', 5)
      floor.buy(201).atMarket().fok()
      floor.buy(200).atMarket().fok()
      expect(floor.events().slice(0, 3)).toEqual([
        'new o1',
        'canceled o1: PP3002 cannot be filled completely at once',
        'new o2'
      ])
    })

    it('hold a stop limit that is triggered beyond them', () => {
      const floor = floorWithOffers(factory, { rules: collar })
      floor.print(buyer, '100.06', 5)
      floor.send(bid, 250, { type: 'stopLimit', stopPx: '100.08', price: '100.08' })
      floor.event(() => {
        floor.print(buyer, '100.08', 5)
        floor.print(buyer, '100.00', 5)
      })
      expect(floor.events()).toEqual([
        'new o1',
        'restated o1 triggered: limit 250 @ 100.08, leaves 250',
        'trade o1 100 @ 100.01 removed, leaves 150',
        'trade o1 100 @ 100.02 removed, leaves 50',
        'canceled o1, done 200: PP3010 the collar is reached'
      ])
    })
  })
}
