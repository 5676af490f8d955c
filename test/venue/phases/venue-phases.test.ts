import { describe, expect, it } from 'vitest'
import { nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import type { Command } from '../../../src/exchange/command.js'
import { instrument } from '../../../src/exchange/instrument.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import type { TimeInForce } from '../../../src/exchange/command.js'
import type { LatencySettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo } from '../../../src/exchange/units.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { DEFAULT_TRADING, type TradingConfig } from '../../../src/venue/config/trading-config.js'
import { followPhases } from '../../../src/venue/phases/follow-phases.js'
import { Venue } from '../../../src/venue/venue.js'

const EPOCH = Date.UTC(2026, 10, 20) / 1000
const AAA = instrumentNo(0)
const terms = { symbol: 'AAA', tickSize: '0.01', lotSize: '1' }
const at = (seconds: number): Nanos => nanos(seconds * SECOND)

/** A quote of 100 at 10.00 / 10.02 at second 0, and a print of 1 at 10.00 every second from 1 to 10, each two seconds old. */
class Prints implements MarketSource {
  readonly epoch = EPOCH
  readonly instruments = [terms]
  readonly start = at(0)
  readonly end = at(10)
  #second = 0

  nextTime(): Nanos | undefined {
    return this.#second > 10 ? undefined : at(this.#second)
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (; this.#second <= 10 && at(this.#second) <= to; this.#second++) {
      const time = at(this.#second)
      sink.feedLatency?.(time, AAA, at(2))
      if (this.#second === 0) {
        sink.level(time, AAA, BUY, price(1000), quantity(100))
        sink.level(time, AAA, SELL, price(1002), quantity(100))
      } else sink.trade(time, AAA, SELL, price(1000), quantity(1))
      sink.eventEnd(time, AAA)
    }
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    const from = this.#second
    this.advance(at(Math.min(10, from + count - 1)), sink)
    return this.#second === from ? undefined : at(this.#second - 1)
  }

  shift(): void {}
}

const HALT: TradingConfig = {
  ...DEFAULT_TRADING,
  phases: {
    timeZone: 'UTC',
    days: ['fri'],
    entries: [
      { at: 0, phase: 'continuous', randomEnd: 0 },
      { at: 4, phase: 'halt', randomEnd: 0 },
      { at: 7, phase: 'continuous', randomEnd: 0 }
    ]
  }
}

interface RunTerms {
  readonly trading?: TradingConfig
  readonly latency?: LatencySettings
  readonly timeInForce?: TimeInForce
}

const none: LatencySettings = { kind: 'constant', inbound: at(0), outbound: at(0) }

/** A buyer at 10.01 in front of the market; what is printed at 10.00 is his, unless trading is halted. */
function run(
  drive: (venue: Venue) => void,
  { trading = HALT, latency = none, timeInForce = 'day' }: RunTerms = {}
): string[] {
  const lines: string[] = []
  const venue = new Venue({
    instruments: [instrument(AAA, terms)],
    models: {
      preset: 'consume',
      queue: { kind: 'riskAverse' },
      latency,
      seed: 1
    },
    market: new Prints()
  })
  venue.listener = {
    onEvent: ({ kind, time }) => void lines.push(`${time / SECOND} ${kind}`)
  }
  const record = (command: Command): void => {
    lines.push(`${command.time / SECOND} ${command.kind === 'phase' ? command.phase : command.kind}`)
  }
  followPhases(venue, {
    trading,
    instruments: venue.exchange.instruments,
    epoch: EPOCH,
    seed: 1,
    start: at(0),
    continued: false,
    record
  })
  venue.submit({
    kind: 'new',
    time: at(0),
    session: sessionNo(0),
    clOrdId: 'A',
    instrument: AAA,
    side: BUY,
    ordType: 'limit',
    timeInForce,
    orderQty: quantity(100),
    price: price(1001),
    tags: []
  })
  drive(venue)
  return lines
}

const EXPECTED = [
  '0 continuous',
  '0 new',
  '1 trade',
  '2 trade',
  '3 trade',
  '4 trade',
  '4 halt',
  '7 continuous',
  '8 trade',
  '9 trade',
  '10 trade'
]

describe('a venue that follows a timetable', () => {
  it('changes phases between the market events of its times: a halt gates fills, events of its own instant come first', () => {
    expect(run((venue) => venue.advance(at(10)))).toEqual(EXPECTED)
  })

  it('does so however the market is moved on', () => {
    expect(
      run((venue) => {
        while (venue.step(3));
      })
    ).toEqual(EXPECTED)
    expect(
      run((venue) => {
        for (let due = venue.nextDue(); due !== undefined && due <= at(10); due = venue.nextDue()) venue.advance(due)
      })
    ).toEqual(EXPECTED)
  })

  it('ends trading days between the events: a DAY order expires, a GTC order goes on', () => {
    const trading: TradingConfig = { ...DEFAULT_TRADING, endOfDay: { timeZone: 'UTC', days: ['fri'], at: 2 } }
    const toTheEnd = (venue: Venue): void => venue.advance(at(10))
    expect(run(toTheEnd, { trading })).toEqual(['0 new', '1 trade', '2 trade', '2 endOfDay', '2 expired'])
    const trades = Array.from({ length: 8 }, (_, i) => `${i + 3} trade`)
    expect(run(toTheEnd, { trading, timeInForce: 'gtc' })).toEqual([
      '0 new',
      '1 trade',
      '2 trade',
      '2 endOfDay',
      ...trades
    ])
  })

  it('passes on how late the feed is: latencies that go by it are the same with a timetable as without', () => {
    const still: LatencySettings = {
      kind: 'drawn',
      new: { kind: 'constant', value: at(0) },
      replace: { kind: 'constant', value: at(0) },
      cancel: { kind: 'constant', value: at(0) },
      report: { kind: 'feed', factor: 1, offset: at(1) }
    }
    const leaving = (trading: TradingConfig): string[] => {
      const lines: string[] = []
      run(
        (venue) => {
          venue.listener = { onEvent: ({ kind, time, publishAt }) => void lines.push(`${kind} ${publishAt - time}`) }
          venue.advance(at(6))
        },
        { trading, latency: still }
      )
      return lines.slice(1)
    }
    expect(leaving(HALT)).toEqual(['trade 3000000000', 'trade 3000000000', 'trade 3000000000'])
    expect(leaving(DEFAULT_TRADING)).toEqual(leaving(HALT))
  })
})
