import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, TradingFloor } from '../support/trading-floor.js'

/** 100 offered at each of 100.01, 100.02 and 100.03. */
function floorWithOffers(factory: ExchangeFactory): TradingFloor {
  const floor = new TradingFloor(factory)
  floor.level(ask, '100.02', 100)
  floor.level(ask, '100.01', 100)
  floor.level(ask, '100.03', 100)
  return floor
}

export function orderTypes(factory: ExchangeFactory): void {
  describe('limit and market, DAY, GTC, IOC and FOK', () => {
    it('rests what a limit DAY order cannot fill', () => {
      const floor = floorWithOffers(factory)
      floor.buy(150).at('100.01').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 100 @ 100.01 removed, leaves 50'])
      expect(floor.depth(bid)).toEqual(['50 @ 100.01'])
      expect(floor.depth(ask)).toEqual(['100 @ 100.02', '100 @ 100.03'])
    })

    it('rests what a limit GTC order cannot fill', () => {
      const floor = floorWithOffers(factory)
      floor.buy(250).at('100.02').gtc()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 100 @ 100.01 removed, leaves 150',
        'trade o1 100 @ 100.02 removed, leaves 50'
      ])
      expect(floor.working()).toEqual(['o1 partiallyFilled, done 200, leaves 50'])
    })

    it('says what is ahead only where a rest will stand', () => {
      const floor = floorWithOffers(factory)
      floor.level(bid, '100.00', 300)
      floor.buy(100).at('100.01').day()
      floor.buy(10).at('100.00').day()
      floor.buy(10).at('100.00').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 0',
        'new o2, 300 ahead',
        'new o3',
        'canceled o3: PP3001 nothing to fill immediately'
      ])
    })

    it('cancels the rest of an IOC order', () => {
      const floor = floorWithOffers(factory)
      floor.buy(150).at('100.01').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 50',
        'canceled o1, done 100: PP3001 nothing to fill immediately'
      ])
      expect(floor.working()).toEqual([])
    })

    it('fills a FOK order that can be filled whole', () => {
      const floor = floorWithOffers(factory)
      floor.buy(200).at('100.02').fok()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 100',
        'trade o1 100 @ 100.02 removed, leaves 0'
      ])
    })

    it('cancels a FOK order that cannot, and leaves the book alone', () => {
      const floor = floorWithOffers(factory)
      floor.buy(201).at('100.02').fok()
      expect(floor.events()).toEqual(['new o1', 'canceled o1: PP3002 cannot be filled completely at once'])
      expect(floor.depth(ask)).toEqual(['100 @ 100.01', '100 @ 100.02', '100 @ 100.03'])
    })

    it('counts what is displayed for a FOK order, not what the tape shows', () => {
      const floor = floorWithOffers(factory)
      floor.buy(60).at('100.01').ioc()
      floor.buy(41).at('100.01').fok()
      floor.buy(40).at('100.01').fok()
      expect(floor.events().slice(2)).toEqual([
        'new o2',
        'canceled o2: PP3002 cannot be filled completely at once',
        'new o3',
        'trade o3 40 @ 100.01 removed, leaves 0'
      ])
    })

    it('counts client orders for a FOK order', () => {
      const floor = floorWithOffers(factory)
      floor.as(1).sell(50).at('100.01').day()
      floor.as(2).buy(150).at('100.01').fok()
      expect(floor.events()).toEqual([
        'new o1, 100 ahead',
        'new o2',
        'trade o2 100 @ 100.01 removed, leaves 50',
        'trade o2 50 @ 100.01 removed, leaves 0',
        'trade o1 50 @ 100.01 added, leaves 0'
      ])
    })

    it('walks a market order through the book and cancels its rest', () => {
      const floor = floorWithOffers(factory)
      floor.buy(350).atMarket().day()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 250',
        'trade o1 100 @ 100.02 removed, leaves 150',
        'trade o1 100 @ 100.03 removed, leaves 50',
        'canceled o1, done 300: PP3003 no liquidity on the opposite side'
      ])
    })

    it.each(['day', 'gtc', 'ioc'] as const)('cancels a market %s order that meets nothing', (tif) => {
      const floor = new TradingFloor(factory)
      floor.buy(100).atMarket()[tif]()
      expect(floor.events()).toEqual(['new o1', 'canceled o1: PP3003 no liquidity on the opposite side'])
    })

    it('fills a market FOK order whole or not at all', () => {
      const floor = floorWithOffers(factory)
      floor.buy(301).atMarket().fok()
      floor.buy(300).atMarket().fok()
      expect(floor.events()).toEqual([
        'new o1',
        'canceled o1: PP3002 cannot be filled completely at once',
        'new o2',
        'trade o2 100 @ 100.01 removed, leaves 200',
        'trade o2 100 @ 100.02 removed, leaves 100',
        'trade o2 100 @ 100.03 removed, leaves 0'
      ])
    })

    it('never pays more than the limit', () => {
      const floor = floorWithOffers(factory)
      floor.buy(1000).at('100.02').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'trade o1 100 @ 100.01 removed, leaves 900',
        'trade o1 100 @ 100.02 removed, leaves 800',
        'canceled o1, done 200: PP3001 nothing to fill immediately'
      ])
    })

    it('sells like it buys', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '99.99', 100)
      floor.level(bid, '100.00', 100)
      floor.level(bid, '99.98', 100)
      floor.sell(250).at('99.99').day()
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 100 @ 100.00 removed, leaves 150',
        'trade o1 100 @ 99.99 removed, leaves 50'
      ])
      expect(floor.depth(ask)).toEqual(['50 @ 99.99'])
      expect(floor.depth(bid)).toEqual(['100 @ 99.98'])
    })

    it('trap: the rest of an aggressive order is not filled at its limit where nothing stands', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 30)
      floor.level(ask, '100.05', 500)
      floor.buy(100).at('100.03').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 30 @ 100.01 removed, leaves 70'])
      expect(floor.depth(bid)).toEqual(['70 @ 100.03'])
    })

    it('rests an odd lot that a feed in odd lots leaves', () => {
      const floor = new TradingFloor(factory, { lotSize: '10' })
      floor.level(ask, '100.01', 33)
      floor.buy(50).at('100.01').day()
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 33 @ 100.01 removed, leaves 17'])
      expect(floor.depth(bid)).toEqual(['17 @ 100.01'])
    })
  })
}
