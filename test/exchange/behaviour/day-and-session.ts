import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function dayAndSession(factory: ExchangeFactory): void {
  describe('end of the trading day', () => {
    it('expires DAY orders in order of arrival and keeps GTC orders with their place', () => {
      const floor = new TradingFloor(factory, { instruments: 2 })
      floor.level(bid, '100.00', 100)
      floor.on(1).as(2).sell(10).at('100.10').day()
      floor.on(0).as(1).buy(10).at('100.00').gtc()
      floor.on(0).as(1).buy(20).at('100.02').day()
      floor.print(seller, '100.02', 5)
      floor.events()
      floor.endOfDay()
      floor.print(seller, '100.00', 101)
      expect(floor.events()).toEqual([
        'expired o1: PP3004 end of the trading day',
        'expired o3, done 5: PP3004 end of the trading day',
        'trade o2 1 @ 100.00 added, leaves 9'
      ])
      expect(floor.depth(bid)).toEqual(['109 @ 100.00'])
      expect(floor.on(1).depth(ask)).toEqual([])
    })

    it('order of arrival is the order of entry, whatever was replaced since', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.buy(10).at('100.00').day('b')
      floor.replace('a', { price: '100.01' }, 'c')
      floor.events()
      floor.endOfDay()
      expect(floor.events()).toEqual([
        'expired o1: PP3004 end of the trading day',
        'expired o2: PP3004 end of the trading day'
      ])
    })

    it('lets ids be used again that no working order has', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.buy(10).at('100.00').gtc('b')
      floor.replace('b', { qty: 9 }, 'c')
      floor.cancel('x', 'd')
      floor.replace('c', { qty: -1 }, 'e')
      floor.endOfDay()
      floor.events()
      for (const id of ['a', 'b', 'c', 'd', 'e']) floor.buy(10).at('99.00').day(id)
      expect(floor.events()).toEqual([
        'new o3, 0 ahead',
        'rejected o4 b: PP1001 duplicate ClOrdID "b"',
        'rejected o5 c: PP1001 duplicate ClOrdID "c"',
        'new o6, 0 ahead',
        'new o7, 0 ahead'
      ])
    })

    it('forgets done orders: a cancel of one is unknown', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.endOfDay()
      expect(floor.find('a')).toBeUndefined()
      floor.cancel('a', 'b')
      expect(floor.events().at(-1)).toBe('refused cancel b of a: PP2001 unknown order "a"')
    })

    it('a GTC order can still be canceled by its id', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').gtc('a')
      floor.endOfDay()
      floor.cancel('a', 'b')
      expect(floor.events().at(-1)).toBe('canceled o1 by b')
    })

    it('goes on counting OrderIDs and ExecIDs', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.endOfDay()
      floor.buy(10).at('100.00').day('a')
      expect(floor.reports.map(({ execId }) => execId)).toEqual([1, 2, 3])
      expect(floor.find('a')).toBe('o2 new, done 0, leaves 10')
    })
  })

  describe('cancel all', () => {
    it('cancels the working orders of one session in order of arrival', () => {
      const floor = new TradingFloor(factory, { instruments: 2 })
      floor.on(1).as(1).buy(10).at('100.00').day('a')
      floor.on(0).as(2).buy(10).at('100.00').day('a')
      floor.on(0).as(1).buy(10).at('100.00').gtc('b')
      floor.on(0).as(1).buy(10).atMarket().day('c')
      floor.on(0).print(seller, '100.00', 15)
      floor.events()
      floor.as(1).cancelAll()
      expect(floor.events()).toEqual([
        'canceled o1: PP3005 session disconnected',
        'canceled o3, done 5: PP3005 session disconnected'
      ])
      expect(floor.working()).toEqual([])
    })

    it('leaves the orders of others', () => {
      const floor = new TradingFloor(factory)
      floor.as(2).buy(10).at('100.00').day('a')
      floor.as(1).cancelAll()
      expect(floor.events()).toEqual(['new o1, 0 ahead'])
      expect(floor.working(2)).toEqual(['o1 new, done 0, leaves 10'])
    })

    it('makes later cancels too late', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.cancelAll()
      floor.cancel('a', 'b')
      expect(floor.events().at(-1)).toBe(
        'refused cancel b of a (o1 canceled, done 0, leaves 0): PP2002 too late: the order is "canceled"'
      )
    })
  })
}
