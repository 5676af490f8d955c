import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, buyer, seller, TradingFloor } from '../support/trading-floor.js'

export function marketData(factory: ExchangeFactory): void {
  describe('watching', () => {
    it('tells nothing of an instrument that nobody watches', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 50)
      floor.print(buyer, '100.01', 50)
      expect(floor.tape).toEqual([])
    })

    it('tells a change of the best price or quantity, once per event', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 50)
      floor.watch()
      floor.wait(3).event(() => {
        floor.level(bid, '99.00', 10)
        floor.level(bid, '100.00', 10)
        floor.level(ask, '100.01', 40)
      })
      floor.wait(1).level(ask, '100.02', 99)
      floor.wait(1).level(bid, '100.00', 10)
      floor.wait(1).level(ask, '100.01', 0)
      expect(floor.tape).toEqual(['3: SYM0 10 @ 100.00 / 40 @ 100.01', '6: SYM0 10 @ 100.00 / 99 @ 100.02'])
    })

    it('tells prints before what they fill', () => {
      const order: string[] = []
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day()
      floor.tape.push = (line: string) => order.push(line)
      const push = floor.reports.push.bind(floor.reports)
      floor.reports.push = (event) => {
        order.push(event.kind)
        return push(event)
      }
      floor.print(seller, '100.00', 4)
      floor.hiddenPrint(seller, '99.00', 1)
      expect(order).toEqual([
        '0: SYM0 print 4 @ 100.00',
        'trade',
        '0: SYM0 6 @ 100.00 / 0 @ 0.00',
        '0: SYM0 print 1 @ 99.00',
        'trade',
        '0: SYM0 5 @ 100.00 / 0 @ 0.00'
      ])
    })

    it('L3: an execution is a print at the price of the order', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.watch()
      floor.add(1, bid, '100.00', 50)
      floor.execute(1, 20)
      expect(floor.tape).toEqual([
        '0: SYM0 50 @ 100.00 / 0 @ 0.00',
        '0: SYM0 print 20 @ 100.00',
        '0: SYM0 30 @ 100.00 / 0 @ 0.00'
      ])
    })

    it('watches an instrument that takes an order, from that order on', () => {
      const floor = new TradingFloor(factory, { instruments: 2 })
      floor.on(0).buy(10).at('100.00').day()
      floor.on(1).level(ask, '50.00', 5)
      expect(floor.tape).toEqual(['0: SYM0 10 @ 100.00 / 0 @ 0.00'])
    })

    it('does not watch because of an order that was rejected', () => {
      const floor = new TradingFloor(factory)
      floor.buy(-10).at('100.00').day()
      floor.level(ask, '50.00', 5)
      expect(floor.tape).toEqual([])
    })

    it('tells of a command once, after all its fills, and not of client fills as prints', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 10)
      floor.level(ask, '100.02', 10)
      floor.wait(1).buy(25).at('100.02').day()
      expect(floor.tape).toEqual(['1: SYM0 5 @ 100.02 / 0 @ 0.00'])
    })

    it('tells of every watched instrument that a command touches', () => {
      const floor = new TradingFloor(factory, { instruments: 2 })
      floor.on(1).buy(10).at('100.00').day()
      floor.on(0).buy(10).at('100.00').day()
      floor.cancelAll()
      expect(floor.tape.slice(2)).toEqual(['0: SYM0 0 @ 0.00 / 0 @ 0.00', '0: SYM1 0 @ 0.00 / 0 @ 0.00'])
    })

    it('tells of delayed commands when they act', () => {
      const floor = new TradingFloor(factory, { inbound: 10, outbound: 100 })
      floor.buy(10).at('100.00').day()
      floor.advance(10)
      expect(floor.tape).toEqual(['10: SYM0 10 @ 100.00 / 0 @ 0.00'])
    })
  })

  describe('questions', () => {
    it('depth joins market and clients at a price, best first, as many levels as asked', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.level(bid, '99.98', 100)
      floor.buy(5).at('100.00').day()
      floor.buy(7).at('99.99').day()
      expect(floor.depth(bid)).toEqual(['105 @ 100.00', '7 @ 99.99', '100 @ 99.98'])
      expect(floor.depth(bid, 2)).toEqual(['105 @ 100.00', '7 @ 99.99'])
      expect(floor.marketDepth(bid)).toEqual(['100 @ 100.00', '100 @ 99.98'])
      expect(floor.depth(ask)).toEqual([])
    })

    it('the top of an empty side is 0 at 0', () => {
      const floor = new TradingFloor(factory)
      expect(floor.top()).toBe('0 @ 0.00 / 0 @ 0.00')
      floor.sell(5).at('100.10').day()
      floor.level(ask, '100.10', 20)
      expect(floor.top()).toBe('0 @ 0.00 / 25 @ 100.10')
    })

    it('shows an order inside the spread as the best price', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.level(ask, '100.10', 100)
      floor.buy(5).at('100.05').day()
      expect(floor.top()).toBe('5 @ 100.05 / 100 @ 100.10')
    })

    it('working orders come by OrderID, of one session or of all', () => {
      const floor = new TradingFloor(factory)
      floor.as(2).buy(10).at('100.00').day('a')
      floor.as(1).buy(10).at('100.01').day('a')
      floor.as(2).buy(10).at('100.02').day('b')
      floor.as(2).replace('a', { price: '99.00' }, 'c')
      expect(floor.working()).toEqual([1, 2, 3].map((n) => `o${n} new, done 0, leaves 10`))
      expect(floor.working(2)).toEqual([1, 3].map((n) => `o${n} new, done 0, leaves 10`))
      expect(floor.working(7)).toEqual([])
    })

    it('finds an order by every id of its chain', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day('a')
      floor.replace('a', { qty: 9 }, 'b')
      floor.cancel('b', 'c')
      for (const id of ['a', 'b', 'c']) expect(floor.find(id)).toBe('o1 canceled, done 0, leaves 0')
      expect(floor.findOrder('a')?.terms.clOrdId).toBe('b')
      expect(floor.find('d')).toBeUndefined()
    })

    it('finds by session', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).buy(10).at('100.00').day('a')
      expect(floor.as(2).find('a')).toBeUndefined()
    })
  })
}
