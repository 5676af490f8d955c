import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import type { Command } from '../../../src/exchange/command.js'
import type { ExchangeEvent } from '../../../src/exchange/event.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../src/exchange/units.js'
import { openJournal } from '../../../src/journal/open-journal.js'
import { openJournalReader } from '../../../src/journal/open-journal-reader.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { backtest } from '../../../src/venue/backtest/backtest.js'
import type { OrderRow } from '../../../src/venue/backtest/order-file.js'
import { DEFAULT_TRADING, type TradingConfig } from '../../../src/venue/config/trading-config.js'
import { followPhases } from '../../../src/venue/phases/follow-phases.js'
import { recover } from '../../../src/venue/recovery.js'
import { Venue } from '../../../src/venue/venue.js'

const directory = mkdtempSync(join(tmpdir(), 'paperpit-'))
const EPOCH = Date.UTC(2026, 10, 20) / 1000
const terms = { symbol: 'AAA', tickSize: '0.01', lotSize: '1' }
const other = { ...terms, symbol: 'BBB' }
const [AAA, aaa] = [instrumentNo(0), instrument(instrumentNo(0), terms)]
const at = (seconds: number): Nanos => nanos(Math.round(seconds * SECOND))
const MODELS = {
  preset: 'consume',
  queue: { kind: 'riskAverse' },
  latency: { kind: 'constant', inbound: at(0), outbound: at(0) },
  seed: 1
} as const

function tape(name: string, instruments: readonly (typeof terms)[], write: (into: TapeWriter) => void): string {
  const path = join(directory, name)
  const writer = new TapeWriter(path, { instruments, source: 'test', timeZone: 'UTC', createdFrom: [] }, EPOCH)
  write(writer)
  writer.close()
  return path
}

/** 10.00 / 10.02; halted from second 2 to 4, then a call in which a bid of 10.05 comes, up to an auction at 10.03 at 6. */
const DAY = tape('day.arrow', [terms], (into) => {
  into.level(at(1), AAA, BUY, price(1000), quantity(50))
  into.level(at(1), AAA, SELL, price(1002), quantity(50))
  into.eventEnd()
  into.enterPhase(at(2), AAA, 'halt')
  into.eventEnd()
  into.trade(at(3), AAA, SELL, price(1000), quantity(5))
  into.eventEnd()
  into.enterPhase(at(4), AAA, 'volatilityAuction')
  into.eventEnd()
  into.level(at(5), AAA, BUY, price(1005), quantity(30))
  into.eventEnd()
  into.enterPhase(nanos(at(6) - 1), AAA, 'continuous')
  into.eventEnd()
  into.level(at(6), AAA, BUY, price(1005), quantity(0))
  into.hiddenTrade(at(6), AAA, 0, price(1003), quantity(30))
  into.eventEnd()
  into.trade(at(7), AAA, SELL, price(1000), quantity(5))
  into.eventEnd()
})

function order(seconds: number, clOrdId: string, side: Side, limit: number, qty: number): OrderRow {
  const from = { line: 1, action: 'new', origClOrdId: undefined, instrument: aaa, ordType: 'limit' } as const
  const time = at(seconds)
  const how = { timeInForce: 'day', tags: [], qualifiers: undefined } as const
  return { ...from, ...how, time, clOrdId, side, orderQty: quantity(qty), price: price(limit) }
}

const ORDERS = [
  order(1.5, 'ahead', BUY, 1001, 10),
  order(2.5, 'halted', BUY, 1001, 10),
  order(4.5, 'in call', SELL, 1001, 20),
  order(6.5, 'after', SELL, 1000, 7)
]

function run(paths: readonly string[], name?: string, trading: TradingConfig = DEFAULT_TRADING) {
  const market = openTapes(paths)
  const instruments = market.instruments.map((each, no) => instrument(instrumentNo(no), each))
  const files = paths.map((path) => ({ path, sha256: '' }))
  const facts = {
    epoch: EPOCH,
    wallEpoch: EPOCH,
    instruments,
    models: MODELS,
    market: { kind: 'tape', files } as const
  }
  const journal = name === undefined ? undefined : openJournal(join(directory, name), facts, { deriveOnClose: 0 })
  const events: ExchangeEvent[] = []
  const report = (event: ExchangeEvent): void => void events.push(event)
  const epoch = market.epoch
  const traded = instruments.find(({ symbol }) => symbol === 'AAA') ?? aaa
  const orders = ORDERS.map((row) => ({ ...row, instrument: traded }))
  const summary = backtest({ epoch, instruments, models: MODELS, market, orders, journal, trading, report })
  journal?.close(at(8), at(8))
  return { events, summary, instruments }
}

/** "2.5 halted rejected PP1025", "5.999999999 in call trade 10 at 1002" */
function told(events: readonly ExchangeEvent[]): string[] {
  return events.map((event) => {
    const id = 'terms' in event ? event.terms?.clOrdId : undefined
    const head = `${event.time / SECOND} ${event.kind === 'rejected' ? event.clOrdId : id} ${event.kind}`
    if (event.kind === 'rejected') return `${head} ${event.refusal.code}`
    return event.kind === 'trade' ? `${head} ${event.lastQty} at ${event.lastPx}` : head
  })
}

