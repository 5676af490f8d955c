import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, nanos, type Nanos } from '../../../src/base/time.js'
import type { FeedKind } from '../../../src/exchange/instrument.js'
import { PHASES, type Phase } from '../../../src/exchange/phase.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { cutTape } from '../../../src/market/cut/cut-tape.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { recordSynthetic } from '../../../src/market/synthetic/record-synthetic.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { PlainBook } from '../support/plain-book.js'
import { LatencySink, RecordingSink, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const EPOCH = 1_767_571_200
const OPEN = 14.5 * HOUR
const at = (ns: number): Nanos => nanos(OPEN + ns)
const iso = (ns: number): string => new Date(EPOCH * 1000 + (OPEN + ns) / 1e6).toISOString()
const temporary = temporaryDirectory()

function tapeOf(name: string, calls: readonly Call[], feed: FeedKind): string {
  const path = temporary(name)
  const terms = ['A', 'B'].map((symbol) => ({ symbol, tickSize: '0.01', lotSize: '1', feed }))
  const metadata = {
    instruments: terms,
    source: '-',
    timeZone: 'America/New_York',
    createdFrom: []
  }
  const tape = new TapeWriter(path, metadata, EPOCH)
  for (const [method, ...args] of calls) (tape[method] as (...args: number[]) => void).apply(tape, args)
  tape.close()
  return path
}

function calls(path: string): Call[] {
  const sink = new RecordingSink()
  const source = openTapes([path])
  source.advance(source.end!, sink)
  return sink.calls
}

function booksAt(path: string, times: readonly number[]): unknown[] {
  const source = openTapes([path])
  const book = new PlainBook()
  return times.map((time) => {
    source.advance(nanos(time), book)
    return [book.depth(BUY, 99), book.depth(SELL, 99)]
  })
}

describe('a cut of a tape', () => {
  it('opens with the orders in their queues, numbered anew', () => {
    const ms = 1e6
    const day = tapeOf(
      'l3.arrow',
      [
        ['add', at(0), 0, 1, BUY, 100, 10],
        ['add', at(0), 0, 2, BUY, 100, 20],
        ['level', at(0), 0, BUY, 100, 35],
        ['add', at(0), 0, 3, BUY, 100, 30],
        ['add', at(0), 0, 4, SELL, 105, 40],
        ['add', at(1 * ms), 0, 5, SELL, 106, 50],
        ['remove', at(1 * ms), 0, 1],
        ['eventEnd', at(1 * ms), 0],
        ['execute', at(2 * ms), 0, 2, BUY, 100, 5],
        ['reduce', at(2 * ms), 0, 1, 5],
        ['eventEnd', at(2 * ms), 0],
        ['add', at(3 * ms), 0, 6, BUY, 99, 60],
        ['eventEnd', at(3 * ms), 0],
        ['remove', at(4 * ms), 0, 3],
        ['eventEnd', at(4 * ms), 0]
      ],
      'l3'
    )
    const out = temporary('cut.arrow')
    const from = at(2 * ms)
    expect(cutTape(day, out, { from: iso(2 * ms), to: iso(3 * ms), symbols: ['A'] })).toEqual({
      rows: 8,
      start: from,
      end: at(3 * ms),
      epoch: EPOCH
    })
    expect(calls(out)).toEqual([
      ['clear', from, 0],
      ['add', from, 0, 1, BUY, 100, 20],
      ['level', from, 0, BUY, 100, 25],
      ['add', from, 0, 2, BUY, 100, 30],
      ['add', from, 0, 3, SELL, 105, 40],
      ['add', from, 0, 4, SELL, 106, 50],
      ['eventEnd', from, 0],
      ['execute', from, 0, 1, BUY, 100, 5],
      ['eventEnd', from, 0],
      ['add', at(3 * ms), 0, 5, BUY, 99, 60],
      ['eventEnd', at(3 * ms), 0]
    ])
  })

  it('opens with quotes on L1', () => {
    const day = tapeOf(
      'l1.arrow',
      [
        ['quote', at(0), 1, BUY, 100, 10],
        ['quote', at(0), 1, SELL, 101, 20],
        ['eventEnd', at(0), 1],
        ['quote', at(1e6), 1, BUY, 99, 30],
        ['quote', at(1e6), 1, SELL, 101, 0],
        ['eventEnd', at(1e6), 1],
        ['trade', at(2e6), 1, SELL, 99, 1],
        ['eventEnd', at(2e6), 1]
      ],
      'l1'
    )
    const out = temporary('cut1.arrow')
    cutTape(day, out, { from: iso(2e6), symbols: ['B'] })
    expect(calls(out)).toEqual([
      ['clear', at(2e6), 0],
      ['quote', at(2e6), 0, BUY, 99, 30],
      ['eventEnd', at(2e6), 0],
      ['trade', at(2e6), 0, SELL, 99, 1],
      ['eventEnd', at(2e6), 0]
    ])
  })

  it('keeps phases and the exchange’s own times: those that hold at its first moment, and those to come', () => {
    const whole = temporary('live.arrow')
    const instruments = ['A', 'B'].map((symbol) => ({ symbol, tickSize: '0.01', lotSize: '1', feed: 'l2' as const }))
    const metadata = { instruments, source: '-', timeZone: 'UTC', createdFrom: [] }
    const tape = new TapeWriter(whole, metadata, EPOCH, { exchangeTime: true })
    const [a, b] = [instrumentNo(0), instrumentNo(1)]
    const told = (ms: number, latency: number | undefined, tell: (time: Nanos) => void): void => {
      tape.exchangeTime = latency === undefined ? Number.NaN : at(ms * 1e6) - latency
      tell(at(ms * 1e6))
      tape.eventEnd()
    }
    told(0, 5, (time) => tape.enterPhase(time, a, 'preOpen'))
    told(1, 700, (time) => tape.level(time, a, BUY, price(100), quantity(9)))
    told(1, undefined, (time) => tape.enterPhase(time, b, 'halt'))
    told(2, undefined, (time) => tape.level(time, a, SELL, price(101), quantity(8)))
    told(3, 900, (time) => tape.enterPhase(time, a, 'continuous'))
    told(4, undefined, (time) => tape.hiddenTrade(time, a, 0, price(100), quantity(1)))
    tape.close()
    const out = temporary('live-cut.arrow')
    cutTape(whole, out, { from: iso(2e6), symbols: ['A'] })
    const sink = new LatencySink()
    const source = openTapes([out])
    source.advance(source.end!, sink)
    const phase = (to: Phase): number => PHASES.indexOf(to)
    expect(sink.calls.filter(([name]) => name !== 'eventEnd')).toEqual([
      // What an order meets before the feed says more.
      ['feedLatency', at(2e6), 0, 700],
      ['clear', at(2e6), 0],
      ['level', at(2e6), 0, BUY, 100, 9],
      ['enterPhase', at(2e6), 0, phase('preOpen')],
      ['level', at(2e6), 0, SELL, 101, 8],
      ['feedLatency', at(3e6), 0, 900],
      ['enterPhase', at(3e6), 0, phase('continuous')],
      ['hiddenTrade', at(4e6), 0, 0, 100, 1]
    ])
  })

  it('replays to the books of the whole', () => {
    const day = temporary('synthetic.arrow')
    recordSynthetic(day, {
      seed: 3,
      epoch: EPOCH,
      start: at(0),
      duration: nanos(20 * MINUTE),
      symbols: ['AAPL', 'TSLA']
    })
    const [whole, part] = [temporary('tsla.arrow'), temporary('part.arrow')]
    cutTape(day, whole, { symbols: ['TSLA'] })
    cutTape(day, part, { from: '09:37', to: '09:44:30', symbols: ['TSLA'] })
    const tape = new TapeFile(part)
    expect(tape.span().map((time) => Math.round((time - OPEN) / MINUTE))).toEqual([7, 14])
    expect(tape.metadata.instruments.map(({ symbol }) => symbol)).toEqual(['TSLA'])
    expect(tape.metadata.createdFrom.map(({ file }) => file)).toEqual(['synthetic.arrow'])
    tape.close()
    const times = [7, 8, 11.5, 14.5].map((minute) => at(minute * MINUTE))
    expect(booksAt(part, times)).toEqual(booksAt(whole, times))
  })

  const action = fc.record({
    kind: fc.constantFrom('add', 'reduce', 'remove', 'modify', 'execute', 'level'),
    id: fc.integer({ min: 1, max: 12 }),
    side: fc.constantFrom(BUY, SELL),
    offset: fc.integer({ min: 1, max: 3 }),
    qty: fc.integer({ min: 1, max: 9 })
  })
  test.prop([fc.array(action, { minLength: 2, maxLength: 60 }), fc.nat(60)])(
    'replays to the books of the whole, order by order',
    (actions, at0) => {
      const tape = temporary('random.arrow')
      const known = new Set<number>()
      const told: Call[] = actions.flatMap(({ kind, id, side, offset, qty }, i): Call[] => {
        const px = 100 - side * offset
        const end: Call = ['eventEnd', at(i * 1e6), 0]
        if (kind === 'add' && known.has(id)) kind = 'modify'
        known.add(id)
        if (kind === 'add' || kind === 'modify') return [[kind, at(i * 1e6), 0, id, side, px, qty], end]
        if (kind === 'execute') return [[kind, at(i * 1e6), 0, id, side, px, qty], end]
        if (kind === 'reduce') return [[kind, at(i * 1e6), 0, id, qty], end]
        if (kind === 'remove') return [[kind, at(i * 1e6), 0, id], end]
        return [['level', at(i * 1e6), 0, side, px, qty], end]
      })
      const whole = tapeOf('random.arrow', [['clear', at(0), 0], ...told], 'l3')
      expect(whole).toBe(tape)
      const from = Math.min(at0, actions.length - 1)
      const part = temporary('random-part.arrow')
      cutTape(whole, part, { from: iso(from * 1e6), symbols: ['A'] })
      const times = actions.map((_, i) => at(i * 1e6)).slice(from)
      expect(booksAt(part, times)).toEqual(booksAt(whole, times))
    }
  )

  it.each([
    [{ from: 'noon' }, 'expected a time like 09:45:30 or 2012-06-21T13:45:00Z, got "noon"'],
    [{ from: '25:00' }, 'expected a time like 09:45:30 or 2012-06-21T13:45:00Z, got "25:00"'],
    [
      { from: '2026-01-05T09:30:00' },
      'expected a time like 09:45:30 or 2012-06-21T13:45:00Z, got "2026-01-05T09:30:00"'
    ],
    [{ from: '10:00', to: '09:00' }, 'nothing of the tape lies between the two moments'],
    [{ from: '23:00' }, 'nothing of the tape lies between the two moments'],
    [{ symbols: ['A', 'C'] }, 'there is no C on the tape; expected some of A, B']
  ])('refuses %o', (options, sentence) => {
    const day = tapeOf('small.arrow', [['level', at(0), 0, BUY, 100, 1]], 'l2')
    expect(() => cutTape(day, temporary('never.arrow'), options)).toThrow(sentence)
    expect(() => cutTape(day, day, {})).toThrow('is the tape to cut; expected another name')
  })
})
