import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function consumption(factory: ExchangeFactory): void {
  describe('what clients take from the tape', () => {
    it('observer: the tape is not touched', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.level(ask, '100.01', 100)
      floor.buy(100).at('100.01').ioc()
      floor.buy(100).at('100.01').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 0',
        'new o2',
        'trade o2 100 @ 100.01 removed, leaves 0'
      ])
      expect(floor.depth(ask)).toEqual(['100 @ 100.01'])
    })

    it('consume: what one client took the next does not get', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.buy(60).at('100.01').ioc()
      floor.buy(60).at('100.01').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 60 @ 100.01 removed, leaves 0',
        'new o2',
        'trade o2 40 @ 100.01 removed, leaves 20',
        'canceled o2, done 40: PP3001 nothing to fill immediately'
      ])
    })

    it('trap: two limits are not filled from the same liquidity', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.buy(100).at('100.01').day()
      floor.buy(100).at('100.01').day()
      expect(floor.events()).toEqual(['new o1', 'trade o1 100 @ 100.01 removed, leaves 0', 'new o2, 0 ahead'])
    })

    it('shows participants what is left and the replay what the tape says', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.level(ask, '100.02', 50)
      floor.buy(120).at('100.02').ioc()
      expect(floor.depth(ask)).toEqual(['30 @ 100.02'])
      expect(floor.marketDepth(ask)).toEqual(['100 @ 100.01', '50 @ 100.02'])
    })

    it('lets consumption leave with the level, rounding down: floor(u Q’ / Q)', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.buy(33).at('100.01').ioc()
      floor.level(ask, '100.01', 50)
      expect(floor.depth(ask)).toEqual(['34 @ 100.01'])
      floor.level(ask, '100.01', 7)
      expect(floor.depth(ask)).toEqual(['5 @ 100.01'])
    })

    it('counts an increase as new liquidity', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.buy(100).at('100.01').ioc()
      expect(floor.depth(ask)).toEqual([])
      floor.level(ask, '100.01', 130)
      expect(floor.depth(ask)).toEqual(['30 @ 100.01'])
      floor.buy(100).at('100.01').ioc()
      expect(floor.events().slice(2)).toEqual([
        'new o2',
        'trade o2 30 @ 100.01 removed, leaves 70',
        'canceled o2, done 30: PP3001 nothing to fill immediately'
      ])
    })

    it('forgets consumption when the level is gone', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.buy(80).at('100.01').ioc()
      floor.level(ask, '100.01', 0)
      floor.level(ask, '100.01', 60)
      expect(floor.depth(ask)).toEqual(['60 @ 100.01'])
    })

    it('is exact where the product passes 2^53', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 4_000_000_000_000_002)
      floor.buy(3_000_000_000_000_001).at('100.01').ioc()
      floor.level(ask, '100.01', 3_000_000_000_000_003)
      // floor(3000000000000001 x 3000000000000003 / 4000000000000002) is 2250000000000001, in floating point one more
      expect(floor.depth(ask)).toEqual(['750000000000002 @ 100.01'])
    })

    it('walks on to the next price where a better one is consumed', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.level(ask, '100.02', 100)
      floor.buy(100).at('100.01').ioc()
      floor.buy(50).atMarket().ioc()
      expect(floor.events().slice(2)).toEqual(['new o2', 'trade o2 50 @ 100.02 removed, leaves 0'])
    })

    it('L3: consumption eats from the front of the queue', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, ask, '100.01', 100)
      floor.as(1).sell(10).at('100.01').day()
      floor.add(2, ask, '100.01', 100)
      floor.as(2).buy(100).at('100.01').ioc()
      floor.as(2).buy(50).at('100.01').ioc()
      expect(floor.events()).toEqual([
        'new o1, 100 ahead',
        'new o2',
        'trade o2 100 @ 100.01 removed, leaves 0',
        'new o3',
        'trade o3 10 @ 100.01 removed, leaves 40',
        'trade o1 10 @ 100.01 added, leaves 0',
        'trade o3 40 @ 100.01 removed, leaves 0'
      ])
      expect(floor.depth(ask)).toEqual(['60 @ 100.01'])
    })

    it('L3: what was consumed is not ahead of an order that comes later', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, ask, '100.01', 100)
      floor.buy(30).at('100.01').ioc()
      floor.sell(10).at('100.01').day()
      expect(floor.events().slice(2)).toEqual(['new o2, 70 ahead'])
    })

    it('L3: consumption shrinks with the level whichever order leaves', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, ask, '100.01', 100)
      floor.add(2, ask, '100.01', 100)
      floor.buy(100).at('100.01').ioc()
      floor.remove(2)
      expect(floor.depth(ask)).toEqual(['50 @ 100.01'])
      floor.execute(1, 50)
      expect(floor.depth(ask)).toEqual(['25 @ 100.01'])
    })

    it('a fill by a print takes nothing off the displayed book', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.buy(50).at('100.01').day()
      floor.print(seller, '100.00', 50)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 50 @ 100.01 added, leaves 0'])
      expect(floor.depth(bid)).toEqual(['100 @ 100.00'])
    })
  })
}
