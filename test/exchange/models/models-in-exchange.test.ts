import { describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { ModelFloor } from './support/model-floor.js'

const HALF = nanos(20 * SECOND)
const refill: Partial<ModelSettings> = { preset: 'consume+refill', refill: { probability: 1, halfLife: HALF } }
/** sigma 1 %, ADV 1,000,000, price near 1000: 10,000 shares move the price by a tick, 40,000 by 2. */
const impact: Partial<ModelSettings> = {
  preset: 'impact',
  refill: { probability: 0, halfLife: 'never' },
  impact: { SYM: { volatility: 0.01, averageDailyVolume: 1_000_000 } }
}

describe('refill in the book', () => {
  it('what was taken returns with the events of the feed, half in every half-life', () => {
    const floor = new ModelFloor('l2', refill)
    floor.ladder(0, 100)
    floor.order(1, BUY, 80, 1001)
    expect(floor.depth(SELL, 1)).toBe('20 @ 1001')
    floor.tick(21)
    expect(floor.depth(SELL, 1)).toBe('60 @ 1001')
    floor.exchange.advance(nanos(41 * SECOND))
    expect(floor.depth(SELL, 1)).toBe('60 @ 1001')
    floor.tick(41)
    expect(floor.depth(SELL, 1)).toBe('80 @ 1001')
  })

  it('what returns within a client’s limit meets the client, at the client’s limit', () => {
    const floor = new ModelFloor('l2', refill)
    floor.ladder(0, 100)
    floor.order(1, BUY, 160, 1001)
    expect([floor.reports(), floor.depth(BUY, 1)]).toEqual([['o1 new', 'o1 100 @ 1001'], '60 @ 1001'])
    floor.tick(21)
    expect([floor.reports(), floor.depth(BUY, 1), floor.depth(SELL, 1)]).toEqual([
      ['o1 50 @ 1001'],
      '10 @ 1001',
      '100 @ 1002'
    ])
  })

  it('h = 0 and every depletion returns: as if the tape were not touched', () => {
    const run = (models: Partial<ModelSettings>): unknown => {
      const floor = new ModelFloor('l2', models)
      floor.ladder(0, 100)
      for (let second = 1; second < 6; second++) {
        floor.order(second, BUY, 150, 1002)
        floor.order(second, SELL, 70, 998)
      }
      return [floor.reports(), floor.depth(BUY), floor.depth(SELL)]
    }
    expect(run({ preset: 'consume+refill', refill: { probability: 1, halfLife: nanos(0) } })).toEqual(
      run({ preset: 'observer' })
    )
  })

  it('no depletion returns, or never: as `consume`', () => {
    const run = (models: Partial<ModelSettings>): unknown => {
      const floor = new ModelFloor('l2', models)
      floor.ladder(0, 100)
      for (let second = 1; second < 6; second++) {
        floor.order(second, BUY, 30, 1002)
        floor.levels(second + 0.5, [SELL, 1001, 100 - 10 * second])
      }
      return [floor.reports(), floor.depth(BUY), floor.depth(SELL)]
    }
    const consumed = run({ preset: 'consume' })
    expect(run({ preset: 'consume+refill', refill: { probability: 0, halfLife: HALF } })).toEqual(consumed)
    expect(run({ preset: 'consume+refill', refill: { probability: 1, halfLife: 'never' } })).toEqual(consumed)
  })
})

describe('prices that react', () => {
  it('the ladder moves by whole ticks after the command, and the feed’s own prices stay as they are', () => {
    const floor = new ModelFloor('l2', impact)
    floor.ladder(0, 20_000)
    floor.order(1, BUY, 10_000, 0)
    expect([floor.reports(), floor.depth(SELL, 2), floor.depth(BUY, 1), floor.marketDepth(SELL, 1)]).toEqual([
      ['o1 new', 'o1 10000 @ 1001'],
      '10000 @ 1002, 20000 @ 1003',
      '20000 @ 1000',
      '20000 @ 1001'
    ])
  })

  it('the facts of the feed come at moved prices: levels, prints and fills', () => {
    const floor = new ModelFloor('l2', impact)
    floor.ladder(0, 20_000)
    floor.order(1, BUY, 10_000, 0)
    floor.trade(1, BUY, 1001, 500)
    floor.levels(1, [SELL, 1001, 700])
    expect([floor.prints(), floor.depth(SELL, 1)]).toEqual([['500 @ 1002'], '350 @ 1002'])
    floor.order(1, BUY, 1, 0)
    expect(floor.reports().at(-1)).toBe('o2 1 @ 1002')
  })

  it('it fades with the events of the feed, and a third stays', () => {
    const floor = new ModelFloor('l2', impact)
    floor.ladder(0, 200_000)
    floor.order(1, BUY, 90_000, 0)
    const asks = [1, 1.5, 4, 9, 1000].map((second) => {
      floor.tick(second)
      return floor.depth(SELL, 1)
    })
    expect(asks).toEqual(['1004', '1003', '1003', '1002', '1002'].map((at) => `110000 @ ${at}`))
  })

  it('a client’s order stays where it is: the market’s orders come to it, and fill it', () => {
    const floor = new ModelFloor('l2', impact)
    floor.ladder(0, 200_000)
    floor.order(1, SELL, 30, 1002)
    floor.reports()
    floor.order(2, BUY, 40_000, 0, 1)
    // Two ticks up: the bids at 999, 998 stand at 1001, 1000.
    expect([floor.reports(), floor.depth(BUY, 1)]).toEqual([['o2 new', 'o2 40000 @ 1001'], '200000 @ 1001'])
    floor.order(2, BUY, 120_000, 0, 1)
    // Four ticks in all: the bid at 999 stands at 1003 and takes the client's offer at its limit.
    expect(floor.reports()).toEqual(['o3 new', 'o3 30 @ 1002', 'o1 30 @ 1002', 'o3 119970 @ 1003'])
  })

  it('a bid that comes within a client’s limit fills the client at its limit', () => {
    const floor = new ModelFloor('l2', impact)
    floor.ladder(0, 200_000)
    floor.order(1, SELL, 30, 1001)
    floor.reports()
    floor.order(2, BUY, 40_000, 1001, 1)
    expect(floor.reports()).toEqual(['o2 new', 'o2 40000 @ 1001', 'o1 30 @ 1001'])
    expect([floor.depth(BUY, 1), floor.depth(SELL, 1)]).toEqual(['199970 @ 1001', '160000 @ 1003'])
  })

  it('V after a move is at most what stands there now', () => {
    const floor = new ModelFloor('l2', impact)
    floor.levels(0, [BUY, 999, 50_000], [BUY, 998, 700], [SELL, 1001, 50_000])
    floor.order(1, BUY, 10, 999)
    floor.order(2, BUY, 10_000, 1001, 1)
    // The 700 of 998 stand at 999 now, before the client and behind nobody.
    floor.trade(2, SELL, 998, 705)
    expect(floor.reports().filter((line) => line.startsWith('o1'))).toEqual(['o1 new', 'o1 5 @ 999'])
  })

  it('L3: orders move with their places', () => {
    const floor = new ModelFloor('l3', impact)
    const no = instrumentNo(0)
    const add = (second: number, id: number, side: 1 | -1, at: number, qty: number): void => {
      floor.exchange.add(nanos(second * SECOND), no, id, side, price(at), quantity(qty))
      floor.exchange.eventEnd(nanos(second * SECOND), no)
    }
    add(0, 1, SELL, 1001, 50_000)
    add(0, 2, BUY, 998, 100)
    floor.order(1, BUY, 10, 999)
    add(2, 3, BUY, 998, 100)
    floor.order(3, BUY, 10_000, 1001, 1)
    expect([floor.depth(BUY), floor.marketDepth(BUY)]).toEqual(['210 @ 999', '200 @ 998'])
    floor.reports()
    const execute = (id: number, qty: number): void => {
      floor.exchange.execute(nanos(3 * SECOND), no, id, BUY, price(998), quantity(qty))
      floor.exchange.eventEnd(nanos(3 * SECOND), no)
    }
    execute(2, 100)
    expect(floor.reports()).toEqual([])
    execute(3, 4)
    expect(floor.reports()).toEqual(['o1 4 @ 999'])
  })

  it('L1: who waited for the best price is reached where it comes by a move', () => {
    const floor = new ModelFloor('l1', impact)
    const no = instrumentNo(0)
    const quote = (second: number, side: 1 | -1, at: number, qty: number): void => {
      floor.exchange.quote(nanos(second * SECOND), no, side, price(at), quantity(qty))
      floor.exchange.eventEnd(nanos(second * SECOND), no)
    }
    quote(0, BUY, 999, 50_000)
    quote(0, SELL, 1001, 50_000)
    const resting = floor.order(1, SELL, 10, 1002)
    floor.order(2, BUY, 10_000, 1001, 1)
    expect(floor.exchange.workingOrders().length).toBe(1)
    floor.reports()
    floor.trade(2, BUY, 1001, 40_005)
    expect(floor.reports()).toEqual([`${resting} 5 @ 1002`])
  })

  it('a run is the same again, bit for bit', () => {
    const run = (): string => {
      const floor = new ModelFloor('l2', { ...impact, refill: { probability: 0.5, halfLife: HALF } })
      floor.ladder(0, 20_000)
      for (let second = 1; second < 200; second++) {
        floor.order(second, second % 3 === 0 ? SELL : BUY, 1 + ((second * 977) % 5_000), 0)
        floor.trade(second, second % 2 === 0 ? BUY : SELL, 1000 + (second % 2 === 0 ? 1 : -1), 300)
      }
      return floor.exchange.stateHash()
    }
    expect(run()).toBe(run())
  })
})

describe('latency by session and kind', () => {
  const models: Partial<ModelSettings> = {
    latency: {
      kind: 'drawn',
      new: { kind: 'uniform', min: nanos(1e9), max: nanos(5e9) },
      replace: { kind: 'constant', value: nanos(2e9) },
      cancel: { kind: 'constant', value: nanos(1) },
      report: { kind: 'constant', value: nanos(1e9) },
      sessions: {
        COLO: { new: { kind: 'constant', value: nanos(1000) }, report: { kind: 'constant', value: nanos(0) } }
      }
    }
  }

  it('a fast session overtakes a slow one; within a session nothing overtakes', () => {
    const floor = new ModelFloor('l2', models, ['SLOW', 'COLO'])
    floor.ladder(0, 100)
    const slow = floor.order(1, BUY, 10, 1001)
    floor.cancel(1, slow)
    floor.order(1.5, BUY, 100, 1001, 1)
    floor.exchange.advance(nanos(60 * SECOND))
    // The cancel is faster than the order that it follows, and arrives with it.
    expect(floor.reports()).toEqual(['o3 new', 'o3 100 @ 1001', 'o1 new', 'o1 canceled'])
  })

  it('a cancel under way loses the race when the fill comes first', () => {
    const floor = new ModelFloor('l2', {
      latency: {
        ...(models.latency as Extract<ModelSettings['latency'], { kind: 'drawn' }>),
        new: { kind: 'constant', value: nanos(0) },
        cancel: { kind: 'constant', value: nanos(2e9) }
      }
    })
    floor.levels(0, [BUY, 999, 0], [SELL, 1001, 100])
    const order = floor.order(1, BUY, 10, 999)
    floor.cancel(2, order)
    floor.trade(3, SELL, 999, 10)
    floor.exchange.advance(nanos(60 * SECOND))
    expect(floor.reports()).toEqual(['o1 new', 'o1 10 @ 999', 'o2 requestRejected'])
  })

  it('latency and feed: the report of a session leaves in the order of its events', () => {
    const floor = new ModelFloor('l2', {
      latency: {
        kind: 'drawn',
        ...{
          new: { kind: 'constant', value: nanos(0) },
          replace: { kind: 'constant', value: nanos(0) },
          cancel: { kind: 'constant', value: nanos(0) },
          report: { kind: 'lognormal', median: nanos(1e9), sigma: 1 }
        }
      } as const
    })
    floor.ladder(0, 100)
    for (let second = 1; second < 100; second++) floor.order(second, BUY, 1, 990, second % 2)
    floor.exchange.advance(nanos(1000 * SECOND))
    const events = floor.events()
    for (const session of [0, 1]) {
      const own = events.filter((event) => event.kind === 'new' && event.terms.session === session)
      expect(own.map(({ execId }) => execId)).toEqual([...own.map(({ execId }) => execId)].sort((a, b) => a - b))
    }
    const leaving = events.map(({ publishAt }) => publishAt)
    expect(leaving).toEqual([...leaving].sort((a, b) => a - b))
    expect(events.map(({ execId }) => execId)).not.toEqual(
      [...events.map(({ execId }) => execId)].sort((a, b) => a - b)
    )
  })
})
