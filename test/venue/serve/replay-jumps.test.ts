import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, nanos, SECOND, type EpochSeconds, type Nanos } from '../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import type { Speed } from '../../../src/venue/config/venue-config.js'
import type { MarketPacer } from '../../../src/venue/serve/market-pacer.js'
import { temporaryDirectory } from '../../market/support/temporary.js'
import { ReplayedVenue } from './support/replayed-venue.js'

/** 2024-05-10, a Friday. */
const FRIDAY: EpochSeconds = 1_715_299_200
const TERMS = { symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed: 'l3' } as const
const ACME = instrumentNo(0)
const at = (second: number): Nanos => nanos(14 * HOUR + second * SECOND)
const temporary = temporaryDirectory()

/** Orders of 10 at 100.00 to buy every second from 1 to 9, the first of them executed at 5; somebody sells at 100.05. */
function tape(): string {
  const path = temporary('acme.arrow')
  const metadata = {
    instruments: [TERMS],
    source: 'a test',
    timeZone: 'UTC',
    createdFrom: []
  } as const
  const out = new TapeWriter(path, metadata, FRIDAY)
  out.add(at(0), ACME, 100, SELL, price(10_005), quantity(7))
  out.eventEnd()
  for (let second = 1; second <= 9; second++) {
    if (second === 5) out.execute(at(5), ACME, 1, BUY, price(10_000), quantity(10))
    else out.add(at(second), ACME, second, BUY, price(10_000), quantity(10))
    out.eventEnd()
  }
  out.close()
  return path
}

describe('a replay that goes back', () => {
  let run: ReplayedVenue
  let pacer: MarketPacer

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }))
  afterEach(() => {
    run.close()
    vi.useRealTimers()
  })

  function replay(speed: Speed, trades: (time: Nanos) => boolean = () => true): void {
    const journal = temporary(`${expect.getState().currentTestName?.replaceAll(/\W/g, '-')}.db`)
    run = new ReplayedVenue({ tapes: [tape()], speed, journal, trades })
    pacer = run.pacer
  }

  /** Quantity at the bid, as orders of 10. */
  const orders = (): number => run.bid / 10

  it('begins anew at its end, the next day: DAY orders have expired, others met the market again', () => {
    replay(1)
    pacer.loop = true
    pacer.start()
    run.pass(2.5)
    run.order('day', 'day')
    run.order('gtc', 'gtc')
    run.pass(1.6)
    expect(orders()).toBe(4)
    run.pass(5.1)
    expect(run.jumps).toEqual([{ time: expect.any(Number) as number, position: at(0) - 1, marketShift: DAY }])
    expect(run.told).toEqual(['new day ahead 20', 'new gtc ahead 20', 'expired day'])
    // The second pass began when the first was over, and runs at its own time of day.
    expect(Math.floor((pacer.time - DAY - at(0)) / SECOND)).toBe(0)
    run.pass(6)
    // Nobody knows who was first overnight: the order keeps the place that it had, the front.
    expect(run.told).toEqual(['new day ahead 20', 'new gtc ahead 20', 'expired day', 'trade gtc'])
    run.expectSameAgain()
  })

  it('runs pass after pass at full speed, until venue time ends', () => {
    replay('max')
    pacer.loop = true
    pacer.start()
    run.pass(30)
    expect(pacer.state).toBe('ended')
    expect(run.jumps.map(({ marketShift }) => marketShift / DAY)).toEqual(Array.from({ length: 103 }, (_, n) => n + 1))
    run.expectSameAgain()
  })

  it('begins anew on days of trading only', () => {
    const weekday = (time: Nanos): number => new Date((FRIDAY + time / 1e9) * 1000).getUTCDay()
    replay('max', (time) => ![0, 6].includes(weekday(time)))
    pacer.loop = true
    pacer.start()
    run.pass(3)
    expect(run.jumps.slice(0, 7).map(({ marketShift }) => marketShift / DAY)).toEqual([3, 4, 5, 6, 7, 10, 11])
  })

  it('is taken back to the books of a moment, and goes on from there on the next day', async () => {
    replay(1)
    pacer.start()
    run.pass(3.5)
    run.order('gtc', 'gtc')
    run.pass(3)
    expect([orders(), run.told]).toEqual([4, ['new gtc ahead 30']])
    expect(await pacer.seek(at(2.5))).toBe(at(2.5) + DAY)
    expect(run.jumps).toMatchObject([{ position: at(2.5), marketShift: DAY }])
    expect(run.venue.exchange.marketDepth(ACME, SELL, 5)).toEqual([{ price: 10_005, qty: 7 }])
    run.pass(1)
    expect([orders(), pacer.state]).toEqual([3, 'running'])
    run.expectSameAgain()
  })

  it('stays where it is taken while it is paused, and steps on from there', async () => {
    replay(1)
    pacer.start()
    run.pass(7)
    pacer.pause()
    const to = await pacer.seek(at(4))
    expect([to, orders(), pacer.state]).toEqual([at(4) + DAY, 4, 'paused'])
    expect([await pacer.stepEvents(1), orders()]).toEqual([at(5) + DAY, 3])
    // Once more, further back, on the day after.
    expect([await pacer.seek(nanos(at(1) + DAY)), orders()]).toEqual([at(1) + 2 * DAY, 1])
    expect(() => pacer.seek(at(3))).toThrow('the present pass over the market began later than that')
    run.expectSameAgain()
  })

  it('begins anew by clients’ times in lockstep', () => {
    replay('lockstep')
    pacer.loop = true
    pacer.start()
    pacer.reach(at(20))
    expect([pacer.time, orders(), run.jumps.length]).toEqual([at(20), 7, 0])
    pacer.reach(nanos(at(3) + DAY))
    expect([pacer.time, orders(), run.jumps.length]).toEqual([at(3) + DAY, 3, 1])
    run.expectSameAgain()
  })
})
