import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { ask, bid, buyer, seller, TradingFloor } from '../support/trading-floor.js'

/** What an order's queue would say now: a replace that changes nothing reports it. */
function aheadOf(floor: TradingFloor, clOrdId: string, newId: string): string {
  floor.events()
  floor.replace(clOrdId, {}, newId)
  return floor.events()[0].split(', ').at(-1) ?? ''
}

function joined(factory: ExchangeFactory, queue: QueueModelSettings, displayed = 100): TradingFloor {
  const floor = new TradingFloor(factory, { queue })
  floor.level(bid, '100.00', displayed)
  floor.buy(50).at('100.00').day('a')
  floor.wait(1)
  return floor
}

const riskAverse: QueueModelSettings = { kind: 'riskAverse' }
const power = (exponent: number): QueueModelSettings => ({ kind: 'power', exponent })

export function levelQueue(factory: ExchangeFactory): void {
  describe('queue on L2', () => {
    it('joins behind what is displayed', () => {
      const floor = joined(factory, riskAverse)
      expect(floor.events()).toEqual(['new o1, 100 ahead'])
    })

    it('a print moves the queue and fills with its excess', () => {
      const floor = joined(factory, riskAverse)
      floor.print(seller, '100.00', 70)
      expect(aheadOf(floor, 'a', 'b')).toBe('30 ahead')
      floor.print(seller, '100.00', 50)
      floor.print(seller, '100.00', 50)
      expect(floor.events()).toEqual(['trade o1 20 @ 100.00 added, leaves 30', 'trade o1 30 @ 100.00 added, leaves 0'])
    })

    it('a print on the other side or at a worse price for the aggressor does nothing', () => {
      const floor = joined(factory, riskAverse, 0)
      floor.events()
      floor.print(buyer, '100.00', 70)
      floor.print(seller, '100.01', 70)
      expect(floor.events()).toEqual([])
    })

    it('riskAverse: a decrease moves nothing unless less is displayed than stood ahead', () => {
      const floor = joined(factory, riskAverse)
      floor.level(bid, '100.00', 300)
      floor.level(bid, '100.00', 120)
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
      floor.level(bid, '100.00', 40)
      expect(aheadOf(floor, 'b', 'c')).toBe('40 ahead')
    })

    it('power: a decrease is shared between front and back: b^n / (b^n + f^n)', () => {
      const floor = joined(factory, power(1))
      floor.level(bid, '100.00', 300)
      floor.level(bid, '100.00', 270)
      // f = 100, b = 200, d = 30: a third of it was ahead
      expect(aheadOf(floor, 'a', 'b')).toBe('90 ahead')
    })

    it('power: a higher exponent puts more of the decrease on the longer side', () => {
      const floor = joined(factory, power(2))
      floor.level(bid, '100.00', 300)
      floor.level(bid, '100.00', 270)
      // 30 x 1 / (1 + 4)
      expect(aheadOf(floor, 'a', 'b')).toBe('94 ahead')
    })

    it('power: rounds the part ahead down, in whole numbers', () => {
      const floor = joined(factory, power(3))
      floor.level(bid, '100.00', 250)
      floor.level(bid, '100.00', 240)
      // 10 x 100^3 / (100^3 + 150^3) = 2.28...
      expect(aheadOf(floor, 'a', 'b')).toBe('98 ahead')
    })

    it('power: what the back cannot give comes off the front', () => {
      const floor = joined(factory, power(1))
      floor.level(bid, '100.00', 110)
      floor.level(bid, '100.00', 60)
      // f = 100, b = 10, d = 50: 45 ahead, 5 behind
      expect(aheadOf(floor, 'a', 'b')).toBe('55 ahead')
      floor.level(bid, '100.00', 20)
      // f = 55, b = 5, d = 40: 36 ahead, 4 behind; 19
      expect(aheadOf(floor, 'b', 'c')).toBe('19 ahead')
    })

    it('power: never less than nothing ahead', () => {
      const floor = joined(factory, power(2), 60)
      floor.level(bid, '100.00', 100)
      floor.level(bid, '100.00', 1)
      // f = 60, b = 40, d = 99: 68 would come off 60
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
    })

    it('power: all behind where nothing is ahead', () => {
      const floor = joined(factory, power(2), 0)
      floor.level(bid, '100.00', 100)
      floor.level(bid, '100.00', 10)
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
    })

    it('trap: front and back both 0 is a queue of 0, not a number that is none', () => {
      const floor = joined(factory, power(2), 0)
      floor.level(bid, '100.00', 0)
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
      floor.print(seller, '100.00', 10)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 40'])
    })

    it('power 8: exact where the powers pass 2^53', () => {
      const floor = joined(factory, power(8), 1_000_003)
      floor.level(bid, '100.00', 2_000_009)
      floor.level(bid, '100.00', 1_500_009)
      // f = 1000003, b = 1000006, d = 500000: floor(500000 f^8 / (f^8 + b^8)) = 249997
      const f = 1_000_003n ** 8n
      const b = 1_000_006n ** 8n
      expect(aheadOf(floor, 'a', 'b')).toBe(`${1_000_003 - Number((500_000n * f) / (f + b))} ahead`)
    })

    it('power: an estimate never overtakes one that stands before it', () => {
      const floor = joined(factory, power(8), 40)
      floor.level(bid, '100.00', 60)
      floor.buy(50).at('100.00').day('z')
      floor.level(bid, '100.00', 100)
      floor.level(bid, '100.00', 50)
      // alone, the later order's V of 60 would fall to 12, the earlier one's of 40 only to 39
      expect(aheadOf(floor, 'a', 'b')).toBe('39 ahead')
      expect(aheadOf(floor, 'z', 'y')).toBe('39 ahead')
      floor.wait(1).print(seller, '100.00', 60)
      expect(floor.events()).toEqual(['trade o1 21 @ 100.00 added, leaves 29'])
    })

    it('growth is behind the order', () => {
      const floor = joined(factory, power(1))
      floor.level(bid, '100.00', 500)
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
    })

    it('trade before depth: the decrease that a print explains moves nothing again', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 200)
      floor.print(seller, '100.00', 60)
      expect(aheadOf(floor, 'a', 'b')).toBe('40 ahead')
      floor.wait(1)
      floor.level(bid, '100.00', 140)
      expect(aheadOf(floor, 'b', 'c')).toBe('40 ahead')
    })

    it('trade before depth: only the part beyond the print counts as withdrawn', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 200)
      floor.print(seller, '100.00', 50)
      floor.level(bid, '100.00', 120)
      // V = 50 of Q = 200, d = 80 - 50 = 30, a quarter of it ahead: floor(7.5)
      expect(aheadOf(floor, 'a', 'b')).toBe('43 ahead')
    })

    it('trade before depth: a print explains one depth change, not the next', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 200)
      floor.print(seller, '100.00', 50)
      floor.level(bid, '100.00', 150)
      floor.wait(1).level(bid, '100.00', 100)
      // V = 50 of Q = 150, d = 50: floor(50 / 3) ahead
      expect(aheadOf(floor, 'a', 'b')).toBe('34 ahead')
    })

    it('depth before trade: the decrease counts once for all prints of its moment', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.level(bid, '100.00', 60)
      floor.print(seller, '100.00', 25)
      floor.print(seller, '100.00', 25)
      expect(aheadOf(floor, 'a', 'b')).toBe('50 ahead')
    })

    it('depth before trade: decreases of one moment add up', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.level(bid, '100.00', 80)
      floor.level(bid, '100.00', 60)
      floor.print(seller, '100.00', 50)
      expect(aheadOf(floor, 'a', 'b')).toBe('50 ahead')
    })

    it('depth before trade: a print that was told already explains no later decrease', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 60)
      floor.print(seller, '100.00', 40)
      floor.wait(1).level(bid, '100.00', 120)
      floor.wait(1).level(bid, '100.00', 90)
      // V = 60 of Q = 120, d = 30, half of it ahead
      expect(aheadOf(floor, 'a', 'b')).toBe('45 ahead')
    })

    it('depth before trade: the rest of the print goes through the rest of the queue', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 200)
      floor.wait(1).level(bid, '100.00', 100)
      floor.print(seller, '100.00', 100)
      // the decrease took 50 off V = 100, the other 50 of the print take the rest
      expect(floor.events().slice(1)).toEqual([])
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
    })

    it('depth before trade: what it covered of a print is not in c', () => {
      const floor = joined(factory, power(1), 100)
      floor.level(bid, '100.00', 120)
      floor.wait(1).level(bid, '100.00', 60)
      floor.print(seller, '100.00', 20)
      // f = 100, b = 20, d = 60: 50 ahead, V = 50; the print is covered, c = 0
      floor.level(bid, '100.00', 48)
      // f = 50, b = 10, d = 12: 10 ahead
      expect(aheadOf(floor, 'a', 'b')).toBe('40 ahead')
    })

    it('depth before trade: a print that the decrease tells of explains no later decrease', () => {
      const floor = joined(factory, power(1), 150)
      floor.level(bid, '100.00', 200)
      floor.wait(1).level(bid, '100.00', 100)
      floor.print(seller, '100.00', 100)
      // f = 150, b = 50, d = 100: 75 ahead; the other 25 that the print takes off V are in the decrease, too
      floor.wait(1).level(bid, '100.00', 80)
      // f = 50, b = 50, d = 20
      expect(aheadOf(floor, 'a', 'b')).toBe('40 ahead')
    })

    it('prints of one moment, each with its level behind it, explain their own decreases and no other', () => {
      const floor = joined(factory, power(1), 150)
      floor.level(bid, '100.00', 200)
      floor.wait(1).print(seller, '100.00', 10)
      floor.level(bid, '100.00', 190)
      floor.print(seller, '100.00', 20)
      floor.level(bid, '100.00', 170)
      expect(aheadOf(floor, 'a', 'b')).toBe('120 ahead')
    })

    it('depth before trade: what the decrease took off the queue the print does not take again', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.level(bid, '100.00', 60)
      floor.print(seller, '100.00', 40)
      expect(aheadOf(floor, 'a', 'b')).toBe('60 ahead')
    })

    it('depth before trade: the print fills with what exceeded the queue before the decrease', () => {
      const floor = joined(factory, power(1), 30)
      floor.level(bid, '100.00', 100)
      floor.wait(1)
      floor.level(bid, '100.00', 50)
      // f = 30, b = 70, d = 50: 15 of it ahead, 15 left; the print would have passed 30 and given 20
      floor.print(seller, '100.00', 50)
      expect(floor.events()).toEqual(['new o1, 30 ahead', 'trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('depth before trade: a later print is another fact', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.level(bid, '100.00', 60)
      floor.wait(1)
      floor.print(seller, '100.00', 40)
      expect(aheadOf(floor, 'a', 'b')).toBe('20 ahead')
    })

    it('a level that vanishes and returns does not lead the order to the front', () => {
      const floor = joined(factory, riskAverse)
      floor.level(bid, '100.00', 0)
      floor.wait(1)
      floor.level(bid, '100.00', 80)
      expect(aheadOf(floor, 'a', 'b')).toBe('80 ahead')
      floor.level(bid, '100.00', 0)
      floor.wait(1)
      floor.level(bid, '100.00', 500)
      expect(aheadOf(floor, 'b', 'c')).toBe('80 ahead')
    })

    it('a snapshot does not lead the order to the front', () => {
      const floor = joined(factory, riskAverse)
      floor.event(() => {
        floor.clear()
        floor.level(bid, '100.00', 90)
        floor.level(ask, '100.01', 10)
      })
      expect(aheadOf(floor, 'a', 'b')).toBe('90 ahead')
    })

    it('a print where the level vanished still goes through the queue first', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.level(bid, '100.00', 0)
      floor.print(seller, '100.00', 120)
      expect(floor.events().slice(1)).toEqual(['trade o1 20 @ 100.00 added, leaves 30'])
    })

    it('another client at the price stands behind the first one’s rest as well', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.buy(50).at('100.00').day('z')
      floor.events()
      floor.print(seller, '100.00', 130)
      floor.print(seller, '100.00', 30)
      expect(floor.events()).toEqual([
        'trade o1 30 @ 100.00 added, leaves 20',
        'trade o1 20 @ 100.00 added, leaves 0',
        'trade o2 10 @ 100.00 added, leaves 40'
      ])
    })

    it('a client behind grown quantity is filled after the one before it', () => {
      const floor = joined(factory, riskAverse, 20)
      floor.level(bid, '100.00', 100)
      floor.buy(50).at('100.00').day('z')
      floor.events()
      floor.print(seller, '100.00', 90)
      floor.print(seller, '100.00', 90)
      expect(floor.events()).toEqual(['trade o1 50 @ 100.00 added, leaves 0', 'trade o2 50 @ 100.00 added, leaves 0'])
    })

    it('what is consumed at a price is no longer ahead there', () => {
      const floor = joined(factory, riskAverse, 100)
      floor.sell(40).at('100.00').ioc()
      expect(aheadOf(floor, 'a', 'b')).toBe('60 ahead')
      floor.buy(10).at('100.00').day('z')
      expect(floor.events()).toEqual(['new o3, 60 ahead'])
    })

    it('counts by what is displayed once a client has consumed', () => {
      const floor = new TradingFloor(factory, { queue: power(1) })
      floor.level(bid, '100.00', 100)
      floor.sell(50).at('100.00').ioc()
      floor.buy(10).at('100.00').day('a')
      floor.level(bid, '100.00', 150)
      floor.wait(1)
      floor.level(bid, '100.00', 75)
      // displayed 100 -> 50 as u falls from 50 to 25; f = 50, b = 50, d = 50: 25 ahead
      expect(aheadOf(floor, 'a', 'b')).toBe('25 ahead')
    })

    it('works for offers as for bids', () => {
      const floor = new TradingFloor(factory)
      floor.level(ask, '100.01', 40)
      floor.sell(20).at('100.01').day()
      floor.print(buyer, '100.01', 50)
      expect(floor.events()).toEqual(['new o1, 40 ahead', 'trade o1 10 @ 100.01 added, leaves 10'])
    })
  })
}
