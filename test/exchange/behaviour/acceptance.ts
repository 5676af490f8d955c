import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { ask, bid, TradingFloor } from '../support/trading-floor.js'

export function acceptance(factory: ExchangeFactory): void {
  describe('acceptance and refusal', () => {
    it('accepts an order and shows it in the book', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead'])
      expect(floor.depth(bid)).toEqual(['100 @ 100.00'])
      expect(floor.marketDepth(bid)).toEqual([])
    })

    it('reports the terms as they were sent', () => {
      const floor = new TradingFloor(factory)
      floor
        .wait(7)
        .as(3)
        .buy(100)
        .at('100.00')
        .gtc('a', [[1, 'ACCOUNT']])
      expect(floor.reports).toEqual([
        {
          kind: 'new',
          execId: 1,
          time: 7,
          publishAt: 7,
          terms: {
            orderId: 1,
            session: 3,
            instrument: 0,
            clOrdId: 'a',
            side: 1,
            ordType: 'limit',
            timeInForce: 'gtc',
            orderQty: 100,
            price: 10000,
            tags: [[1, 'ACCOUNT']],
            enteredAt: 7
          },
          cumQty: 0,
          leavesQty: 100,
          notional: 0,
          queueAhead: 0
        }
      ])
    })

    it('refuses a ClOrdID that the session used before', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day('a')
      floor.buy(200).at('99.00').day('a')
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'rejected o2 a: PP1001 duplicate ClOrdID "a"'])
      expect(floor.find('a')).toBe('o1 new, done 0, leaves 100')
    })

    it('lets two sessions use the same ClOrdID', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).buy(100).at('100.00').day('a')
      floor.as(2).buy(100).at('99.00').day('a')
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'new o2, 0 ahead'])
    })

    it('counts the ids of refused orders as used', () => {
      const floor = new TradingFloor(factory)
      floor.buy(0).at('100.00').day('a')
      floor.buy(100).at('100.00').day('a')
      expect(floor.events()).toEqual([
        'rejected o1 a: PP1002 order quantity must be positive, got "0"',
        'rejected o2 a: PP1001 duplicate ClOrdID "a"'
      ])
      expect(floor.find('a')).toBeUndefined()
    })

    it('refuses a quantity of zero', () => {
      const floor = new TradingFloor(factory)
      floor.sell(0).at('100.00').ioc('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1002 order quantity must be positive, got "0"'])
    })

    it('refuses a negative quantity', () => {
      const floor = new TradingFloor(factory)
      floor.sell(-5).atMarket().day('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1002 order quantity must be positive, got "-5"'])
    })

    it('refuses a quantity off the lot, naming the lot', () => {
      const floor = new TradingFloor(factory, { lotSize: '0.10', quantityScale: 3 })
      floor.buy('0.25').at('100.00').day('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1004 quantity "0.25" is off the lot of "0.10"'])
    })

    it('refuses a limit off the tick, naming the tick', () => {
      const floor = new TradingFloor(factory, { tickSize: '0.05', priceScale: 4 })
      floor.buy(100).at('100.0250').day('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1003 price "100.025" is off the tick of "0.05"'])
    })

    it('refuses a limit order without a price', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('0').day('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1006 a limit order needs a Price'])
    })

    it('refuses a negative limit', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('-1.00').day('a')
      expect(floor.events()).toEqual(['rejected o1 a: PP1005 price must be positive, got "-1.00"'])
    })

    it('names the first fault: id, quantity, lot, price, tick', () => {
      const floor = new TradingFloor(factory, { lotSize: '10', tickSize: '0.05', priceScale: 2 })
      floor.buy(-5).at('0').day('a')
      floor.buy(-5).at('0').day('a')
      floor.buy(15).at('0').day('b')
      floor.buy(20).at('-0.01').day('c')
      floor.buy(20).at('0.01').day('d')
      expect(floor.events()).toEqual([
        'rejected o1 a: PP1002 order quantity must be positive, got "-5"',
        'rejected o2 a: PP1001 duplicate ClOrdID "a"',
        'rejected o3 b: PP1004 quantity "15" is off the lot of "10"',
        'rejected o4 c: PP1005 price must be positive, got "-0.01"',
        'rejected o5 d: PP1003 price "0.01" is off the tick of "0.05"'
      ])
    })

    it('does not look at the price of a market order', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 50)
      floor.exchange.submit({
        ...{ kind: 'new', time: floor.time, session: 0, clOrdId: 'a', instrument: 0, side: 1, ordType: 'market' },
        ...{ timeInForce: 'day', orderQty: 50, price: -3, tags: [] }
      } as unknown as Parameters<typeof floor.exchange.submit>[0])
      expect(floor.events()).toEqual(['new o1', 'trade o1 50 @ 100.01 removed, leaves 0'])
      expect(floor.findOrder('a')?.terms.price).toBe(0)
    })

    it('keeps what was refused on the way', () => {
      const floor = new TradingFloor(factory)
      floor.refuse('new', 'a', refusal('PP1007', 'XYZ'))
      floor.buy(100).at('100.00').day('a')
      expect(floor.events()).toEqual([
        'rejected request a: PP1007 unknown symbol "XYZ"',
        'rejected o1 a: PP1001 duplicate ClOrdID "a"'
      ])
    })

    it('shows the named order with a cancel that was refused on the way', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day('a')
      floor.refuse('cancel', 'b', refusal('PP1010', '9'), 'a')
      floor.refuse('replace', 'c', refusal('PP2005', '54'), 'nobody')
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'refused cancel b of a (o1 new, done 0, leaves 100): PP1010 side "9" is not supported',
        'refused replace c of nobody: PP2005 field "54" cannot be replaced'
      ])
    })
  })
}
