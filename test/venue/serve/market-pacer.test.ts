import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import type { InstrumentTerms } from '../../../src/exchange/instrument.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { DEFAULT_CONFIG, type Speed } from '../../../src/venue/config/venue-config.js'
import { MarketPacer } from '../../../src/venue/serve/market-pacer.js'
import { ReplayJumps } from '../../../src/venue/serve/replay-jumps.js'
import { VenueClock } from '../../../src/venue/venue-clock.js'
import { Venue } from '../../../src/venue/venue.js'

const TERMS: InstrumentTerms = { symbol: 'ACME', tickSize: '0.01', lotSize: '1' }

/** A bid whose quantity is the second, every second from 1 to 100. */
class Seconds implements MarketSource {
  readonly epoch = 0
  readonly instruments = [TERMS]
  readonly start = nanos(SECOND)
  readonly end = nanos(100 * SECOND)
  #second = 1

  nextTime(): Nanos | undefined {
    return this.#second > 100 ? undefined : nanos(this.#second * SECOND)
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (let next = this.nextTime(); next !== undefined && next <= to; next = this.nextTime()) {
      sink.level(next, instrumentNo(0), 1, price(100), quantity(this.#second++))
      sink.eventEnd(next, instrumentNo(0))
    }
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    let last: Nanos | undefined
    for (; count > 0; count--) {
      const next = this.nextTime()
      if (next === undefined) break
      last = next
      this.advance(next, sink)
    }
    return last
  }

  shift(): void {}
}

describe('controls of a replay', () => {
  let wall: ManualClock
  let venue: Venue
  let clock: VenueClock
  let pacer: MarketPacer

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }))
  afterEach(() => {
    pacer.stop()
    vi.useRealTimers()
  })

  function replay(speed: Speed): void {
    wall = new ManualClock(nanos(1000 * SECOND))
    venue = new Venue({
      instruments: [instrument(instrumentNo(0), TERMS)],
      models: DEFAULT_CONFIG.models,
      market: new Seconds()
    })
    clock = new VenueClock(nanos(0), typeof speed === 'number' ? speed : 1)
    const nowhere = { command: () => undefined, jump: () => undefined }
    const jumps = new ReplayJumps({ venue, marketShift: 0, trades: () => true, record: nowhere })
    pacer = new MarketPacer(venue, clock, wall, speed, jumps)
  }

  /** Wall time passes, in steps of 100 ms. */
  function pass(seconds: number): void {
    for (let i = 0; i < seconds * 10; i++) {
      wall.advance(SECOND / 10)
      vi.advanceTimersByTime(100)
    }
  }

  /** The last second that the market told. */
  const second = (): number => venue.exchange.marketDepth(instrumentNo(0), 1, 1)[0]?.qty ?? 0

  it('waits, runs with the clock, and ends', () => {
    replay(10)
    expect(pacer.state).toBe('waiting')
    pass(1)
    expect(second()).toBe(0)
    pacer.start()
    pass(2)
    expect([pacer.state, second()]).toEqual(['running', 20])
    pass(8)
    expect([pacer.state, second()]).toEqual(['ended', 100])
  })

  it('stands still while it is paused, and goes on from there', () => {
    replay(1)
    pacer.start()
    pass(5.5)
    pacer.pause()
    expect([pacer.state, pacer.time]).toEqual(['paused', 5.5 * SECOND])
    pass(60)
    expect([second(), pacer.time, clock.at(wall.now())]).toEqual([5, 5.5 * SECOND, 5.5 * SECOND])
    pacer.resume()
    pass(0.6)
    expect([pacer.state, second()]).toEqual(['running', 6])
  })

  it('steps by events and by time, and pauses', async () => {
    replay(1)
    pacer.start()
    pass(2)
    expect([await pacer.stepEvents(3), second(), pacer.state]).toEqual([5 * SECOND, 5, 'paused'])
    expect([await pacer.stepTime(nanos(1.5 * SECOND)), second()]).toEqual([6.5 * SECOND, 6])
    pass(10)
    expect(second()).toBe(6)
    pacer.resume()
    pass(1)
    expect([second(), pacer.time]).toEqual([7, 7.5 * SECOND])
  })

  it('can be paused before it starts, and steps then', async () => {
    replay(1)
    pacer.pause()
    pacer.start()
    pass(5)
    expect(second()).toBe(0)
    expect(await pacer.stepEvents(1)).toBe(SECOND)
    pacer.resume()
    pass(1)
    expect(second()).toBe(2)
  })

  it('seeks forward and goes on running, or stays where it was paused', async () => {
    replay(1)
    pacer.start()
    pass(2)
    await pacer.seek(nanos(50.5 * SECOND))
    expect([pacer.time, second(), pacer.state]).toEqual([50.5 * SECOND, 50, 'running'])
    pass(1)
    expect(second()).toBe(51)
    pacer.pause()
    await pacer.seek(nanos(70 * SECOND))
    pass(10)
    expect([pacer.time, second(), pacer.state]).toEqual([70 * SECOND, 70, 'paused'])
    expect(() => pacer.seek(nanos(60 * SECOND))).toThrow('only tapes can be taken back')
  })

  it('runs as fast as it goes, and can be paused there too', async () => {
    replay('max')
    pacer.pause()
    pacer.start()
    pass(1)
    expect(await pacer.stepEvents(10)).toBe(10 * SECOND)
    pacer.resume()
    pass(1)
    expect([pacer.state, second()]).toEqual(['ended', 100])
  })

  it('goes on by the clock behind the end of what ran as fast as it could: what is under way arrives', () => {
    replay('max')
    pacer.start()
    pass(2)
    expect(pacer.state).toBe('ended')
    const end = pacer.time
    pass(3)
    expect(pacer.time - end).toBe(3 * SECOND)
  })

  it('leaves time to the clients in lockstep, but steps and seeks when it is told to', async () => {
    replay('lockstep')
    pacer.start()
    pass(10)
    expect([second(), pacer.state]).toEqual([0, 'lockstep'])
    await pacer.stepTime(nanos(3 * SECOND))
    await pacer.seek(nanos(9 * SECOND))
    expect(second()).toBe(9)
  })
})
