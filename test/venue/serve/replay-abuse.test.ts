import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  DAY,
  HOUR,
  LAST_TIME,
  MILLISECOND,
  nanos,
  SECOND,
  type EpochSeconds,
  type Nanos
} from '../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import type { Speed } from '../../../src/venue/config/venue-config.js'
import { temporaryDirectory } from '../../market/support/temporary.js'
import { ReplayedVenue, type ReplayedVenueOptions } from './support/replayed-venue.js'

/** 2024-05-10, a Friday. */
const FRIDAY: EpochSeconds = 1_715_299_200
const ACME = instrumentNo(0)
const temporary = temporaryDirectory()
const at = (second: number): Nanos => nanos(14 * HOUR + Math.round(second * SECOND))

/** A bid at 100.00 whose quantity says which fact of the tape was the last: 1, 2, 3, … at these times. */
function tape(name: string, times: readonly Nanos[], symbol = 'ACME', epoch = FRIDAY): string {
  const path = temporary(`${name}.arrow`)
  const instruments = [{ symbol, tickSize: '0.01', lotSize: '1', feed: 'l2' }] as const
  const out = new TapeWriter(path, { instruments, source: 'a test', timeZone: 'UTC', createdFrom: [] }, epoch)
  times.forEach((time, i) => {
    out.level(time, ACME, BUY, price(10_000), quantity(i + 1))
    out.eventEnd()
  })
  out.close()
  return path
}

/** 20,000 facts in 20 seconds: several turns of the event loop. */
const LONG = tape(
  'long',
  Array.from({ length: 20_000 }, (_, ms) => at(ms / 1000))
)

