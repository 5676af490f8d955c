import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor, type FloorTerms } from '../support/trading-floor.js'

function quotedFloor(factory: ExchangeFactory, terms: FloorTerms = {}): TradingFloor {
  const floor = new TradingFloor(factory, terms)
  floor.level(bid, '100.00', 100)
  floor.level(ask, '100.05', 100)
  return floor
}

export function pegs(factory: ExchangeFactory): void {
  describe('pegged orders', () => {
    it('primary: stands at the best price of its side and follows it', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      expect(floor.events()).toEqual(['new o1, 100 ahead'])
      floor.level(bid, '100.02', 30)
      floor.level(bid, '100.02', 0)
      expect(floor.events()).toEqual([
        'restated o1 pegged: pegged 10 @ 100.02, leaves 10, 30 ahead',
        'restated o1 pegged: pegged 10 @ 100.00, leaves 10, 100 ahead'
      ])
      expect(floor.depth(bid)).toEqual(['110 @ 100.00'])
    })

    it('with an offset, never beyond its limit', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary', offset: '-0.02', price: '99.99' })
      floor.level(bid, '100.03', 30)
      floor.level(bid, '100.04', 30)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'restated o1 pegged: pegged 10 @ 99.99, leaves 10, 0 ahead'])
    })

    it('midpoint: rounded away from the other side', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'midpoint' })
      floor.send(ask, 10, { type: 'pegged', peg: 'midpoint' })
      expect(floor.depth(bid, 1)).toEqual(['10 @ 100.02'])
      expect(floor.depth(ask, 1)).toEqual(['10 @ 100.03'])
    })

    it('market: walks where it meets the other side', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 120, { type: 'pegged', peg: 'market' })
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 100 @ 100.05 removed, leaves 20',
        'restated o1 pegged: pegged 120 @ nowhere, done 100, leaves 20'
      ])
    })

    it('waits without a reference, and does not follow other pegs', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      expect(floor.events()).toEqual(['new o1', 'new o2'])
      expect(floor.depth(bid)).toEqual([])
      floor.level(bid, '100.00', 5)
      floor.level(bid, '100.00', 0)
      expect(floor.events()).toEqual([
        'restated o1 pegged: pegged 10 @ 100.00, leaves 10, 5 ahead',
        'restated o2 pegged: pegged 10 @ 100.00, leaves 10, 5 ahead',
        'restated o1 pegged: pegged 10 @ nowhere, leaves 10',
        'restated o2 pegged: pegged 10 @ nowhere, leaves 10'
      ])
    })

    it('follows client orders, and fills at its own price', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      floor.as(2).buy(5).at('100.01').day('b')
      floor.print(seller, '100.00', 20)
      expect(floor.events()).toEqual([
        'new o1, 100 ahead',
        'new o2, 0 ahead',
        'restated o1 pegged: pegged 10 @ 100.01, leaves 10, 0 ahead',
        'trade o2 5 @ 100.01 added, leaves 0',
        'trade o1 10 @ 100.01 added, leaves 0'
      ])
    })

    it('stays where it is in a halt', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' })
      floor.phase('halt')
      floor.level(bid, '100.02', 30)
      expect(floor.events()).toEqual(['new o1, 100 ahead'])
      floor.phase('continuous')
      expect(floor.events()).toEqual(['restated o1 pegged: pegged 10 @ 100.02, leaves 10, 30 ahead'])
    })

    it('keeps its place through a replace that only shrinks it, and takes a new one with another offset', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged', peg: 'primary' }, 'a')
      floor.level(bid, '100.00', 150)
      floor.replace('a', { qty: 8 }, 'b')
      floor.replace('b', { peg: 'primary', offset: '-0.01' }, 'c')
      expect(floor.events()).toEqual([
        'new o1, 100 ahead',
        'replaced o1 a -> b: 8 @ 0.00, leaves 8, 100 ahead',
        'replaced o1 b -> c: 8 @ 0.00, leaves 8, 0 ahead'
      ])
      expect(floor.depth(bid)).toEqual(['150 @ 100.00', '8 @ 99.99'])
    })

    it('refuses what makes no sense', () => {
      const floor = quotedFloor(factory)
      floor.send(bid, 10, { type: 'pegged' })
      floor.send(bid, 10, { type: 'pegged', peg: 'primary', tif: 'ioc' })
      floor.send(bid, 10, { peg: 'primary', price: '100.00' })
      floor.send(bid, 10, { type: 'pegged', peg: 'primary', postOnly: 'reject' })
      expect(floor.events()).toEqual([
        'rejected o1 c1: PP1017 "pegged" needs "peg"',
        'rejected o2 c2: PP1016 "pegged" does not go with "ioc"',
        'rejected o3 c3: PP1016 "peg" does not go with "limit"',
        'rejected o4 c4: PP1016 "postOnly" does not go with "pegged"'
      ])
    })
  })
}
