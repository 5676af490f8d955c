import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function clientsMeet(factory: ExchangeFactory): void {
  describe('clients meeting each other', () => {
    it('trades at the price of the order that rests, aggressor first', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).sell(100).at('100.00').day()
      floor.as(2).buy(60).at('100.05').day()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'new o2',
        'trade o2 60 @ 100.00 removed, leaves 0',
        'trade o1 60 @ 100.00 added, leaves 40'
      ])
    })

    it('meets the best price first, then the earlier order', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).sell(10).at('100.02').day()
      floor.as(2).sell(10).at('100.01').day()
      floor.as(3).sell(10).at('100.01').day()
      floor.as(4).buy(25).at('100.02').day()
      expect(floor.events().slice(3)).toEqual([
        'new o4',
        'trade o4 10 @ 100.01 removed, leaves 15',
        'trade o2 10 @ 100.01 added, leaves 0',
        'trade o4 10 @ 100.01 removed, leaves 5',
        'trade o3 10 @ 100.01 added, leaves 0',
        'trade o4 5 @ 100.02 removed, leaves 0',
        'trade o1 5 @ 100.02 added, leaves 5'
      ])
    })

    it('L2: passes the market quantity ahead of a client before meeting the client', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.as(1).sell(50).at('100.01').day()
      floor.level(ask, '100.01', 130)
      floor.as(2).buy(170).at('100.01').day()
      expect(floor.events()).toEqual([
        'new o1, 100 ahead',
        'new o2',
        'trade o2 100 @ 100.01 removed, leaves 70',
        'trade o2 50 @ 100.01 removed, leaves 20',
        'trade o1 50 @ 100.01 added, leaves 0',
        'trade o2 20 @ 100.01 removed, leaves 0'
      ])
    })

    it('L2: what one client consumed is no longer ahead of another', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 100)
      floor.as(1).sell(50).at('100.01').day()
      floor.as(2).buy(70).at('100.01').ioc()
      floor.as(2).buy(50).at('100.01').ioc()
      expect(floor.events().slice(1)).toEqual([
        'new o2',
        'trade o2 70 @ 100.01 removed, leaves 0',
        'new o3',
        'trade o3 30 @ 100.01 removed, leaves 20',
        'trade o3 20 @ 100.01 removed, leaves 0',
        'trade o1 20 @ 100.01 added, leaves 30'
      ])
    })

    it('observer: the same quantity stays ahead of a resting client', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.level(ask, '100.01', 100)
      floor.as(1).sell(50).at('100.01').day()
      floor.as(2).buy(100).at('100.01').ioc()
      floor.as(2).buy(110).at('100.01').ioc()
      expect(floor.events().slice(3)).toEqual([
        'new o3',
        'trade o3 100 @ 100.01 removed, leaves 10',
        'trade o3 10 @ 100.01 removed, leaves 0',
        'trade o1 10 @ 100.01 added, leaves 40'
      ])
    })

    it('L3: one fill per contiguous run of market quantity', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, bid, '100.00', 10)
      floor.add(2, bid, '100.00', 20)
      floor.as(1).buy(5).at('100.00').day()
      floor.add(3, bid, '100.00', 30)
      floor.add(4, bid, '100.00', 40)
      floor.as(2).sell(90).at('100.00').ioc()
      expect(floor.events()).toEqual([
        'new o1, 30 ahead',
        'new o2',
        'trade o2 30 @ 100.00 removed, leaves 60',
        'trade o2 5 @ 100.00 removed, leaves 55',
        'trade o1 5 @ 100.00 added, leaves 0',
        'trade o2 55 @ 100.00 removed, leaves 0'
      ])
    })

    it('meets a client order between two market prices', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 10)
      floor.level(ask, '100.03', 10)
      floor.as(1).sell(10).at('100.02').day()
      floor.as(2).buy(30).at('100.03').ioc()
      expect(floor.events().slice(1)).toEqual([
        'new o2',
        'trade o2 10 @ 100.01 removed, leaves 20',
        'trade o2 10 @ 100.02 removed, leaves 10',
        'trade o1 10 @ 100.02 added, leaves 0',
        'trade o2 10 @ 100.03 removed, leaves 0'
      ])
    })

    it('trades with an order of the same session like with any other', () => {
      const floor = new TradingFloor(factory)
      floor.sell(10).at('100.00').day()
      floor.buy(10).at('100.00').day()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'new o2',
        'trade o2 10 @ 100.00 removed, leaves 0',
        'trade o1 10 @ 100.00 added, leaves 0'
      ])
    })

    it('one lot left is left', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).buy(10).at('100.00').day('a')
      floor.as(2).sell(9).at('100.00').day()
      expect(floor.working()).toEqual(['o1 partiallyFilled, done 9, leaves 1'])
      floor.as(2).sell(1).at('100.00').day()
      expect(floor.as(1).find('a')).toBe('o1 filled, done 10, leaves 0')
    })

    it('a filled order is gone from book, working orders and later prints', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).buy(10).at('100.00').day('a')
      floor.as(2).sell(10).at('100.00').day()
      floor.events()
      floor.print(seller, '99.00', 100)
      expect(floor.events()).toEqual([])
      expect(floor.depth(bid)).toEqual([])
      expect(floor.working()).toEqual([])
      expect(floor.as(1).find('a')).toBe('o1 filled, done 10, leaves 0')
    })
  })
}
