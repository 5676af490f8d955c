import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, buyer, seller, TradingFloor, type FloorTerms } from '../support/trading-floor.js'

/** 100 bid at 100.00 and 99.99, 100 offered at 100.02 and 100.03. */
function quotedFloor(factory: ExchangeFactory, terms: FloorTerms = {}): TradingFloor {
  const floor = new TradingFloor(factory, terms)
  for (const at of ['100.00', '99.99']) floor.level(bid, at, 100)
  for (const at of ['100.02', '100.03']) floor.level(ask, at, 100)
  return floor
}

export function stops(factory: ExchangeFactory): void {
  describe('stops and touches', () => {
    it('a stop waits outside the book until a trade reaches it, then walks as a market order', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 150, { type: 'stop', stopPx: '100.02' })
      expect(floor.events()).toEqual(['new o1'])
      expect(floor.depth(bid)).toEqual(['100 @ 100.00', '100 @ 99.99'])
      floor.print(buyer, '100.01', 5)
      expect(floor.events()).toEqual([])
      floor.print(buyer, '100.02', 5)
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 150 @ 0.00, leaves 150',
        'trade o1 100 @ 100.02 removed, leaves 50',
        'trade o1 50 @ 100.03 removed, leaves 0'
      ])
    })

    it('a sell stop is reached from above', () => {
      const floor = quotedFloor(factory)
      floor.send(ask, 50, { type: 'stop', stopPx: '99.99' })
      floor.print(seller, '100.00', 5)
      floor.print(seller, '99.98', 5)
      expect(floor.events()).toEqual([
        'new o1',
        'restated o1 triggered: market 50 @ 0.00, leaves 50',
        'trade o1 50 @ 100.00 removed, leaves 0'
      ])
    })

    it('a stop limit rests at its limit', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 150, { type: 'stopLimit', stopPx: '100.02', price: '100.02' })
      floor.print(buyer, '100.02', 5)
      expect(floor.events()).toEqual([
        'new o1',
        'restated o1 triggered: limit 150 @ 100.02, leaves 150, 0 ahead',
        'trade o1 100 @ 100.02 removed, leaves 50'
      ])
      expect(floor.depth(bid, 1)).toEqual(['50 @ 100.02'])
    })

    it('a touch goes the other way: a buy is reached from above', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'marketIfTouched', stopPx: '99.99' })
      floor.print(seller, '100.00', 5)
      expect(floor.events()).toEqual(['new o1'])
      floor.print(seller, '99.99', 5)
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.02 removed, leaves 0'
      ])
    })

    it('a stop that the last trade has reached already is triggered at once', () => {
      const floor = quotedFloor(factory)
      floor.print(buyer, '100.02', 5)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.01' })
      expect(floor.events()).toEqual([
        'new o1',
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.02 removed, leaves 0'
      ])
    })

    it('hidden prints trigger nothing', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.02' })
      floor.hiddenPrint(buyer, '100.05', 5)
      expect(floor.events()).toEqual(['new o1'])
    })

    it('the highest trade of an event counts, whatever came after it', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' })
      floor.event(() => {
        floor.print(buyer, '100.05', 5)
        floor.print(seller, '100.00', 5)
      })
      expect(floor.events().slice(1, 2)).toEqual(['restated o1 triggered: market 10 @ 0.00, leaves 10'])
    })

    it('fills of an aggressor trigger, one stop the next, in the order of arrival', () => {
      const floor = quotedFloor(factory)
      floor.as(1).send(bid, 30, { type: 'stop', stopPx: '100.03' })
      floor.as(2).send(bid, 60, { type: 'stop', stopPx: '100.02' })
      floor.as(3).buy(50).at('100.02').ioc()
      expect(floor.events()).toEqual([
        'new o1',
        'new o2',
        'new o3',
        'trade o3 50 @ 100.02 removed, leaves 0',
        'restated o2 triggered: market 60 @ 0.00, leaves 60',
        'trade o2 50 @ 100.02 removed, leaves 10',
        'trade o2 10 @ 100.03 removed, leaves 0',
        'restated o1 triggered: market 30 @ 0.00, leaves 30',
        'trade o1 30 @ 100.03 removed, leaves 0'
      ])
    })

    it('by quote, a buy stop looks at the offer and no trade triggers it', () => {
      const floor = quotedFloor(factory, { rules: { stopTrigger: 'quote' } })
      floor.send(bid, 10, { type: 'stop', stopPx: '100.03' })
      floor.print(buyer, '100.03', 5)
      expect(floor.events()).toEqual(['new o1'])
      floor.level(ask, '100.02', 0)
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.03 removed, leaves 0'
      ])
    })

    it('trap: a stop elected in a halt waits until the halt is over', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.02' })
      floor.phase('halt')
      floor.print(buyer, '100.04', 5)
      expect(floor.events()).toEqual(['new o1'])
      floor.phase('continuous')
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.02 removed, leaves 0'
      ])
    })

    it('trades before a stop came do not reach it, though nothing was looked at since; the last one does', () => {
      const floor = quotedFloor(factory)
      floor.phase('preOpen')
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' }, 'before')
      floor.print(buyer, '100.05', 5)
      floor.print(seller, '100.01', 5)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' }, 'behind')
      floor.send(ask, 10, { type: 'stop', stopPx: '100.01' }, 'at the last')
      floor.print(buyer, '100.04', 5)
      floor.events()
      floor.phase('continuous')
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.02 removed, leaves 0',
        'restated o3 triggered: market 10 @ 0.00, leaves 10',
        'trade o3 10 @ 100.00 removed, leaves 0'
      ])
      floor.print(buyer, '100.05', 5)
      expect(floor.events()[0]).toBe('restated o2 triggered: market 10 @ 0.00, leaves 10')
    })

    it('a waiting stop is canceled and replaced like any order, and keeps its arrival where nothing else changes', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' }, 'a')
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' }, 'b')
      floor.replace('a', { qty: 8 }, 'a2')
      floor.replace('b', { stopPx: '100.02' }, 'b2')
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05' }, 'c')
      floor.cancel('c', 'c2')
      expect(floor.events().slice(2)).toEqual([
        'replaced o1 a -> a2: 8 @ 0.00, leaves 8',
        'replaced o2 b -> b2: 10 @ 0.00, leaves 10',
        'new o3',
        'canceled o3 by c2'
      ])
      floor.print(buyer, '100.05', 5)
      expect(floor.events().filter((line) => line.startsWith('restated'))).toEqual([
        'restated o1 triggered: market 8 @ 0.00, leaves 8',
        'restated o2 triggered: market 10 @ 0.00, leaves 10'
      ])
    })

    it('a triggered stop limit keeps its place when it shrinks', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 50, { type: 'stopLimit', stopPx: '100.01', price: '100.00' }, 'a')
      floor.print(buyer, '100.01', 5)
      floor.level(bid, '100.00', 300)
      floor.replace('a', { qty: 40 })
      expect(floor.events().slice(2)).toEqual(['replaced o1 a -> c1: 40 @ 100.00, leaves 40, 100 ahead'])
    })

    it('refuses a stop without its price', () => {
      const floor = quotedFloor(factory, { priceScale: 3 })
      floor.send(bid, 10, { type: 'stop' })
      floor.send(bid, 10, { type: 'stopLimit', stopPx: '100.01' })
      floor.send(bid, 10, { type: 'stop', stopPx: '100.015' })
      floor.send(bid, 10, { type: 'stop', stopPx: '100.05', tif: 'ioc' })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP1017 "stop" needs "stopPx"',
        'rejected o2 c2: PP1006 a limit order needs a Price',
        'rejected o3 c3: PP1003 price "100.015" is off the tick of "0.01"',
        'rejected o4 c4: PP1016 "stop" does not go with "ioc"'
      ])
    })
  })
}
