import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, buyer, seller, TradingFloor, unsaid } from '../support/trading-floor.js'

export function prints(factory: ExchangeFactory): void {
  describe('trade budget', () => {
    it('trap: own orders at a price share a print', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day()
      floor.buy(100).at('100.00').day()
      floor.events()
      floor.print(seller, '100.00', 150)
      expect(floor.events()).toEqual(['trade o1 100 @ 100.00 added, leaves 0', 'trade o2 50 @ 100.00 added, leaves 50'])
    })

    it('trap: the budget is new with every print', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.print(seller, '100.00', 30)
        floor.print(seller, '100.00', 30)
      })
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 70', 'trade o1 30 @ 100.00 added, leaves 40'])
    })

    it('trap: fills come in the order of price and arrival, whatever the ids', () => {
      const floor = new TradingFloor(factory)
      floor.as(9).buy(10).at('100.01').day('z')
      floor.as(1).buy(10).at('100.03').day('y')
      floor.as(5).buy(10).at('100.03').day('b')
      floor.as(2).buy(10).at('100.02').day('a')
      floor.events()
      floor.print(seller, '100.00', 100)
      expect(floor.events()).toEqual([
        'trade o2 10 @ 100.03 added, leaves 0',
        'trade o3 10 @ 100.03 added, leaves 0',
        'trade o4 10 @ 100.02 added, leaves 0',
        'trade o1 10 @ 100.01 added, leaves 0'
      ])
    })

    it('a better limit is filled at its own price and leaves less for the print’s price', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 40)
      floor.buy(50).at('100.00').day()
      floor.buy(20).at('100.01').day()
      floor.events()
      floor.print(seller, '100.00', 100)
      // 20 to o2; o1 gets what exceeds its 40 and the 20 given
      expect(floor.events()).toEqual(['trade o2 20 @ 100.01 added, leaves 0', 'trade o1 40 @ 100.00 added, leaves 10'])
    })

    it('the queue ahead uses up the budget first', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.buy(50).at('100.00').day()
      floor.events()
      floor.print(seller, '100.00', 100)
      expect(floor.events()).toEqual([])
    })

    it('the queue moves by the whole print, better limits or not', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.buy(50).at('100.00').day()
      floor.buy(60).at('100.01').day()
      floor.events()
      floor.print(seller, '100.00', 70)
      floor.print(seller, '100.00', 50)
      expect(floor.events()).toEqual(['trade o2 60 @ 100.01 added, leaves 0', 'trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('a print never fills worse limits', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('99.99').day()
      floor.sell(10).at('100.02').day()
      floor.events()
      floor.print(seller, '100.00', 100)
      floor.print(buyer, '100.01', 100)
      expect(floor.events()).toEqual([])
    })

    it('a print whose aggressor nobody said looks at bids, then at asks, with one budget', () => {
      const floor = new TradingFloor(factory)
      floor.buy(60).at('100.00').day()
      floor.sell(60).at('100.01').day()
      floor.events()
      floor.print(unsaid, '100.00', 10)
      floor.print(unsaid, '100.01', 10)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 50', 'trade o2 10 @ 100.01 added, leaves 50'])
    })

    it('a print whose aggressor nobody said does not reach offers above it', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.level(ask, '100.00', 10)
      floor.buy(60).at('100.00').day()
      floor.level(ask, '100.00', 0)
      floor.level(bid, '99.00', 1)
      floor.events()
      floor.sell(5).at('100.01').day()
      floor.events()
      floor.print(unsaid, '100.00', 30)
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 20'])
    })

    it('a print of nothing says nothing', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).at('100.00').day()
      floor.events()
      floor.print(seller, '99.00', 0)
      floor.hiddenPrint(seller, '99.00', -5)
      expect(floor.events()).toEqual([])
    })
  })

  describe('hidden prints', () => {
    it.each(['l1', 'l2', 'l3'] as const)('%s: fill strictly better limits only', (feed) => {
      const floor = new TradingFloor(factory, { feed })
      floor.buy(10).at('100.00').day()
      floor.buy(10).at('100.01').day()
      floor.events()
      floor.hiddenPrint(seller, '100.00', 100)
      expect(floor.events()).toEqual(['trade o2 10 @ 100.01 added, leaves 0'])
    })

    it('inside the tick fill the better limits', () => {
      const floor = new TradingFloor(factory, { priceScale: 4 })
      floor.buy(10).at('100.01').day()
      floor.buy(10).at('100.00').day()
      floor.sell(10).at('100.02').day()
      floor.events()
      floor.hiddenPrint(seller, '100.005', 100)
      floor.hiddenPrint(buyer, '100.0150', 100)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.01 added, leaves 0'])
    })

    it('share their quantity and spare the queue', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 100)
      floor.buy(50).at('100.00').day()
      floor.buy(30).at('100.01').day()
      floor.buy(30).at('100.02').day()
      floor.events()
      floor.hiddenPrint(unsaid, '100.00', 40)
      floor.print(seller, '100.00', 100)
      expect(floor.events()).toEqual([
        'trade o3 30 @ 100.02 added, leaves 0',
        'trade o2 10 @ 100.01 added, leaves 20',
        'trade o2 20 @ 100.01 added, leaves 0'
      ])
    })

    it('fill offers below the price of a hidden buyer', () => {
      const floor = new TradingFloor(factory)
      floor.sell(10).at('100.00').day()
      floor.events()
      floor.hiddenPrint(buyer, '100.01', 4)
      expect(floor.events()).toEqual(['trade o1 4 @ 100.00 added, leaves 6'])
    })
  })
}
