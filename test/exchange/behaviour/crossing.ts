import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

export function crossing(factory: ExchangeFactory): void {
  describe('the market crosses a client', () => {
    it('fills at the client’s limit, at most what was added', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day()
      floor.level(ask, '99.98', 30)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 30 @ 100.00 added, leaves 70'])
    })

    it('meets a limit at the very price', () => {
      const floor = new TradingFloor(factory)
      floor.sell(100).at('100.00').day()
      floor.level(bid, '100.00', 100)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 100 @ 100.00 added, leaves 0'])
    })

    it('looks only when the event is complete', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day()
      floor.events()
      floor.exchange.level(floor.time, 0 as never, ask, 10000 as never, 30 as never)
      expect(floor.events()).toEqual([])
      floor.exchange.eventEnd(floor.time, 0 as never)
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 70'])
    })

    it('fills the best client price first, then by arrival, and shares what was added', () => {
      const floor = new TradingFloor(factory)
      floor.buy(40).at('100.00').day()
      floor.buy(40).at('100.01').day()
      floor.buy(40).at('100.01').day()
      floor.events()
      floor.level(ask, '99.99', 100)
      expect(floor.events()).toEqual([
        'trade o2 40 @ 100.01 added, leaves 0',
        'trade o3 40 @ 100.01 added, leaves 0',
        'trade o1 20 @ 100.00 added, leaves 20'
      ])
    })

    it('one fill per client, from the best added price first', () => {
      const floor = new TradingFloor(factory)
      floor.buy(50).at('100.01').day()
      floor.buy(50).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.level(ask, '100.01', 30)
        floor.level(ask, '99.99', 30)
      })
      expect(floor.events()).toEqual(['trade o1 50 @ 100.01 added, leaves 0'])
      expect(floor.depth(ask)).toEqual(['10 @ 100.01'])
    })

    it('consume: what crossed is consumed', () => {
      const floor = new TradingFloor(factory)
      floor.buy(60).at('100.00').day()
      floor.level(ask, '100.00', 100)
      expect(floor.depth(ask)).toEqual(['40 @ 100.00'])
      floor.buy(100).at('100.00').ioc()
      expect(floor.events().slice(2)).toEqual([
        'new o2',
        'trade o2 40 @ 100.00 removed, leaves 60',
        'canceled o2, done 40: PP3001 nothing to fill immediately'
      ])
    })

    it('observer: what crossed is still there', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.buy(60).at('100.00').day()
      floor.level(ask, '100.00', 100)
      expect(floor.events().slice(1)).toEqual(['trade o1 60 @ 100.00 added, leaves 0'])
      expect(floor.depth(ask)).toEqual(['100 @ 100.00'])
    })

    it('does not meet again what stood there before', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.level(ask, '100.00', 50)
      floor.buy(80).at('100.00').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 50 @ 100.00 removed, leaves 30'])
      floor.level(ask, '100.00', 40)
      floor.level(ask, '100.05', 40)
      expect(floor.events()).toEqual([])
      floor.level(ask, '100.00', 60)
      expect(floor.events()).toEqual(['trade o1 20 @ 100.00 added, leaves 10'])
    })

    it('trap: a snapshot of the same book crosses nobody', () => {
      const floor = new TradingFloor(factory, { preset: 'observer' })
      floor.level(ask, '100.00', 50)
      floor.buy(80).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.clear()
        floor.level(ask, '100.00', 50)
      })
      expect(floor.events()).toEqual([])
    })

    it('counts the growth over the whole event, not each fact', () => {
      const floor = new TradingFloor(factory)
      floor.buy(80).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.level(ask, '100.00', 50)
        floor.level(ask, '100.00', 20)
        floor.level(ask, '100.00', 30)
      })
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 50'])
    })

    it('L3: a new order that crosses, and the level it is part of', () => {
      const floor = new TradingFloor(factory, { feed: 'l3', preset: 'observer' })
      floor.add(1, ask, '100.00', 50)
      floor.buy(80).at('100.00').day()
      floor.events()
      floor.add(2, ask, '100.00', 20)
      expect(floor.events()).toEqual(['trade o1 20 @ 100.00 added, leaves 10'])
    })

    it('L3: a modified order counts with its growth', () => {
      const floor = new TradingFloor(factory, { feed: 'l3', preset: 'observer' })
      floor.add(1, ask, '100.00', 50)
      floor.buy(80).at('100.00').day()
      floor.events()
      floor.modify(1, ask, '100.00', 55)
      expect(floor.events()).toEqual(['trade o1 5 @ 100.00 added, leaves 25'])
    })

    it('L1: a quote that moves into a client', () => {
      const floor = new TradingFloor(factory, { feed: 'l1' })
      floor.quote(bid, '100.00', 10)
      floor.buy(80).at('99.99').day()
      floor.quote(ask, '99.99', 30)
      expect(floor.events()).toEqual(['new o1', 'trade o1 30 @ 99.99 added, leaves 50'])
    })

    it('a print and the quantity that remains are two things', () => {
      const floor = new TradingFloor(factory)
      floor.buy(80).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.print(seller, '99.99', 20)
        floor.level(ask, '99.99', 10)
      })
      expect(floor.events()).toEqual(['trade o1 20 @ 100.00 added, leaves 60', 'trade o1 10 @ 100.00 added, leaves 50'])
    })

    it('looks at bids, then at asks', () => {
      const floor = new TradingFloor(factory)
      floor.sell(10).at('100.05').day()
      floor.buy(10).at('100.00').day()
      floor.events()
      floor.event(() => {
        floor.level(bid, '100.06', 10)
        floor.level(ask, '99.99', 10)
      })
      expect(floor.events()).toEqual(['trade o2 10 @ 100.00 added, leaves 0', 'trade o1 10 @ 100.05 added, leaves 0'])
    })

    it('meets a client in a level that vanished', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.00', 20)
      floor.as(1).sell(5).at('100.00').day()
      floor.level(ask, '100.00', 0)
      floor.as(2).buy(30).at('100.00').day()
      expect(floor.events()).toEqual([
        'new o1, 20 ahead',
        'new o2, 0 ahead',
        'trade o2 5 @ 100.00 removed, leaves 25',
        'trade o1 5 @ 100.00 added, leaves 0'
      ])
    })

    it('does not fill a market order or one that is done', () => {
      const floor = new TradingFloor(factory)
      floor.buy(10).atMarket().day('a')
      floor.buy(10).at('100.00').day('b')
      floor.cancel('b', 'c')
      floor.events()
      floor.level(ask, '99.00', 100)
      expect(floor.events()).toEqual([])
    })
  })
}
