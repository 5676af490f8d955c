import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

/** 100 bid at 100.00 by the market, then the client's order "a" of 50, then 30 more of the market. */
function resting(factory: ExchangeFactory): TradingFloor {
  const floor = new TradingFloor(factory)
  floor.level(bid, '100.00', 100)
  floor.buy(50).at('100.00').day('a')
  floor.level(bid, '100.00', 130)
  floor.events()
  return floor
}

export function chains(factory: ExchangeFactory): void {
  describe('cancel', () => {
    it('cancels a working order', () => {
      const floor = resting(factory)
      floor.cancel('a', 'b')
      expect(floor.events()).toEqual(['canceled o1 by b'])
      expect(floor.depth(bid)).toEqual(['130 @ 100.00'])
      expect(floor.find('a')).toBe('o1 canceled, done 0, leaves 0')
    })

    it('cancels the rest of a partly filled order', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 120)
      floor.cancel('a', 'b')
      expect(floor.events()).toEqual(['trade o1 20 @ 100.00 added, leaves 30', 'canceled o1 by b, done 20'])
    })

    it('refuses an unknown order', () => {
      const floor = resting(factory)
      floor.cancel('x', 'b')
      floor.as(1).cancel('a', 'b')
      expect(floor.events()).toEqual([
        'refused cancel b of x: PP2001 unknown order "x"',
        'refused cancel b of a: PP2001 unknown order "a"'
      ])
    })

    it('trap: a cancel that lost the race is too late, and shows the fill', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 200)
      floor.cancel('a', 'b')
      expect(floor.events()).toEqual([
        'trade o1 50 @ 100.00 added, leaves 0',
        'refused cancel b of a (o1 filled, done 50, leaves 0): PP2002 too late: the order is "filled"'
      ])
    })

    it('refuses to cancel twice', () => {
      const floor = resting(factory)
      floor.cancel('a', 'b')
      floor.cancel('a', 'c')
      floor.cancel('b', 'd')
      expect(floor.events()).toEqual([
        'canceled o1 by b',
        'refused cancel c of a (o1 canceled, done 0, leaves 0): PP2002 too late: the order is "canceled"',
        'refused cancel d of b: PP2001 unknown order "b"'
      ])
    })

    it('refuses a ClOrdID seen before, its own too, before it looks for the order', () => {
      const floor = resting(factory)
      floor.cancel('a', 'a')
      floor.cancel('x', 'b')
      floor.cancel('a', 'b')
      floor.cancel('x', 'b')
      expect(floor.events()).toEqual([
        'refused cancel a of a (o1 new, done 0, leaves 50): PP2004 duplicate ClOrdID "a"',
        'refused cancel b of x: PP2001 unknown order "x"',
        'refused cancel b of a (o1 new, done 0, leaves 50): PP2004 duplicate ClOrdID "b"',
        'refused cancel b of x: PP2004 duplicate ClOrdID "b"'
      ])
    })

    it('does not know a rejected order', () => {
      const floor = new TradingFloor(factory)
      floor.buy(0).at('100.00').day('a')
      floor.cancel('a', 'b')
      expect(floor.events().slice(1)).toEqual(['refused cancel b of a: PP2001 unknown order "a"'])
    })

    it('uses up the id of a new order', () => {
      const floor = resting(factory)
      floor.cancel('a', 'b')
      floor.buy(10).at('99.00').day('b')
      expect(floor.events()).toEqual(['canceled o1 by b', 'rejected o2 b: PP1001 duplicate ClOrdID "b"'])
    })
  })

  describe('replace', () => {
    it('less quantity keeps the place', () => {
      const floor = resting(factory)
      floor.replace('a', { qty: 40 }, 'b')
      expect(floor.events()).toEqual(['replaced o1 a -> b: 40 @ 100.00, leaves 40, 100 ahead'])
      expect(floor.depth(bid)).toEqual(['170 @ 100.00'])
    })

    it('L3: less quantity keeps the place', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, bid, '100.00', 100)
      floor.buy(50).at('100.00').day('a')
      floor.add(2, bid, '100.00', 30)
      floor.replace('a', { qty: 40 }, 'b')
      floor.execute(2, 30)
      expect(floor.events().slice(1)).toEqual([
        'replaced o1 a -> b: 40 @ 100.00, leaves 40, 100 ahead',
        'trade o1 30 @ 100.00 added, leaves 10'
      ])
    })

    it('more quantity goes to the back', () => {
      const floor = resting(factory)
      floor.replace('a', { qty: 60 }, 'b')
      expect(floor.events()).toEqual(['replaced o1 a -> b: 60 @ 100.00, leaves 60, 130 ahead'])
    })

    it('L3: more quantity goes to the back', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.buy(50).at('100.00').day('a')
      floor.add(1, bid, '100.00', 30)
      floor.replace('a', { qty: 51 }, 'b')
      floor.execute(1, 30)
      expect(floor.events().slice(1)).toEqual(['replaced o1 a -> b: 51 @ 100.00, leaves 51, 30 ahead'])
    })

    it('another price takes a new place', () => {
      const floor = resting(factory)
      floor.level(bid, '99.99', 70)
      floor.replace('a', { price: '99.99' }, 'b')
      expect(floor.events()).toEqual(['replaced o1 a -> b: 50 @ 99.99, leaves 50, 70 ahead'])
      expect(floor.depth(bid)).toEqual(['130 @ 100.00', '120 @ 99.99'])
    })

    it('loses priority to clients who came in between', () => {
      const floor = new TradingFloor(factory)
      floor.as(1).buy(10).at('100.00').day('a')
      floor.as(2).buy(10).at('100.00').day('a')
      floor.as(1).replace('a', { qty: 11 }, 'b')
      floor.print(seller, '100.00', 15)
      expect(floor.events().slice(2)).toEqual([
        'replaced o1 a -> b: 11 @ 100.00, leaves 11, 0 ahead',
        'trade o2 10 @ 100.00 added, leaves 0',
        'trade o1 5 @ 100.00 added, leaves 6'
      ])
    })

    it('walks the book where the new price meets it', () => {
      const floor = resting(factory)
      floor.level(ask, '100.01', 30)
      floor.replace('a', { price: '100.02' }, 'b')
      expect(floor.events()).toEqual([
        'replaced o1 a -> b: 50 @ 100.02, leaves 50, 0 ahead',
        'trade o1 30 @ 100.01 removed, leaves 20'
      ])
      expect(floor.depth(bid)).toEqual(['20 @ 100.02', '130 @ 100.00'])
    })

    it('trap: remembers what was filled', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 120)
      floor.replace('a', { qty: 70, price: '100.01' }, 'b')
      floor.print(seller, '100.01', 100)
      expect(floor.events()).toEqual([
        'trade o1 20 @ 100.00 added, leaves 30',
        'replaced o1 a -> b: 70 @ 100.01, done 20, leaves 50, 0 ahead',
        'trade o1 50 @ 100.01 added, leaves 0'
      ])
      expect(floor.find('b')).toBe('o1 filled, done 70, leaves 0')
    })

    it('less quantity than before keeps the place even when partly filled', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 120)
      floor.replace('a', { qty: 45 }, 'b')
      expect(floor.events().at(-1)).toBe('replaced o1 a -> b: 45 @ 100.00, done 20, leaves 25, 0 ahead')
      expect(floor.working()).toEqual(['o1 partiallyFilled, done 20, leaves 25'])
    })

    it.each([20, 10])('a quantity of %i, at or below CumQty 20, ends the order', (qty) => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 120)
      floor.replace('a', { qty }, 'b')
      floor.print(seller, '99.00', 500)
      expect(floor.events().slice(1)).toEqual(['replaced o1 a -> b: 20 @ 100.00, done 20, leaves 0'])
      expect(floor.find('b')).toBe('o1 filled, done 20, leaves 0')
      expect(floor.depth(bid)).toEqual(['130 @ 100.00'])
    })

    it('nothing changed keeps everything but the id', () => {
      const floor = resting(factory)
      floor.replace('a', {}, 'b')
      expect(floor.events()).toEqual(['replaced o1 a -> b: 50 @ 100.00, leaves 50, 100 ahead'])
      expect(floor.findOrder('b')?.terms).toMatchObject({
        clOrdId: 'b',
        orderQty: 50,
        timeInForce: 'day',
        enteredAt: 0
      })
    })

    it('takes the tags of the request', () => {
      const floor = new TradingFloor(factory)
      floor.wait(5)
      floor
        .buy(50)
        .at('100.00')
        .day('a', [[1, 'X']])
      floor.wait(5)
      floor.replace('a', { tags: [[583, 'P']] }, 'b')
      expect(floor.findOrder('b')?.terms).toMatchObject({ tags: [[583, 'P']], enteredAt: 5 })
    })

    it('another time in force that may rest keeps the place', () => {
      const floor = resting(factory)
      floor.replace('a', { tif: 'gtc' }, 'b')
      floor.endOfDay()
      expect(floor.events()).toEqual(['replaced o1 a -> b: 50 @ 100.00, leaves 50, 100 ahead'])
    })

    it('to IOC takes what there is and is done', () => {
      const floor = resting(factory)
      floor.replace('a', { tif: 'ioc' }, 'b')
      expect(floor.events()).toEqual([
        'replaced o1 a -> b: 50 @ 100.00, leaves 50',
        'canceled o1: PP3001 nothing to fill immediately'
      ])
      expect(floor.depth(bid)).toEqual(['130 @ 100.00'])
    })

    it('to FOK looks at the rest only', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 120)
      floor.level(ask, '100.01', 30)
      floor.replace('a', { tif: 'fok', price: '100.01' }, 'b')
      expect(floor.events().slice(1)).toEqual([
        'replaced o1 a -> b: 50 @ 100.01, done 20, leaves 30',
        'trade o1 30 @ 100.01 removed, leaves 0'
      ])
    })

    it('to FOK that cannot be filled cancels the rest', () => {
      const floor = resting(factory)
      floor.level(ask, '100.01', 30)
      floor.replace('a', { tif: 'fok', price: '100.01' }, 'b')
      expect(floor.events()).toEqual([
        'replaced o1 a -> b: 50 @ 100.01, leaves 50',
        'canceled o1: PP3002 cannot be filled completely at once'
      ])
      expect(floor.depth(ask)).toEqual(['30 @ 100.01'])
    })

    it('to market walks without a limit', () => {
      const floor = resting(factory)
      floor.level(ask, '105.00', 30)
      floor.replace('a', { type: 'market', price: '100.00' }, 'b')
      expect(floor.events()).toEqual([
        'replaced o1 a -> b: 50 @ 0.00, leaves 50',
        'trade o1 30 @ 105.00 removed, leaves 20',
        'canceled o1, done 30: PP3003 no liquidity on the opposite side'
      ])
    })

    it('is checked like a new order, and a refused one changes nothing', () => {
      const floor = new TradingFloor(factory, { lotSize: '10', tickSize: '0.05' })
      floor.buy(50).at('100.00').day('a')
      floor.events()
      floor.replace('a', { qty: 0 }, 'b')
      floor.replace('a', { qty: 45 }, 'c')
      floor.replace('a', { price: '0' }, 'd')
      floor.replace('a', { price: '-1' }, 'e')
      floor.replace('a', { price: '100.01' }, 'f')
      const state = '(o1 new, done 0, leaves 50)'
      expect(floor.events()).toEqual([
        `refused replace b of a ${state}: PP1002 order quantity must be positive, got "0"`,
        `refused replace c of a ${state}: PP1004 quantity "45" is off the lot of "10"`,
        `refused replace d of a ${state}: PP1006 a limit order needs a Price`,
        `refused replace e of a ${state}: PP1005 price must be positive, got "-1.00"`,
        `refused replace f of a ${state}: PP1003 price "100.01" is off the tick of "0.05"`
      ])
      expect(floor.find('a')).toBe('o1 new, done 0, leaves 50')
      expect(floor.find('b')).toBeUndefined()
    })

    it('names the last accepted id of the chain; an earlier one is unknown', () => {
      const floor = resting(factory)
      floor.replace('a', { qty: 49 }, 'b')
      floor.replace('b', { qty: 48 }, 'c')
      floor.events()
      floor.replace('a', { qty: 47 }, 'd')
      floor.cancel('b', 'e')
      floor.cancel('c', 'f')
      expect(floor.events()).toEqual([
        'refused replace d of a: PP2001 unknown order "a"',
        'refused cancel e of b: PP2001 unknown order "b"',
        'canceled o1 by f'
      ])
    })

    it('a refused replace leaves the chain where it was', () => {
      const floor = resting(factory)
      floor.replace('a', { qty: -1 }, 'b')
      floor.cancel('b', 'c')
      floor.cancel('a', 'd')
      expect(floor.events().slice(1)).toEqual(['refused cancel c of b: PP2001 unknown order "b"', 'canceled o1 by d'])
    })

    it('is too late for a done order, faults or not', () => {
      const floor = resting(factory)
      floor.cancel('a', 'b')
      floor.replace('a', { qty: -1 }, 'c')
      expect(floor.events().slice(1)).toEqual([
        'refused replace c of a (o1 canceled, done 0, leaves 0): PP2002 too late: the order is "canceled"'
      ])
    })

    it('trap: fills bear the id of the last accepted request', () => {
      const floor = resting(factory)
      floor.print(seller, '100.00', 110)
      floor.replace('a', { qty: 49 }, 'b')
      floor.print(seller, '100.00', 10)
      expect(floor.reports.flatMap((event) => (event.kind === 'trade' ? [event.terms.clOrdId] : []))).toEqual([
        'a',
        'b'
      ])
    })

    it('events keep the terms they were made with', () => {
      const floor = resting(factory)
      const accepted = floor.reports[0]
      floor.replace('a', { qty: 49 }, 'b')
      expect(accepted).toMatchObject({ terms: { clOrdId: 'a', orderQty: 50 }, leavesQty: 50 })
    })
  })
}
