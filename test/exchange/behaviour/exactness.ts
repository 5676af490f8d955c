import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, seller, TradingFloor } from '../support/trading-floor.js'

function day(factory: ExchangeFactory, lastQty: number): TradingFloor {
  const floor = new TradingFloor(factory, { outbound: 5 })
  floor.level(bid, '100.00', 100)
  floor.level(ask, '100.01', 100)
  floor.buy(30).at('100.01').day('a')
  floor.buy(50).at('100.00').gtc('b')
  floor.wait(3).print(seller, '100.00', 110)
  floor.replace('b', { qty: 70 }, 'c')
  floor.wait(9).level(ask, '100.01', 60)
  floor.buy(lastQty).at('99.00').day('d')
  return floor
}

export function exactness(factory: ExchangeFactory): void {
  describe('exactness', () => {
    it('sums price x quantity exactly, as a safe integer while it fits', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 3)
      floor.level(ask, '100.07', 5)
      floor.buy(8).at('100.07').day('a')
      expect(floor.findOrder('a')?.notional).toBe(3 * 10_001 + 5 * 10_007)
    })

    it('sums exactly past 2^53, as a bigint', () => {
      const floor = new TradingFloor(factory, { quantityScale: 8, lotSize: '0.00000001' })
      floor.level(ask, '95000.01', 20_000_000)
      floor.level(ask, '95000.03', 10_000_001)
      floor.buy('30000001').at('95000.03').day('a')
      const units = 100_000_000n
      expect(floor.findOrder('a')?.notional).toBe(9_500_001n * 20_000_000n * units + 9_500_003n * 10_000_001n * units)
    })

    it('is still a number at 2^53 - 1 and a bigint one unit later', () => {
      const floor = new TradingFloor(factory, { tickSize: '1' })
      floor.level(ask, '1', 9_007_199_254_740_991)
      floor.buy(9_007_199_254_740_990).at('1').day('a')
      expect(floor.findOrder('a')?.notional).toBe(9_007_199_254_740_990)
      floor.buy(1).at('1').day('b')
      expect(floor.findOrder('b')?.notional).toBe(1)

      const beyond = new TradingFloor(factory, { tickSize: '1' })
      beyond.level(ask, '3', 3_002_399_751_580_331)
      beyond.level(ask, '5', 10)
      beyond.buy(3_002_399_751_580_330).at('3').day('a')
      expect(beyond.findOrder('a')?.notional).toBe(9_007_199_254_740_990)
      beyond.buy(3_002_399_751_580_330).at('5').day('b')
      expect(beyond.findOrder('b')?.notional).toBe(3 + 50)
      beyond.level(ask, '3', 6_004_799_503_160_662)
      expect(beyond.findOrder('b')?.notional).toBe(53n + 5n * 3_002_399_751_580_319n)
    })

    it('trap: every partial fill is in CumQty', () => {
      const floor = new TradingFloor(factory)
      floor.buy(100).at('100.00').day('a')
      for (let i = 0; i < 10; i++) floor.print(seller, '100.00', 7)
      expect(floor.findOrder('a')).toMatchObject({ cumQty: 70, leavesQty: 30, notional: 700_000 })
      expect(floor.reports.filter(({ kind }) => kind === 'trade')).toHaveLength(10)
    })
  })

  describe('state hash', () => {
    it('is the same for the same history', () => {
      expect(day(factory, 10).exchange.stateHash()).toBe(day(factory, 10).exchange.stateHash())
    })

    it('differs for one lot', () => {
      expect(day(factory, 10).exchange.stateHash()).not.toBe(day(factory, 11).exchange.stateHash())
    })

    const changes: Readonly<Record<string, (floor: TradingFloor) => void>> = {
      'a market level': (floor) => floor.level(bid, '98.00', 1),
      'an order': (floor) => floor.buy(1).at('98.00').day('x'),
      'a refused request': (floor) => floor.cancel('nobody', 'x'),
      'a print that moves a queue': (floor) => floor.print(seller, '100.00', 1),
      'a consumed quantity': (floor) => floor.buy(1).at('100.01').ioc('x'),
      'the end of the day': (floor) => floor.endOfDay()
    }
    it.each(Object.keys(changes))('differs after %s', (what) => {
      const floor = day(factory, 10)
      const before = floor.exchange.stateHash()
      changes[what](floor)
      expect(floor.exchange.stateHash()).not.toBe(before)
    })

    it('differs while a report or a command is on its way', () => {
      const under = (inbound: number): TradingFloor => {
        const floor = new TradingFloor(factory, { inbound })
        floor.buy(1).at('98.00').day('x')
        return floor
      }
      const before = new TradingFloor(factory, { inbound: 10 }).exchange.stateHash()
      expect(under(10).exchange.stateHash()).not.toBe(before)
    })

    it('does not change by looking', () => {
      const floor = day(factory, 10)
      const before = floor.exchange.stateHash()
      floor.depth(bid)
      floor.top()
      floor.working()
      floor.find('a')
      expect(floor.exchange.stateHash()).toBe(before)
    })
  })
}
