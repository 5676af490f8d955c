import { describe, expect, it } from 'vitest'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { ask, bid, buyer, seller, TradingFloor } from '../support/trading-floor.js'

/** Feed order 1 (100), the client's o1 (50), feed order 2 (100), all bidding 100.00. */
function queued(factory: ExchangeFactory): TradingFloor {
  const floor = new TradingFloor(factory, { feed: 'l3' })
  floor.add(1, bid, '100.00', 100)
  floor.buy(50).at('100.00').day('a')
  floor.add(2, bid, '100.00', 100)
  floor.events()
  return floor
}

function aheadOf(floor: TradingFloor, clOrdId: string, newId: string): string {
  floor.events()
  floor.replace(clOrdId, {}, newId)
  return floor.events()[0].split(', ').at(-1) ?? ''
}

export function orderQueue(factory: ExchangeFactory): void {
  describe('queue on L3', () => {
    it('an execution ahead of a client moves the queue and fills nothing', () => {
      const floor = queued(factory)
      floor.execute(1, 60)
      expect(floor.events()).toEqual([])
      expect(aheadOf(floor, 'a', 'b')).toBe('40 ahead')
    })

    it('an execution behind a client fills it, at most by what was printed', () => {
      const floor = queued(factory)
      floor.execute(2, 30)
      floor.execute(2, 70)
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 20', 'trade o1 20 @ 100.00 added, leaves 0'])
    })

    it('clients ahead of an execution are filled in the order of the queue', () => {
      const floor = queued(factory)
      floor.buy(50).at('100.00').day()
      floor.add(3, bid, '100.00', 100)
      floor.buy(50).at('100.00').day()
      floor.events()
      floor.execute(3, 80)
      expect(floor.events()).toEqual(['trade o1 50 @ 100.00 added, leaves 0', 'trade o2 30 @ 100.00 added, leaves 20'])
    })

    it('a withdrawal ahead moves the queue', () => {
      const floor = queued(factory)
      floor.reduce(1, 30)
      expect(aheadOf(floor, 'a', 'b')).toBe('70 ahead')
      floor.remove(1)
      expect(aheadOf(floor, 'b', 'c')).toBe('0 ahead')
    })

    it('a withdrawal behind moves nothing', () => {
      const floor = queued(factory)
      floor.remove(2)
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
    })

    it('trap: one order’s delete leaves the rest of its level', () => {
      const floor = queued(factory)
      floor.add(3, bid, '100.00', 70)
      floor.remove(2)
      expect(floor.depth(bid)).toEqual(['220 @ 100.00'])
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
    })

    it('a smaller quantity at the same price keeps a feed order’s place', () => {
      const floor = queued(factory)
      floor.modify(1, bid, '100.00', 80)
      expect(aheadOf(floor, 'a', 'b')).toBe('80 ahead')
    })

    it('the same quantity at the same price keeps a feed order’s place', () => {
      const floor = queued(factory)
      floor.modify(1, bid, '100.00', 100)
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
    })

    it('a larger quantity sends a feed order to the back', () => {
      const floor = queued(factory)
      floor.modify(1, bid, '100.00', 101)
      expect(aheadOf(floor, 'a', 'b')).toBe('0 ahead')
      floor.execute(1, 10)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 40'])
    })

    it('a new price takes a feed order away', () => {
      const floor = queued(factory)
      floor.modify(1, bid, '99.99', 100)
      expect(floor.depth(bid)).toEqual(['150 @ 100.00', '100 @ 99.99'])
    })

    it('an unknown id is added by a modify, and ignored by reduce and remove', () => {
      const floor = queued(factory)
      floor.modify(7, bid, '99.99', 40)
      floor.reduce(8, 10)
      floor.remove(9)
      expect(floor.depth(bid)).toEqual(['250 @ 100.00', '40 @ 99.99'])
    })

    it('an add of a known id is a modify', () => {
      const floor = queued(factory)
      floor.add(1, bid, '99.99', 40)
      expect(floor.depth(bid)).toEqual(['150 @ 100.00', '40 @ 99.99'])
    })

    it('no more is withdrawn or executed than an order has', () => {
      const floor = queued(factory)
      floor.reduce(1, 1000)
      floor.execute(2, 1000)
      expect(floor.events()).toEqual(['trade o1 50 @ 100.00 added, leaves 0'])
      expect(floor.depth(bid)).toEqual([])
    })

    it('a fact without quantity says nothing', () => {
      const floor = queued(factory)
      floor.add(5, bid, '99.00', 0)
      floor.reduce(1, 0)
      floor.execute(2, 0)
      expect(floor.depth(bid)).toEqual(['250 @ 100.00'])
      expect(floor.events()).toEqual([])
    })

    it('level: growth stands at the back without id', () => {
      const floor = queued(factory)
      floor.level(bid, '100.00', 260)
      floor.buy(10).at('100.00').day('z')
      expect(floor.events()).toEqual(['new o2, 260 ahead'])
    })

    it('level: shrinkage leaves from quantities without id, last first, then from the back', () => {
      const floor = queued(factory)
      floor.level(bid, '100.00', 230)
      floor.buy(10).at('100.00').day('y')
      floor.level(bid, '100.00', 250)
      floor.level(bid, '100.00', 225)
      // the 20 behind y are gone, and 5 of the 30 ahead of it
      expect(aheadOf(floor, 'y', 'y2')).toBe('225 ahead')
      floor.level(bid, '100.00', 150)
      // the last 25 without id, then 50 of feed order 2
      expect(aheadOf(floor, 'y2', 'y3')).toBe('150 ahead')
      expect(aheadOf(floor, 'a', 'b')).toBe('100 ahead')
      floor.level(bid, '100.00', 80)
      expect(aheadOf(floor, 'b', 'c')).toBe('80 ahead')
    })

    it('level: quantities without id leave before an order that stands behind them', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.level(bid, '100.00', 40)
      floor.buy(10).at('100.00').day('a')
      floor.add(1, bid, '100.00', 30)
      floor.level(bid, '100.00', 50)
      // 20 of the 40 without id, none of order 1
      expect(aheadOf(floor, 'a', 'b')).toBe('20 ahead')
      floor.execute(1, 5)
      expect(floor.events()).toEqual(['trade o1 5 @ 100.00 added, leaves 5'])
    })

    it('offers too: an unknown execution without a place fills better limits only', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.sell(10).at('100.01').day()
      floor.sell(10).at('100.00').day()
      floor.add(1, ask, '100.01', 10)
      floor.events()
      floor.executeUnknown(ask, '100.01', 50)
      expect(floor.events()).toEqual(['trade o2 10 @ 100.00 added, leaves 0'])
    })

    it('an execution of an unknown id takes the frontmost quantity without id', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.level(bid, '100.00', 40)
      floor.buy(10).at('100.00').day('a')
      floor.level(bid, '100.00', 70)
      floor.buy(10).at('100.00').day('b')
      floor.events()
      floor.executeUnknown(bid, '100.00', 25)
      expect(floor.events()).toEqual([])
      expect(floor.marketDepth(bid)).toEqual(['45 @ 100.00'])
      expect(aheadOf(floor, 'a', 'a2')).toBe('15 ahead')
    })

    it('an execution of an unknown id fills clients ahead of the frontmost quantity without id', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.buy(10).at('100.00').day('a')
      floor.level(bid, '100.00', 30)
      floor.buy(10).at('100.00').day('b')
      floor.level(bid, '100.00', 60)
      floor.events()
      floor.executeUnknown(bid, '100.00', 45)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 0'])
      expect(floor.marketDepth(bid)).toEqual(['15 @ 100.00'])
    })

    it('an execution of an unknown id where nothing without id stands is a hidden print', () => {
      const floor = queued(factory)
      floor.buy(10).at('100.01').day()
      floor.events()
      floor.executeUnknown(bid, '100.00', 100)
      expect(floor.events()).toEqual(['trade o2 10 @ 100.01 added, leaves 0'])
      expect(floor.marketDepth(bid)).toEqual(['200 @ 100.00'])
    })

    it('an execution fills better limits first, from the same budget', () => {
      const floor = queued(factory)
      floor.buy(20).at('100.01').day()
      floor.buy(20).at('100.02').day()
      floor.events()
      floor.execute(2, 60)
      expect(floor.events()).toEqual([
        'trade o3 20 @ 100.02 added, leaves 0',
        'trade o2 20 @ 100.01 added, leaves 0',
        'trade o1 20 @ 100.00 added, leaves 30'
      ])
    })

    it('clear voids the market side and leaves the clients', () => {
      const floor = queued(factory)
      floor.clear()
      expect(floor.depth(bid)).toEqual(['50 @ 100.00'])
      floor.execute(2, 10)
      expect(floor.events()).toEqual([])
    })

    it('trap: a snapshot does not bring a client to the front: orders that are told again stand where they stood', () => {
      const floor = queued(factory)
      floor.event(() => {
        floor.clear()
        floor.add(2, bid, '100.00', 80)
        floor.add(3, bid, '100.00', 40)
        floor.add(1, bid, '100.00', 70)
      })
      expect(floor.queueAhead('a')).toBe(70)
      floor.execute(1, 70)
      expect(floor.events()).toEqual([])
      floor.execute(2, 30)
      expect(floor.events()).toEqual(['trade o1 30 @ 100.00 added, leaves 20'])
    })

    it('an order that a snapshot tells with more quantity or at another price has lost its place', () => {
      for (const [at, qty] of [
        ['100.00', 101],
        ['99.99', 100]
      ] as const) {
        const floor = queued(factory)
        floor.clear()
        floor.clear()
        floor.add(1, bid, at, qty)
        expect(floor.queueAhead('a')).toBe(0)
      }
    })

    it('a book that is voided twice is remembered, one that was told meanwhile is not', () => {
      const floor = queued(factory)
      floor.clear()
      floor.clear()
      floor.add(1, bid, '100.00', 100)
      expect(floor.queueAhead('a')).toBe(100)
      floor.clear()
      floor.add(2, bid, '100.00', 100)
      floor.clear()
      floor.add(1, bid, '100.00', 100)
      expect(floor.queueAhead('a')).toBe(0)
    })

    it('an execution of what clients took goes on to those behind it, through what is still displayed', () => {
      const floor = new TradingFloor(factory, { feed: 'l3' })
      floor.add(1, bid, '100.00', 100)
      floor.add(2, bid, '100.00', 30)
      floor.buy(50).at('100.00').day('a')
      floor.add(3, bid, '100.00', 100)
      floor.as(1).sell(80).at('100.00').ioc()
      floor.events()
      // 20 of order 1 and order 2 are still ahead
      floor.execute(1, 40)
      expect(floor.events()).toEqual([])
      floor.as(1).sell(24).at('100.00').ioc()
      floor.events()
      expect(floor.as(0).queueAhead('a')).toBe(0)
      floor.execute(1, 10)
      expect(floor.events()).toEqual(['trade o1 10 @ 100.00 added, leaves 40'])
    })

    it('knows ids per instrument', () => {
      const floor = new TradingFloor(factory, { feed: 'l3', instruments: 2 })
      floor.on(0).add(1, bid, '100.00', 10)
      floor.on(1).add(1, ask, '50.00', 20)
      floor.on(1).remove(1)
      expect(floor.on(0).depth(bid)).toEqual(['10 @ 100.00'])
      expect(floor.on(1).depth(ask)).toEqual([])
    })

    it('does not know the facts of other feeds', () => {
      const floor = queued(factory)
      floor.quote(bid, '100.05', 10)
      floor.print(seller, '99.00', 100)
      floor.print(buyer, '100.00', 100)
      expect(floor.depth(bid)).toEqual(['250 @ 100.00'])
      expect(floor.events()).toEqual([])
    })

    it('other feeds do not know per-order facts', () => {
      for (const feed of ['l2', 'l1'] as const) {
        const floor = new TradingFloor(factory, { feed })
        floor.buy(10).at('100.00').day()
        floor.events()
        floor.add(1, ask, '99.00', 10)
        floor.modify(2, bid, '99.00', 10)
        floor.execute(2, 10)
        floor.reduce(2, 1)
        floor.remove(2)
        if (feed === 'l1') floor.level(ask, '99.00', 10)
        else floor.quote(ask, '99.00', 10)
        expect(floor.events()).toEqual([])
        expect(floor.marketDepth(bid)).toEqual([])
        expect(floor.marketDepth(ask)).toEqual([])
      }
    })
  })
}