describe('a replay that is used otherwise than one should', () => {
  let run: ReplayedVenue

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }))
  afterEach(() => {
    run.close()
    vi.useRealTimers()
  })

  function replay(speed: Speed, tapes = [LONG], more: Partial<ReplayedVenueOptions> = {}): ReplayedVenue {
    const journal = temporary(`${expect.getState().currentTestName?.replaceAll(/\W/g, '-')}.db`)
    return (run = new ReplayedVenue({ tapes, speed, journal, ...more }))
  }

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses steps of %s, and stays as it is', (count) => {
    const { pacer } = replay(1)
    pacer.start()
    expect(() => pacer.stepEvents(count)).toThrow('expected a whole number of events from 1')
    expect(() => pacer.stepTime(nanos(count))).toThrow('expected a whole number of nanoseconds from 1')
    expect(pacer.state).toBe('running')
  })

  it('steps by more than there is to the end, by time to the last time that there is', async () => {
    const { pacer } = replay(1)
    const stepped = pacer.stepEvents(Number.MAX_SAFE_INTEGER)
    expect(pacer.state).toBe('seeking')
    vi.runAllTimers()
    expect([await stepped, run.bid, pacer.state]).toEqual([at(19.999), 20_000, 'ended'])
    expect(await pacer.stepTime(nanos(Number.MAX_SAFE_INTEGER))).toBe(LAST_TIME)
    run.order('last', 'day')
    expect(run.told).toEqual(['new last ahead 20000'])
    run.expectSameAgain()
  })

  it('steps over the end where it loops: the first event of a pass is one of the steps', async () => {
    const { pacer } = replay(1, [tape('three', [at(1), at(2), at(3)])])
    pacer.loop = true
    const seen: number[] = []
    for (let step = 0; step < 8; step++) {
      await pacer.stepEvents(1)
      seen.push(run.bid)
    }
    expect([seen, run.jumps.length]).toEqual([[2, 3, 1, 2, 3, 1, 2, 3], 2])
    run.expectSameAgain()
  })

  it('refuses to seek what is no time or before the start; behind the end it goes to the end', async () => {
    const { pacer } = replay(1)
    for (const to of [Number.NaN, Infinity, -Infinity, 0.5]) {
      expect(() => pacer.seek(nanos(to))).toThrow('expected a whole number of nanoseconds')
    }
    expect(() => pacer.seek(nanos(at(0) - 1))).toThrow('the present pass over the market began later than that')
    expect(() => pacer.seek(nanos(-5))).toThrow('the present pass over the market began later than that')
    const sought = pacer.seek(nanos(Number.MAX_SAFE_INTEGER))
    vi.runAllTimers()
    expect([await sought, run.bid]).toEqual([at(19.999), 20_000])
    // And from there to the very beginning, which is the place of the first fact.
    expect([await pacer.seek(at(0)), run.bid]).toEqual([at(0) + DAY, 1])
    run.expectSameAgain()
  })

  it('goes to the end where it is told to go back to a time behind it, as long as there are days', async () => {
    const { pacer } = replay(1, [tape('ended', [at(1), at(2)])])
    pacer.start()
    run.pass(5)
    expect([pacer.state, pacer.time]).toEqual(['ended', at(6)])
    expect([await pacer.seek(at(4)), run.bid]).toEqual([at(2) + DAY, 2])
    await pacer.stepTime(LAST_TIME)
    expect(() => pacer.seek(nanos(LAST_TIME - 1))).toThrow('venue time ends 104 days after its first day')
    run.expectSameAgain()
  })

  it('includes a fact whose time it goes to exactly, forward and back', async () => {
    const { pacer } = replay('lockstep')
    expect([await pacer.seek(at(1.5)), run.bid]).toEqual([at(1.5), 1501])
    expect([await pacer.seek(at(0.5)), run.bid]).toEqual([at(0.5) + DAY, 501])
    expect([await pacer.seek(nanos(at(0.25) - 1 + DAY)), run.bid]).toEqual([at(0.25) - 1 + 2 * DAY, 250])
  })

  it('arrives though it is paused, told to loop or to start on the way, and stands there', async () => {
    const { pacer } = replay(1)
    const sought = pacer.seek(at(18))
    expect(pacer.state).toBe('seeking')
    pacer.start()
    pacer.loop = true
    pacer.pause()
    vi.runAllTimers()
    expect([await sought, pacer.state, run.bid]).toEqual([at(18), 'paused', 18_001])
    pacer.resume()
    run.pass(1)
    expect([pacer.time, pacer.state]).toEqual([at(19), 'running'])
  })

  it('gives a way up for another: back for back, back for forward, forward for steps', async () => {
    const { pacer } = replay(1)
    const forward = pacer.seek(at(19))
    vi.runAllTimers()
    await forward
    const first = pacer.seek(at(18))
    const second = pacer.seek(at(17))
    expect(await first).toBe(at(19))
    expect(pacer.state).toBe('seeking')
    const third = pacer.seek(at(19.5))
    expect(await second).toBe(at(19))
    expect(await third).toBe(at(19.5))
    const fourth = pacer.seek(at(18))
    expect(await pacer.stepEvents(3)).toBe(at(19.503))
    expect([await fourth, pacer.state, run.jumps]).toEqual([at(19.5), 'paused', []])
    vi.runAllTimers()
    expect(pacer.time).toBe(at(19.503))
    run.expectSameAgain()
  })

  it('goes back to the place that was meant, though the tapes begin anew on the way', async () => {
    const { pacer } = replay('lockstep')
    pacer.loop = true
    pacer.reach(at(19))
    const sought = pacer.seek(at(18))
    pacer.reach(nanos(at(2) + DAY))
    expect([pacer.time, pacer.state]).toEqual([at(2) + DAY, 'seeking'])
    vi.runAllTimers()
    expect([await sought, run.bid]).toEqual([at(18) + 2 * DAY, 18_001])
    run.expectSameAgain()
  })

  it('lets what is under way arrive before it goes back, and trades with no book meanwhile', async () => {
    const latency = { kind: 'constant', inbound: nanos(50 * MILLISECOND), outbound: nanos(20 * MILLISECOND) } as const
    const { pacer } = replay(1, [LONG], { latency })
    pacer.start()
    run.pass(2)
    run.order('gtc', 'gtc')
    run.order('day', 'day')
    expect(run.told).toEqual([])
    const sought = pacer.seek(at(1))
    vi.runAllTicks()
    while (pacer.state === 'seeking') vi.advanceTimersToNextTimer()
    expect([await sought, run.told]).toEqual([at(1) + DAY, ['new gtc ahead 0', 'new day ahead 0']])
    run.pass(1)
    run.expectSameAgain()
  })

  it.each([0.001, 1_000_000])('runs %s times as fast as the clock', (speed) => {
    const { pacer } = replay(speed)
    pacer.start()
    run.pass(0.1)
    // A million times: as fast as it can, which in this test is a turn's events whenever timers fire.
    expect(pacer.time - at(0)).toBe(speed < 1 ? 100_000 : 5 * SECOND)
    run.pass(10)
    expect(pacer.time).toBe(speed < 1 ? nanos(at(0) + 10_100_000) : LAST_TIME)
    expect(pacer.state).toBe(speed < 1 ? 'running' : 'ended')
    run.expectSameAgain()
  })

  it('goes on with tapes of which one ends earlier, and over the night between two days', () => {
    const short = tape('short', [at(0), at(1)])
    const other = tape('other', [at(0.5), at(3)], 'OTHER')
    const nextDay = tape('next-day', [at(0), at(1)], 'ACME', FRIDAY + 86_400)
    const { pacer, venue } = replay(1, [short, other, nextDay])
    pacer.start()
    run.pass(3)
    const otherBid = (): number => venue.exchange.marketDepth(instrumentNo(1), BUY, 1)[0]?.qty ?? 0
    expect([run.bid, otherBid(), pacer.state]).toEqual([2, 2, 'running'])
    run.order('day', 'day')
    run.pass(30)
    // A night is as long as it was: nothing is skipped.
    expect([pacer.time, pacer.state]).toEqual([at(33), 'running'])
    void pacer.seek(nanos(at(0) + DAY))
    expect([run.bid, otherBid(), pacer.state]).toEqual([1, 2, 'running'])
    run.pass(2)
    expect([pacer.state, run.told]).toEqual(['ended', ['new day ahead 2']])
    run.expectSameAgain()
  })

  it('replays a tape of one row, once and in a loop', async () => {
    const { pacer } = replay(1, [tape('one', [at(0)])])
    expect([pacer.time, run.bid, pacer.state]).toEqual([at(0), 1, 'ended'])
    pacer.start()
    run.pass(0.1)
    expect([run.bid, pacer.state]).toEqual([1, 'ended'])
    pacer.loop = true
    run.pass(1)
    expect([run.bid, run.jumps.length > 1]).toEqual([1, true])
    pacer.loop = false
    await pacer.seek(nanos(pacer.time))
    run.expectSameAgain()
  })
})
