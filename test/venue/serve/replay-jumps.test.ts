import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, ManualClock, nanos, SECOND, type EpochSeconds, type Nanos } from '../../../src/base/time.js'
import type { Command } from '../../../src/exchange/command.js'
import type { ExchangeEvent } from '../../../src/exchange/event.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import type { MarketJump, SessionFacts } from '../../../src/journal/journal.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { DEFAULT_CONFIG, type Speed } from '../../../src/venue/config/venue-config.js'
import { recover } from '../../../src/venue/recovery.js'
import { MarketPacer } from '../../../src/venue/serve/market-pacer.js'
import { ReplayJumps } from '../../../src/venue/serve/replay-jumps.js'
import { VenueClock } from '../../../src/venue/venue-clock.js'
import { journaled, Venue } from '../../../src/venue/venue.js'
import { temporaryDirectory } from '../../market/support/temporary.js'

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
  const wall = new ManualClock(nanos(1000 * SECOND))
  let journal = temporary('none')
  let files: readonly string[]
  let facts: SessionFacts
  let venue: Venue
  let pacer: MarketPacer
  let record: { command(command: Command): void; jump(jump: MarketJump): void }
  let jumps: MarketJump[]
  let told: string[]
  let end: () => void

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] }))
  afterEach(() => {
    pacer.stop()
    end()
    vi.useRealTimers()
  })

  function replay(speed: Speed, trades: (time: Nanos) => boolean = () => true): void {
    files = [tape()]
    const instruments = [instrument(ACME, TERMS)]
    const market = { kind: 'tape', files: files.map((path) => ({ path, sha256: '' })) } as const
    facts = { epoch: FRIDAY, wallEpoch: FRIDAY, instruments, models: DEFAULT_CONFIG.models, market }
    journal = temporary(`${expect.getState().currentTestName?.replaceAll(/\W/g, '-')}.db`)
    const writer = openJournal(journal, facts)
    writer.beginRun({ startedAt: wall.now(), venueTime: at(0), marketShift: 0, version: 'test' })
    jumps = []
    told = []
    record = {
      command: (command) => writer.command(command),
      jump(jump) {
        jumps.push(jump)
        writer.jump(jump)
      }
    }
    venue = new Venue({ instruments, models: facts.models, market: openTapes(files) })
    venue.listener = journaled(writer, (event) => told.push(inWords(event)))
    pacer = new MarketPacer(
      venue,
      new VenueClock(at(0), typeof speed === 'number' ? speed : 1),
      wall,
      speed,
      new ReplayJumps({ venue, marketShift: 0, trades, record })
    )
    end = () => writer.close(wall.now(), venue.time)
  }

  function order(clOrdId: string, timeInForce: 'day' | 'gtc'): void {
    const terms = { ordType: 'limit', orderQty: quantity(1), price: price(10_000), tags: [] } as const
    const command: Command = {
      kind: 'new',
      time: venue.time,
      session: sessionNo(0),
      clOrdId,
      instrument: ACME,
      side: BUY,
      timeInForce,
      ...terms
    }
    record.command(command)
    venue.submit(command)
  }

  function pass(seconds: number): void {
    for (let i = 0; i < seconds * 10; i++) {
      wall.advance(SECOND / 10)
      vi.advanceTimersByTime(100)
    }
  }

  /** Quantity at the bid, as orders of 10. */
  const orders = (): number => (venue.exchange.marketDepth(ACME, BUY, 1)[0]?.qty ?? 0) / 10

  /** The journal, run again from the beginning, stands where the venue does. */
  function expectSameAgain(): void {
    end()
    end = () => undefined
    const reader = openJournalReader(journal)
    const again = new Venue({ instruments: facts.instruments, models: facts.models, market: openTapes(files) })
    recover(again, reader)
    reader.close()
    expect(again.exchange.stateHash()).toBe(venue.exchange.stateHash())
    expect(again.market.nextTime()).toBe(venue.market.nextTime())
  }

  it('begins anew at its end, the next day: DAY orders have expired, others met the market again', () => {
    replay(1)
    pacer.loop = true
    pacer.start()
    pass(2.5)
    order('day', 'day')
    order('gtc', 'gtc')
    pass(1.6)
    expect(orders()).toBe(4)
    pass(5.1)
    expect(jumps).toEqual([{ time: expect.any(Number) as number, position: at(0) - 1, marketShift: DAY }])
    expect(told).toEqual(['new day ahead 20', 'new gtc ahead 20', 'expired day'])
    // The second pass began when the first was over, and runs at its own time of day.
    expect(Math.floor((pacer.time - DAY - at(0)) / SECOND)).toBe(0)
    pass(6)
    // Nobody knows who was first overnight: the order keeps the place that it had, the front.
    expect(told).toEqual(['new day ahead 20', 'new gtc ahead 20', 'expired day', 'trade gtc'])
    expectSameAgain()
  })

  it('runs pass after pass at full speed, until venue time ends', () => {
    replay('max')
    pacer.loop = true
    pacer.start()
    pass(30)
    expect(pacer.state).toBe('ended')
    expect(jumps.map(({ marketShift }) => marketShift / DAY)).toEqual(Array.from({ length: 103 }, (_, n) => n + 1))
    expectSameAgain()
  })

  it('begins anew on days of trading only', () => {
    const weekday = (time: Nanos): number => new Date((FRIDAY + time / 1e9) * 1000).getUTCDay()
    replay('max', (time) => ![0, 6].includes(weekday(time)))
    pacer.loop = true
    pacer.start()
    pass(3)
    expect(jumps.slice(0, 7).map(({ marketShift }) => marketShift / DAY)).toEqual([3, 4, 5, 6, 7, 10, 11])
  })

  it('is taken back to the books of a moment, and goes on from there on the next day', async () => {
    replay(1)
    pacer.start()
    pass(3.5)
    order('gtc', 'gtc')
    pass(3)
    expect([orders(), told]).toEqual([4, ['new gtc ahead 30']])
    expect(await pacer.seek(at(2.5))).toBe(at(2.5) + DAY)
    expect(jumps).toMatchObject([{ position: at(2.5), marketShift: DAY }])
    expect(venue.exchange.marketDepth(ACME, SELL, 5)).toEqual([{ price: 10_005, qty: 7 }])
    pass(1)
    expect([orders(), pacer.state]).toEqual([3, 'running'])
    expectSameAgain()
  })

  it('stays where it is taken while it is paused, and steps on from there', async () => {
    replay(1)
    pacer.start()
    pass(7)
    pacer.pause()
    const to = await pacer.seek(at(4))
    expect([to, orders(), pacer.state]).toEqual([at(4) + DAY, 4, 'paused'])
    expect([pacer.stepEvents(1), orders()]).toEqual([at(5) + DAY, 3])
    // Once more, further back, on the day after.
    expect([await pacer.seek(nanos(at(1) + DAY)), orders()]).toEqual([at(1) + 2 * DAY, 1])
    expect(() => pacer.seek(at(3))).toThrow('the present pass over the market began at')
    expectSameAgain()
  })

  it('begins anew by clients’ times in lockstep', () => {
    replay('lockstep')
    pacer.loop = true
    pacer.start()
    pacer.reach(at(20))
    expect([pacer.time, orders(), jumps.length]).toEqual([at(20), 7, 0])
    pacer.reach(nanos(at(3) + DAY))
    expect([pacer.time, orders(), jumps.length]).toEqual([at(3) + DAY, 3, 1])
    expectSameAgain()
  })
})

function inWords(event: ExchangeEvent): string {
  const name = event.kind === 'rejected' || event.kind === 'requestRejected' ? event.clOrdId : event.terms.clOrdId
  const ahead = event.kind === 'new' ? ` ahead ${event.queueAhead}` : ''
  return `${event.kind} ${name}${ahead}`
}
