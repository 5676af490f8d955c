import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function icebergs(factory: ExchangeFactory): void {
  describe('icebergs', () => {
    it('shows a part, and the next behind everything that stands at its price', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 100, { price: '100.00', show: 20 })
      floor.as(2).sell(30).at('100.00').day()
      expect(floor.depth(ask)).toEqual(['50 @ 100.00'])
      floor.as(3).buy(60).at('100.00').ioc()
      expect(floor.events().slice(2)).toEqual([
        'new o3',
        'trade o3 20 @ 100.00 removed, leaves 40',
        'trade o1 20 @ 100.00 added, leaves 80',
        'trade o3 30 @ 100.00 removed, leaves 10',
        'trade o2 30 @ 100.00 added, leaves 0',
        'trade o3 10 @ 100.00 removed, leaves 0',
        'trade o1 10 @ 100.00 added, leaves 70'
      ])
      expect(floor.depth(ask)).toEqual(['10 @ 100.00'])
    })

    it('one aggressor meets one part after the other', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 50, { price: '100.00', show: 20 })
      floor.as(2).buy(60).at('100.00').ioc()
      expect(floor.events().slice(1)).toEqual([
        'new o2',
        'trade o2 20 @ 100.00 removed, leaves 40',
        'trade o1 20 @ 100.00 added, leaves 30',
        'trade o2 20 @ 100.00 removed, leaves 20',
        'trade o1 20 @ 100.00 added, leaves 10',
        'trade o2 10 @ 100.00 removed, leaves 10',
        'trade o1 10 @ 100.00 added, leaves 0',
        'canceled o2, done 50: PP3001 nothing to fill immediately'
      ])
    })

    it.each(['l2', 'l3', 'l1'] as const)('%s: a new part stands behind the market quantity of its price', (feed) => {
      const floor = new TradingFloor(factory, { feed })
      floor.as(1).send(bid, 40, { price: '100.00', show: 10 }, 'a')
      if (feed === 'l3') floor.add(1, bid, '100.00', 70)
      else if (feed === 'l2') floor.level(bid, '100.00', 70)
      else floor.quote(bid, '100.00', 70)
      expect(floor.queueAhead('a')).toBe(0)
      floor.as(2).sell(10).at('100.00').ioc()
      expect(floor.as(1).queueAhead('a')).toBe(70)
    })

    it('a print at its price gives it the shown part, one through it all', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 40, { price: '100.00', show: 10 })
      floor.print(seller, '100.00', 25)
      floor.print(seller, '99.99', 25)
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 10 @ 100.00 added, leaves 30',
        'trade o1 10 @ 100.00 added, leaves 20',
        'trade o1 10 @ 100.00 added, leaves 10',
        'trade o1 5 @ 100.00 added, leaves 5'
      ])
    })

    it('less quantity takes the reserve first and keeps the place', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 40, { price: '100.00', show: 10 }, 'a')
      floor.level(bid, '100.00', 70)
      floor.replace('a', { qty: 15 })
      expect(floor.events().slice(1)).toEqual(['replaced o1 a -> c1: 15 @ 100.00, leaves 15, 0 ahead'])
      expect(floor.depth(bid)).toEqual(['80 @ 100.00'])
    })

    it('another display quantity is a new order in the queue', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 40, { price: '100.00', show: 10 }, 'a')
      floor.level(bid, '100.00', 70)
      floor.replace('a', { show: 20 })
      expect(floor.events().slice(1)).toEqual(['replaced o1 a -> c1: 40 @ 100.00, leaves 40, 70 ahead'])
      expect(floor.depth(bid)).toEqual(['90 @ 100.00'])
    })

    it('trap: a refreshed part does not cross the book', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(bid, 40, { price: '100.00', show: 10 })
      floor.event(() => {
        floor.print(seller, '100.00', 10)
        floor.level(ask, '100.00', 0)
      })
      floor.as(2).sell(5).at('100.00').day()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 10 @ 100.00 added, leaves 30',
        'new o2',
        'trade o2 5 @ 100.00 removed, leaves 0',
        'trade o1 5 @ 100.00 added, leaves 25'
      ])
      expect(floor.depth(ask)).toEqual([])
      expect(floor.depth(bid)).toEqual(['5 @ 100.00'])
    })

    it('refuses more parts than anybody could meet', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 10_001, { price: '100.00', show: 1 })
      floor.send(bid, 10_000, { price: '100.00', show: 1 })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP1026 displayQty "1" would show the order quantity "10001" in more than "10000" parts',
        'new o2, 0 ahead'
      ])
    })

    it('draws the size of a part from the seed where the market says so, at most what is left', () => {
      const sizes = (): number[] => {
        const floor = new TradingFloor(factory, { rules: { icebergSpread: 50 } })
        floor.as(1).send(ask, 1000, { price: '100.00', show: 100 })
        return Array.from({ length: 12 }, () => {
          const shown = Number(floor.depth(ask)[0]?.split(' ')[0] ?? 0)
          if (shown > 0) floor.as(2).buy(shown).at('100.00').ioc()
          return shown
        })
      }
      const drawn = sizes()
      expect(drawn[0]).toBe(100)
      expect(drawn.every((size) => size <= 100)).toBe(true)
      expect(drawn.slice(1, 8).every((size) => size >= 50)).toBe(true)
      expect(new Set(drawn.slice(1, 8)).size).toBeGreaterThan(3)
      expect(sizes()).toEqual(drawn)
    })
  })

  describe('hidden orders', () => {
    it('are not shown and stand behind everything displayed at their price, later arrivals included', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 30, { price: '100.00', show: 0 }, 'h')
      floor.as(2).sell(10).at('100.00').day()
      floor.level(ask, '100.00', 20)
      expect(floor.depth(ask)).toEqual(['30 @ 100.00'])
      expect(floor.as(1).queueAhead('h')).toBeUndefined()
      floor.as(3).buy(50).at('100.00').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'new o2, 0 ahead',
        'new o3',
        'trade o3 10 @ 100.00 removed, leaves 40',
        'trade o2 10 @ 100.00 added, leaves 0',
        'trade o3 20 @ 100.00 removed, leaves 20',
        'trade o3 20 @ 100.00 removed, leaves 0',
        'trade o1 20 @ 100.00 added, leaves 10'
      ])
    })

    it('are met at a better price before what is displayed behind it', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.02', 20)
      floor.as(1).send(ask, 10, { price: '100.01', show: 0 })
      floor.as(2).buy(15).atMarket().day()
      expect(floor.events().slice(1)).toEqual([
        'new o2',
        'trade o2 10 @ 100.01 removed, leaves 5',
        'trade o1 10 @ 100.01 added, leaves 0',
        'trade o2 5 @ 100.02 removed, leaves 0'
      ])
    })

    it('get nothing of a print at their price, but of one through it', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 30, { price: '100.00', show: 0 })
      floor.print(seller, '100.00', 50)
      expect(floor.events()).toEqual(['new o1'])
      floor.print(seller, '99.99', 10)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 20'])
    })

    it('count for what can be had at once', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).send(ask, 30, { price: '100.00', show: 0 })
      floor.as(1).send(ask, 30, { price: '100.00', show: 10 })
      floor.as(2).buy(61).at('100.00').fok()
      floor.as(2).buy(60).at('100.00').fok()
      expect(floor.events().filter((line) => line.includes('o4'))).toEqual([
        'new o4',
        'trade o4 10 @ 100.00 removed, leaves 50',
        'trade o4 10 @ 100.00 removed, leaves 40',
        'trade o4 10 @ 100.00 removed, leaves 30',
        'trade o4 30 @ 100.00 removed, leaves 0'
      ])
    })
  })
}
