import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, TradingFloor } from '../support/trading-floor.js'

/** 10 of the group between 50 and 50 of the market at 100.01. */
function floorOfGroup(factory: ExchangeFactory): TradingFloor {
  const floor = new TradingFloor(factory, { feed: 'l3' })
  floor.add(1, ask, '100.01', 50)
  floor.as(1).send(ask, 10, { price: '100.01', group: 'G' }, 'own')
  floor.add(2, ask, '100.01', 50)
  floor.events()
  return floor
}

export function selfMatch(factory: ExchangeFactory): void {
  describe('self-match prevention', () => {
    it('cancelNewest: the aggressor keeps what it got and ends', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 80, { price: '100.01', group: 'G', mode: 'cancelNewest' })
      expect(floor.events()).toEqual([
        'new o2',
        'trade o2 50 @ 100.01 removed, leaves 30',
        'canceled o2, done 50: PP3009 self-match prevented'
      ])
      expect(floor.working()).toEqual(['o1 new, done 0, leaves 10'])
    })

    it('cancelOldest: the resting order ends and the aggressor goes on', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 80, { price: '100.01', group: 'G', mode: 'cancelOldest' })
      expect(floor.events()).toEqual([
        'new o2',
        'trade o2 50 @ 100.01 removed, leaves 30',
        'canceled o1: PP3009 self-match prevented',
        'trade o2 30 @ 100.01 removed, leaves 0'
      ])
    })

    it('cancelBoth: the resting one first', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 80, { price: '100.01', group: 'G', mode: 'cancelBoth' })
      expect(floor.events()).toEqual([
        'new o2',
        'trade o2 50 @ 100.01 removed, leaves 30',
        'canceled o1: PP3009 self-match prevented',
        'canceled o2, done 50: PP3009 self-match prevented'
      ])
    })

    it('decrement: the smaller quantity goes off both', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 80, { price: '100.01', group: 'G', mode: 'decrement' })
      expect(floor.events()).toEqual([
        'new o2',
        'trade o2 50 @ 100.01 removed, leaves 30',
        'canceled o1: PP3009 self-match prevented',
        'restated o2 selfMatch: limit 70 @ 100.01, done 50, leaves 20',
        'trade o2 20 @ 100.01 removed, leaves 0'
      ])
    })

    it('decrement: a larger resting order keeps its place with less', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 53, { price: '100.01', group: 'G', mode: 'decrement' })
      expect(floor.events()).toEqual([
        'new o2',
        'trade o2 50 @ 100.01 removed, leaves 3',
        'restated o1 selfMatch: limit 7 @ 100.01, leaves 7',
        'canceled o2, done 50: PP3009 self-match prevented'
      ])
    })

    it('decrement: takes the reserve of an iceberg first', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 30, { price: '100.01', show: 10, group: 'G' })
      floor.as(2).send(bid, 15, { price: '100.01', group: 'G', mode: 'decrement' })
      expect(floor.events().slice(2)).toEqual([
        'restated o1 selfMatch: limit 15 @ 100.01, leaves 15',
        'canceled o2: PP3009 self-match prevented'
      ])
      expect(floor.depth(ask)).toEqual(['10 @ 100.01'])
    })

    it.each(['cancelNewest', 'cancelBoth', 'decrement'] as const)(
      'trap: %s: FOK does not count own orders, nor what is behind',
      (mode) => {
        const floor = floorOfGroup(factory)
        floor.as(2).send(bid, 51, { price: '100.01', tif: 'fok', group: 'G', mode })
        floor.as(2).send(bid, 50, { price: '100.01', tif: 'fok', group: 'G', mode })
        expect(floor.events()).toEqual([
          'new o2',
          'canceled o2: PP3002 cannot be filled completely at once',
          'new o3',
          'trade o3 50 @ 100.01 removed, leaves 0'
        ])
      }
    )

    it('trap: cancelOldest: FOK counts what is behind own orders, not those', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 101, { price: '100.01', tif: 'fok', group: 'G', mode: 'cancelOldest' })
      expect(floor.events()).toEqual(['new o2', 'canceled o2: PP3002 cannot be filled completely at once'])
      expect(floor.working()).toEqual(['o1 new, done 0, leaves 10'])
      floor.as(2).send(bid, 100, { price: '100.01', tif: 'fok', group: 'G', mode: 'cancelOldest' })
      expect(floor.events()).toEqual([
        'new o3',
        'trade o3 50 @ 100.01 removed, leaves 50',
        'canceled o1: PP3009 self-match prevented',
        'trade o3 50 @ 100.01 removed, leaves 0'
      ])
    })

    it('other groups and orders without one trade', () => {
      const floor = floorOfGroup(factory)
      floor.as(2).send(bid, 55, { price: '100.01', group: 'H' })
      floor.as(1).buy(5).at('100.01').ioc()
      expect(floor.events().filter((line) => line.startsWith('trade o1'))).toEqual([
        'trade o1 5 @ 100.01 added, leaves 5',
        'trade o1 5 @ 100.01 added, leaves 0'
      ])
    })

    it('by session where the market says so', () => {
      const floor = new TradingFloor(factory, { rules: { selfMatch: 'cancelOldest' } })
      floor.as(1).sell(10).at('100.01').day()
      floor.as(2).sell(10).at('100.01').day()
      floor.as(1).buy(20).at('100.01').day()
      expect(floor.events().slice(2)).toEqual([
        'new o3, 0 ahead',
        'canceled o1: PP3009 self-match prevented',
        'trade o3 10 @ 100.01 removed, leaves 10',
        'trade o2 10 @ 100.01 added, leaves 0'
      ])
    })

    it('goes with stops: what is triggered does not trade with its own either', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 10, { price: '100.05', group: 'G' })
      floor.as(2).send(bid, 10, { type: 'stop', stopPx: '100.02', group: 'G' })
      floor.as(3).sell(1).at('100.02').day()
      floor.as(3).buy(1).at('100.02').day()
      expect(floor.events().slice(-2)).toEqual([
        'restated o2 triggered: market 10 @ 0.00, leaves 10',
        'canceled o2: PP3009 self-match prevented'
      ])
    })
  })
}
