import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

function quoted(factory: ExchangeFactory): TradingFloor {
  const floor = new TradingFloor(factory, { feed: 'l1' })
  floor.quote(bid, '100.00', 100)
  floor.quote(ask, '100.05', 100)
  return floor
}

function aheadOf(floor: TradingFloor, clOrdId: string, newId: string): string {
  floor.events()
  floor.replace(clOrdId, {}, newId)
  return floor.events()[0].split(/[,:] /).at(-1) ?? ''
}

export function bestQuote(factory: ExchangeFactory): void {
  describe('queue on L1', () => {
    it('a quote replaces whatever its side showed', () => {
      const floor = quoted(factory)
      floor.quote(bid, '99.98', 70)
      expect(floor.depth(bid)).toEqual(['70 @ 99.98'])
      floor.quote(bid, '99.98', 0)
      expect(floor.depth(bid)).toEqual([])
      expect(floor.depth(ask)).toEqual(['100 @ 100.05'])
    })

    it('an order at the best price joins behind what is displayed', () => {
      const floor = quoted(factory)
      floor.buy(50).at('100.00').day()
      floor.print(seller, '100.00', 120)
      expect(floor.events()).toEqual(['new o1, 100 ahead', 'trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('an order better than the best price leads', () => {
      const floor = quoted(factory)
      floor.buy(50).at('100.01').day()
      floor.print(seller, '100.01', 20)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 20 @ 100.01 added, leaves 30'])
    })

    it('an order on an empty side leads', () => {
      const floor = new TradingFloor(factory, { feed: 'l1' })
      floor.buy(50).at('100.01').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead'])
    })

    it('an order behind the best price is pending: nobody knows its queue', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day()
      floor.print(seller, '99.99', 500)
      expect(floor.events()).toEqual(['new o1'])
      expect(floor.depth(bid)).toEqual(['100 @ 100.00', '50 @ 99.99'])
    })

    it('a pending order joins behind what is displayed when the best price reaches it', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day('a')
      floor.quote(bid, '99.99', 300)
      expect(aheadOf(floor, 'a', 'b')).toBe('300 ahead')
    })

    it('a pending order leads when the best price has passed it', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day('a')
      floor.quote(bid, '99.98', 300)
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
    })

    it('a pending order stays pending while its side is empty', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day('a')
      floor.quote(bid, '100.00', 0)
      expect(aheadOf(floor, 'a', 'b')).toBe('leaves 50')
      floor.quote(bid, '99.99', 70)
      expect(aheadOf(floor, 'b', 'c')).toBe('70 ahead')
    })

    it('a print beyond a pending order’s limit fills it', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day()
      floor.print(seller, '99.98', 20)
      expect(floor.events()).toEqual(['new o1', 'trade o1 20 @ 99.99 added, leaves 30'])
    })

    it('a pending order that a print went through leads at its price', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day()
      floor.buy(50).at('99.98').day()
      floor.print(seller, '99.98', 20)
      floor.print(seller, '99.99', 10)
      floor.quote(bid, '99.99', 300)
      floor.print(seller, '99.99', 30)
      // the other is at the print's own price: nobody knows what stands there
      floor.print(seller, '99.98', 40)
      expect(floor.events()).toEqual([
        'new o1',
        'new o2',
        'trade o1 20 @ 99.99 added, leaves 30',
        'trade o1 10 @ 99.99 added, leaves 20',
        'trade o1 20 @ 99.99 added, leaves 0'
      ])
    })

    it('a queue survives the best price going away and coming back', () => {
      const floor = quoted(factory)
      floor.buy(50).at('100.00').day('a')
      floor.quote(bid, '100.01', 10)
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
      floor.wait(1)
      floor.quote(bid, '100.00', 80)
      expect(aheadOf(floor, 'b', 'c')).toBe('80 ahead')
    })

    it('an order that loses its place behind the best price is pending again', () => {
      const floor = quoted(factory)
      floor.buy(50).at('100.00').day('a')
      floor.replace('a', { price: '99.97' }, 'b')
      expect(floor.events().slice(1)).toEqual(['replaced o1 a -> b: 50 @ 99.97, leaves 50'])
    })

    it('an aggressor meets clients by arrival, pending before or not', () => {
      const floor = quoted(factory)
      floor.as(1).buy(10).at('99.99').day()
      floor.as(2).buy(10).at('99.99').day()
      floor.quote(bid, '99.98', 100)
      floor.as(3).sell(15).at('99.99').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'new o2',
        'new o3',
        'trade o3 10 @ 99.99 removed, leaves 5',
        'trade o1 10 @ 99.99 added, leaves 0',
        'trade o3 5 @ 99.99 removed, leaves 0',
        'trade o2 5 @ 99.99 added, leaves 5'
      ])
    })

    it('an order stays pending behind a best price that clients have consumed', () => {
      const floor = quoted(factory)
      floor.as(1).sell(100).at('100.00').ioc()
      floor.as(2).buy(50).at('99.99').day()
      expect(floor.events().slice(2)).toEqual(['new o2'])
    })

    it('an order behind a pending one at its price is pending too', () => {
      const floor = quoted(factory)
      floor.as(1).buy(50).at('99.99').day()
      floor.quote(bid, '100.00', 0)
      floor.as(2).buy(50).at('99.99').day()
      floor.quote(bid, '99.99', 10)
      floor.print(seller, '99.99', 70)
      expect(floor.events()).toEqual([
        'new o1',
        'new o2',
        'trade o1 50 @ 99.99 added, leaves 0',
        'trade o2 10 @ 99.99 added, leaves 40'
      ])
    })

    it('a pending order that is passed does not overtake one with a queue', () => {
      const floor = quoted(factory)
      floor.as(1).buy(50).at('100.00').day()
      floor.quote(bid, '100.01', 10)
      floor.as(2).buy(50).at('100.00').day()
      floor.quote(bid, '99.99', 10)
      floor.print(seller, '100.00', 120)
      expect(floor.events()).toEqual(['new o1, 100 ahead', 'new o2', 'trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('clear leaves pending orders pending', () => {
      const floor = quoted(factory)
      floor.buy(50).at('99.99').day('a')
      floor.clear()
      expect(aheadOf(floor, 'a', 'b')).toBe('leaves 50')
    })
  })
}