describe('a tape that tells phases', () => {
  afterAll(() => rmSync(directory, { recursive: true }))

  it('halts its venue, collects orders in its calls, and uncrosses them with the book that the auction met', () => {
    expect(told(run([DAY]).events)).toEqual([
      '1.5 ahead new',
      '2.5 halted rejected PP1025',
      '4.5 in call new',
      '5.999999999 in call trade 20 at 1002',
      '6.5 after new',
      '6.5 after trade 7 at 1001',
      '6.5 ahead trade 7 at 1001',
      '7 ahead trade 3 at 1001'
    ])
  })

  it('is recorded as commands: a venue that is recovered from the journal stands where the first one did', () => {
    const { summary, events, instruments } = run([DAY], 'recovered.db')
    const reader = openJournalReader(join(directory, 'recovered.db'))
    const phases: string[] = []
    reader.forEach({
      command: (command) => void (command.kind === 'phase' && phases.push(`${command.time / SECOND} ${command.phase}`))
    })
    expect(phases).toEqual(['2 halt', '4 volatilityAuction', '5.999999999 continuous'])
    const venue = new Venue({ instruments, models: MODELS, market: openTapes([DAY]) })
    expect(recover(venue, reader).events).toBe(events.length)
    expect(venue.exchange.stateHash()).toBe(summary.stateHash)
    reader.close()
  })

  it('is taken back to a place with the phases that hold there', () => {
    const market = openTapes([DAY])
    const venue = new Venue({ instruments: [aaa], models: MODELS, market })
    const phases: string[] = []
    const record = (command: Command): void =>
      void (command.kind === 'phase' && phases.push(`${command.time / SECOND} ${command.phase}`))
    const how = { trading: DEFAULT_TRADING, instruments: [aaa], epoch: EPOCH, seed: 1, continued: false } as const
    followPhases(venue, { ...how, start: at(0), record })
    venue.advance(at(3))
    venue.jump({ time: at(3), position: at(1), marketShift: at(2) })
    venue.advance(at(4.5))
    expect(phases).toEqual(['2 halt', '3 continuous', '4 halt'])
    venue.jump({ time: at(5), position: at(3), marketShift: at(2) })
    venue.advance(at(6.5))
    expect(phases.slice(3)).toEqual(['5 continuous', '5 halt', '6 volatilityAuction'])
  })

  it('is taken back from a halt that was told before a restart, to where nothing is told', () => {
    const venue = new Venue({ instruments: [aaa], models: MODELS, market: openTapes([DAY]) })
    // What a recovery does: the journal's commands, and nobody who follows the tape.
    venue.advance(at(2))
    venue.submit({ kind: 'phase', time: at(2), instrument: AAA, phase: 'halt' })
    const phases: string[] = []
    const record = (command: Command): void =>
      void (command.kind === 'phase' && phases.push(`${command.time / SECOND} ${command.phase}`))
    const how = { trading: DEFAULT_TRADING, instruments: [aaa], epoch: EPOCH, seed: 1, continued: true } as const
    followPhases(venue, { ...how, start: at(2), record })
    venue.advance(at(3))
    venue.jump({ time: at(3), position: at(1), marketShift: at(2) })
    venue.advance(at(3.5))
    expect([phases, venue.exchange.phase(AAA)]).toEqual([['3 continuous'], 'continuous'])
  })

  it('gives way to phases of the configuration, instrument by instrument', () => {
    const phases = { timeZone: 'UTC', days: ['fri'], entries: [{ at: 0, phase: 'continuous', randomEnd: 0 }] } as const
    const own: TradingConfig = { ...DEFAULT_TRADING, instruments: { AAA: { rules: {}, phases } } }
    const elsewhere: TradingConfig = { ...DEFAULT_TRADING, instruments: { BBB: { rules: {}, phases } } }
    const events = told(run([DAY], undefined, own).events)
    expect(events).toContain('2.5 halted new')
    expect(events).toContain('3 ahead trade 5 at 1001')
    expect(told(run([DAY], undefined, elsewhere).events)).toEqual(told(run([DAY]).events))
  })

  it('changes phases behind all facts of their instant, whichever tape they are on', () => {
    // The fact of the same instant is on the tape that is listed second: a quote that the order at that time must meet.
    const halt = tape('halt.arrow', [other], (into) => {
      into.level(at(1), AAA, BUY, price(1000), quantity(5))
      into.eventEnd()
      into.enterPhase(at(3), AAA, 'halt')
      into.eventEnd()
    })
    const alone = told(run([DAY]).events)
    expect(told(run([halt, DAY], 'two.db').events.filter((event) => 'terms' in event))).toEqual(alone)
    const venue = new Venue({
      instruments: run([halt, DAY]).instruments,
      models: MODELS,
      market: openTapes([halt, DAY])
    })
    const reader = openJournalReader(join(directory, 'two.db'))
    expect(() => recover(venue, reader)).not.toThrow()
    reader.close()
  })
})
