import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { ask, bid, buyer, seller, TradingFloor } from '../support/trading-floor.js'

const QUEUES: readonly QueueModelSettings[] = [
  { kind: 'riskAverse' },
  { kind: 'power', exponent: 2 },
  { kind: 'power2', exponent: 2 },
  { kind: 'power3', exponent: 2 },
  { kind: 'log' },
  { kind: 'log2' }
]

/** Defects that other simulators have, where no other behaviour tells them already. */
export function traps(factory: ExchangeFactory): void {
  describe('traps', () => {
    it.each(QUEUES)('trap: $kind: nothing ahead and nothing behind is a place at the front', (queue) => {
      const floor = new TradingFloor(factory, { queue })
      floor.buy(10).at('100.00').day('a')
      floor.level(bid, '100.00', 5)
      floor.level(bid, '100.00', 0)
      floor.level(bid, '100.00', 0)
      expect(floor.queueAhead('a')).toBe(0)
      floor.print(seller, '100.00', 4)
      expect(floor.events()).toEqual(['new o1, 0 ahead', 'trade o1 4 @ 100.00 added, leaves 6'])
    })

    it('trap: an order inside the spread is seen, and filled by what trades there', () => {
      const floor = new TradingFloor(factory)
      floor.level(bid, '100.00', 50)
      floor.level(ask, '100.10', 50)
      floor.buy(10).at('100.05').day()
      expect(floor.top()).toBe('10 @ 100.05 / 50 @ 100.10')
      floor.hiddenPrint(seller, '100.04', 4)
      floor.print(seller, '100.00', 6)
      expect(floor.events()).toEqual([
        'new o1, 0 ahead',
        'trade o1 4 @ 100.05 added, leaves 6',
        'trade o1 6 @ 100.05 added, leaves 0'
      ])
    })

    it('trap: a halt is a command among the others: the same day again is the same, without it another', () => {
      const day = (halted: boolean): { events: string[]; hash: string } => {
        const floor = new TradingFloor(factory)
        floor.buy(10).at('100.00').day()
        if (halted) floor.wait(1).phase('halt')
        floor.wait(1).print(seller, '99.99', 4)
        if (halted) floor.wait(1).phase('continuous')
        floor.wait(1).print(seller, '99.99', 4)
        floor.advance(10)
        return { events: floor.events(), hash: floor.exchange.stateHash() }
      }
      expect(day(true)).toEqual(day(true))
      expect(day(true).events).toEqual(['new o1, 0 ahead', 'trade o1 4 @ 100.00 added, leaves 6'])
      expect(day(false).events).toEqual([
        'new o1, 0 ahead',
        'trade o1 4 @ 100.00 added, leaves 6',
        'trade o1 4 @ 100.00 added, leaves 2'
      ])
      expect(day(true).hash).not.toBe(day(false).hash)
    })

    it('trap: the state tells a halt from a close, and what waits', () => {
      const hashes = [
        (floor: TradingFloor): void => floor.phase('halt'),
        (floor: TradingFloor): void => floor.phase('closed'),
        (): void => {},
        (floor: TradingFloor): void => floor.send(bid, 10, { type: 'stop', stopPx: '105.00' }, 'a'),
        (floor: TradingFloor): void => floor.send(bid, 10, { type: 'stop', stopPx: '106.00' }, 'a'),
        (floor: TradingFloor): void => floor.send(bid, 10, { price: '99.00', show: 5 }, 'a'),
        (floor: TradingFloor): void => floor.send(bid, 10, { price: '99.00', show: 0 }, 'a'),
        (floor: TradingFloor): void => floor.print(buyer, '100.00', 1)
      ].map((act) => {
        const floor = new TradingFloor(factory)
        act(floor)
        return floor.exchange.stateHash()
      })
      expect(new Set(hashes).size).toBe(hashes.length)
    })

    it('trap: a stop in an auction is taken and waits, it is not refused and not filled', () => {
      const floor = new TradingFloor(factory)
      floor.phase('openingAuction')
      floor.send(bid, 10, { type: 'stop', stopPx: '100.00' })
      floor.print(buyer, '100.05', 5)
      floor.level(ask, '100.02', 50)
      expect(floor.events()).toEqual(['new o1'])
      floor.phase('continuous')
      expect(floor.events()).toEqual([
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 10 @ 100.02 removed, leaves 0'
      ])
    })

    it('trap: own orders and parts of icebergs share one print', () => {
      const floor = new TradingFloor(factory)
      floor.send(bid, 30, { price: '100.00', show: 5 })
      floor.buy(10).at('100.00').day()
      floor.send(bid, 10, { price: '100.00', show: 0 })
      floor.print(seller, '99.99', 32)
      expect(floor.events().slice(3)).toEqual([
        'trade o1 5 @ 100.00 added, leaves 25',
        'trade o2 10 @ 100.00 added, leaves 0',
        'trade o1 5 @ 100.00 added, leaves 20',
        'trade o1 5 @ 100.00 added, leaves 15',
        'trade o1 5 @ 100.00 added, leaves 10',
        'trade o1 2 @ 100.00 added, leaves 8'
      ])
    })

    it('trap: a stop, an all-or-none and a peg are not filled from the same liquidity', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.02', 10)
      floor.send(bid, 10, { type: 'stop', stopPx: '100.01' })
      floor.send(bid, 10, { type: 'stop', stopPx: '100.01' })
      floor.send(bid, 8, { price: '100.02', allOrNone: true }, 'aon')
      expect(floor.events()).toEqual([
        'new o1',
        'new o2',
        'new o3',
        'trade o3 8 @ 100.02 removed, leaves 0',
        'restated o1 triggered: market 10 @ 0.00, leaves 10',
        'trade o1 2 @ 100.02 removed, leaves 8',
        'canceled o1, done 2: PP3003 no liquidity on the opposite side',
        'restated o2 triggered: market 10 @ 0.00, leaves 10',
        'canceled o2: PP3003 no liquidity on the opposite side'
      ])
    })
  })
}
