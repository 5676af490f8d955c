import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function latency(factory: ExchangeFactory): void {
  describe('latency', () => {
    it('a command acts after its way, and its report leaves after another', () => {
      const floor = new TradingFloor(factory, { inbound: 10, outbound: 5 })
      floor.level(ask, '100.01', 50)
      floor.wait(100).buy(50).at('100.01').day()
      expect(floor.exchange.nextDue()).toBe(110)
      floor.advance(10)
      expect(floor.timedEvents()).toEqual([])
      expect(floor.exchange.nextDue()).toBe(115)
      floor.advance(5)
      expect(floor.timedEvents()).toEqual(['110>115 new o1', '110>115 trade o1 50 @ 100.01 removed, leaves 0'])
      expect(floor.exchange.nextDue()).toBeUndefined()
    })

    it('meets the book as it is on arrival, not as it was on sending', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.level(ask, '100.01', 50)
      floor.wait(100).buy(50).at('100.01').ioc()
      floor.wait(9).level(ask, '100.01', 20)
      floor.wait(2).level(ask, '100.01', 500)
      expect(floor.timedEvents()).toEqual([
        '110 new o1',
        '110 trade o1 20 @ 100.01 removed, leaves 30',
        '110 canceled o1, done 20: PP3001 nothing to fill immediately'
      ])
    })

    it('acts after all feed events of its moment', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.wait(100).buy(50).at('100.01').ioc()
      floor.wait(10).level(ask, '100.01', 20)
      floor.level(ask, '100.01', 30)
      expect(floor.timedEvents()).toEqual([])
      floor.exchange.advance(floor.time)
      expect(floor.timedEvents()).toEqual([
        '110 new o1',
        '110 trade o1 30 @ 100.01 removed, leaves 20',
        '110 canceled o1, done 30: PP3001 nothing to fill immediately'
      ])
    })

    it('a feed event lets everything happen that was due before it', () => {
      const floor = new TradingFloor(factory, { inbound: 10, outbound: 5 })
      floor.wait(100).buy(50).at('100.01').day()
      floor.wait(15).level(bid, '99.00', 10)
      expect(floor.timedEvents()).toEqual([])
      floor.wait(1).level(bid, '99.00', 20)
      expect(floor.timedEvents()).toEqual(['110>115 new o1, 0 ahead'])
    })

    it('the order of submission is the order of arrival', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.as(1).sell(10).at('100.00').day('a')
      floor.as(2).buy(10).at('100.00').day('a')
      floor.as(1).cancel('a', 'b')
      floor.advance(10)
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'new o2',
        'trade o2 10 @ 100.00 removed, leaves 0',
        'trade o1 10 @ 100.00 added, leaves 0',
        'refused cancel b of a (o1 filled, done 10, leaves 0): PP2002 too late: the order is "filled"'
      ])
    })

    it('trap: a cancel on its way loses the race when the fill comes first', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).cancel('a', 'b')
      floor.wait(5).print(seller, '99.99', 80)
      floor.advance(5)
      expect(floor.timedEvents()).toEqual([
        '10 new o1, 0 ahead',
        '25 trade o1 50 @ 100.00 added, leaves 0',
        '30 refused cancel b of a (o1 filled, done 50, leaves 0): PP2002 too late: the order is "filled"'
      ])
    })

    it('a partial fill on the way leaves less to cancel', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).cancel('a', 'b')
      floor.wait(5).print(seller, '99.99', 20)
      floor.advance(5)
      expect(floor.timedEvents().slice(1)).toEqual([
        '25 trade o1 20 @ 100.00 added, leaves 30',
        '30 canceled o1 by b, done 20'
      ])
    })

    it('a replace on its way does not rename fills that come first', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).replace('a', { qty: 40 }, 'b')
      floor.wait(5).print(seller, '99.99', 20)
      floor.advance(5)
      expect(floor.timedEvents().slice(1)).toEqual([
        '25 trade o1 20 @ 100.00 added, leaves 30',
        '30 replaced o1 a -> b: 40 @ 100.00, done 20, leaves 20, 0 ahead'
      ])
      expect(floor.reports[1]).toMatchObject({ terms: { clOrdId: 'a' } })
    })

    it('a disconnect does not overtake the orders before it', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.cancelAll()
      floor.advance(10)
      expect(floor.timedEvents()).toEqual(['10 new o1, 0 ahead', '10 canceled o1: PP3005 session disconnected'])
    })

    it('a refusal does not overtake the answers before it', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.refuse('new', 'b', refusal('PP1007', 'XYZ'))
      floor.advance(10)
      expect(floor.timedEvents()).toEqual(['10 new o1, 0 ahead', '10 rejected request b: PP1007 unknown symbol "XYZ"'])
    })

    it('the end of the day acts at its time', () => {
      const floor = new TradingFloor(factory, { inbound: 10, outbound: 5 })
      floor.buy(50).at('100.00').day('a')
      floor.advance(20)
      floor.buy(50).at('100.00').day('b')
      floor.endOfDay()
      floor.advance(15)
      expect(floor.timedEvents()).toEqual([
        '10>15 new o1, 0 ahead',
        '20>25 expired o1: PP3004 end of the trading day',
        '30>35 new o2, 0 ahead'
      ])
    })

    it('a fill reports with the outbound latency too', () => {
      const floor = new TradingFloor(factory, { outbound: 5 })
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).print(seller, '99.99', 20)
      floor.advance(4)
      expect(floor.timedEvents()).toEqual(['0>5 new o1, 0 ahead'])
      floor.advance(1)
      expect(floor.timedEvents()).toEqual(['20>25 trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('a request by the id that a replace changed on the way finds the order pending, later it finds no order', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).replace('a', { price: '99.00' }, 'b')
      floor.wait(5).cancel('a', 'c')
      floor.wait(5).cancel('a', 'd')
      floor.wait(15)
      floor.advance(0)
      expect(floor.timedEvents()).toEqual([
        '10 new o1, 0 ahead',
        '30 replaced o1 a -> b: 50 @ 99.00, leaves 50, 0 ahead',
        '35 refused cancel c of a (o1 new, done 0, leaves 50): PP2003 a request for this order is pending',
        '40 refused cancel d of a: PP2001 unknown order "a"'
      ])
    })

    it('and is too late where the order is done meanwhile', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.level(ask, '100.01', 100)
      floor.buy(50).at('100.00').day('a')
      floor.wait(20).replace('a', { price: '100.01' }, 'b')
      floor.wait(5).cancel('a', 'c')
      floor.wait(15)
      floor.advance(0)
      expect(floor.timedEvents().at(-1)).toBe(
        '35 refused cancel c of a (o1 filled, done 50, leaves 0): PP2002 too late: the order is "filled"'
      )
    })

    it('nothing is due where nothing waits', () => {
      const floor = new TradingFloor(factory)
      floor.buy(50).at('100.00').day('a')
      expect(floor.exchange.nextDue()).toBeUndefined()
      expect(floor.exchange.time).toBe(0)
      floor.advance(30)
      expect(floor.exchange.time).toBe(30)
    })

    it('at one moment reports leave before commands act', () => {
      const floor = new TradingFloor(factory, { inbound: 5, outbound: 5 })
      const order: string[] = []
      floor.tape.push = (line) => order.push(line)
      const push = floor.reports.push.bind(floor.reports)
      floor.reports.push = (event) => order.push(`${event.kind} of ${event.time}`) + push(event)
      floor.buy(50).at('100.00').day('a')
      floor.wait(5).buy(50).at('100.01').day('b')
      floor.advance(5)
      expect(order).toEqual(['5: SYM0 50 @ 100.00 / 0 @ 0.00', 'new of 5', '10: SYM0 50 @ 100.01 / 0 @ 0.00'])
    })

    it('queries answer of the exchange, not of the client’s wishes under way', () => {
      const floor = new TradingFloor(factory, { inbound: 10 })
      floor.buy(50).at('100.00').day('a')
      expect(floor.working()).toEqual([])
      expect(floor.find('a')).toBeUndefined()
      expect(floor.depth(bid)).toEqual([])
      floor.advance(10)
      expect(floor.working()).toEqual(['o1 new, done 0, leaves 50'])
    })
  })
}
