import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { nanos, type Nanos } from '../../../src/base/time.js'
import type { FeedKind, InstrumentTerms } from '../../../src/exchange/instrument.js'
import type { Phase } from '../../../src/exchange/phase.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../src/exchange/units.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { Checkpoints, type Checkpoint } from '../../../src/market/replay/checkpoints.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { LatencySink, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const EPOCH = 1_767_571_200
const temporary = temporaryDirectory()

const row = fc.record({
  after: fc.constantFrom(0, 0, 1, 2),
  kind: fc.constantFrom('add', 'add', 'reduce', 'remove', 'modify', 'execute', 'level', 'quote', 'clear', 'phase'),
  second: fc.boolean(),
  id: fc.constantFrom(1, 2, 3, 4, 5, 700, 900, 1100),
  side: fc.constantFrom<Side>(BUY, SELL),
  offset: fc.integer({ min: 1, max: 3 }),
  qty: fc.integer({ min: 1, max: 9 }),
  phase: fc.constantFrom<Phase>('halt', 'volatilityAuction', 'continuous'),
  latency: fc.constantFrom(undefined, undefined, 0, 5, 70),
  end: fc.boolean(),
  flush: fc.boolean()
})
type Row = (typeof row extends fc.Arbitrary<infer R> ? R : never) & object

/** A tape of a symbol that all tapes share and one of its own; record batches end where a row says so. */
function tape(n: number, rows: readonly Row[], feed: FeedKind, latency: boolean): string {
  const path = temporary(`tape-${n}.arrow`)
  const terms = (symbol: string): InstrumentTerms => ({ symbol, tickSize: '0.01', lotSize: '1', feed })
  const metadata = { instruments: [terms(`OWN${n}`), terms('ALL')], source: '-', timeZone: 'UTC', createdFrom: [] }
  const out = new TapeWriter(path, metadata, EPOCH, { exchangeTime: latency })
  let now = 10 + n
  for (const { after, kind, second, id, side, offset, qty, phase, latency, end, flush } of rows) {
    const time = nanos((now += after))
    const no = instrumentNo(second ? 1 : 0)
    const [px, amount] = [price(100 - side * offset), quantity(qty)]
    out.exchangeTime = latency === undefined ? Number.NaN : time - latency
    if (kind === 'reduce') out.reduce(time, no, id, amount)
    else if (kind === 'remove') out.remove(time, no, id)
    else if (kind === 'level' || kind === 'quote') out[kind](time, no, side, px, amount)
    else if (kind === 'clear') out.clear(time, no)
    else if (kind === 'phase') out.enterPhase(time, no, phase)
    else out[kind](time, no, id, side, px, amount)
    if (end) out.eventEnd()
    if (flush) out.flush()
  }
  out.close()
  return path
}

/** What is told from a place on, to the end, some time later. */
function toldFrom(market: MarketSource, position: Nanos, piece: number): readonly Call[] {
  const rewind = market.rewind?.(position)
  while (rewind?.work(piece) === false);
  rewind?.take(1000)
  const sink = new LatencySink()
  market.advance(nanos(Number.MAX_SAFE_INTEGER), sink)
  return sink.calls
}

describe('a replay that is taken back again and again', () => {
  test.prop([
    fc.array(fc.array(row, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }),
    fc.constantFrom<FeedKind>('l1', 'l2', 'l3'),
    fc.boolean(),
    fc.array(fc.integer({ min: 5, max: 80 }), { minLength: 1, maxLength: 8 }),
    fc.record({ every: fc.integer({ min: 1, max: 5 }), most: fc.integer({ min: 1, max: 4 }), entries: fc.nat(40) }),
    fc.integer({ min: 1, max: 30 })
  ])('tells from a checkpoint what it tells from the beginning', (days, feed, latency, places, limits, piece) => {
    const paths = days.map((rows, n) => tape(n, rows, feed, latency))
    const market = openTapes(paths, new Checkpoints(limits))
    for (const place of places) {
      const fresh = openTapes(paths, new Checkpoints({ every: Infinity }))
      expect(toldFrom(market, nanos(place), piece)).toEqual(toldFrom(fresh, nanos(place), Infinity))
    }
  })

  it('reads no row before its checkpoint again', () => {
    const rows = Array.from({ length: 100 }, (): Row => ({
      ...{ after: 1, kind: 'level', second: false, id: 1, side: BUY, offset: 1, qty: 5, phase: 'halt' },
      ...{ latency: undefined, end: true, flush: true }
    }))
    const market = openTapes([tape(0, rows, 'l2', false)], new Checkpoints({ every: 10 }))
    const pieces = (position: number): number => {
      const rewind = market.rewind?.(nanos(position))
      for (let count = 0; ; count++) if (rewind?.work(1) !== false) return count
    }
    expect([pieces(95), pieces(95), pieces(97), pieces(44)]).toEqual([85, 0, 2, 4])
  })
})

describe('checkpoints', () => {
  const checkpoint = (instants: number, entries: number): Checkpoint => ({
    time: nanos(instants * 10),
    instants,
    rows: [instants],
    books: { sides: [new Float64Array(3 * entries)], phases: [], feedLatency: undefined }
  })
  /** Where a way of so many instants leaves them. */
  function left(checkpoints: Checkpoints, instants: number, entries: number): number[] {
    for (let at = 1; at <= instants; at++) if (at >= checkpoints.due) checkpoints.keep(checkpoint(at, entries))
    const found = Array.from({ length: instants }, (_, at) => checkpoints.before(nanos(at * 10 + 10))?.instants ?? 0)
    return [...new Set(found)].filter((at) => at > 0)
  }

  it('are at most so many, evenly apart however long the way is', () => {
    expect(left(new Checkpoints({ every: 10, most: 4 }), 45, 0)).toEqual([10, 20, 30, 40])
    expect(left(new Checkpoints({ every: 10, most: 4 }), 1000, 0)).toEqual([320, 640, 960])
  })

  it('hold at most so much together, and one at least', () => {
    expect(left(new Checkpoints({ every: 10, entries: 50 }), 100, 20)).toEqual([40, 80])
    expect(left(new Checkpoints({ every: 10, entries: 50 }), 100, 60)).toEqual([80])
  })

  it('are taken where somebody went, too', () => {
    const checkpoints = new Checkpoints({ every: 10 })
    left(checkpoints, 50, 0)
    checkpoints.goneTo(checkpoint(33, 0))
    expect([325, 335, 399, 405].map((time) => checkpoints.before(nanos(time))?.instants)).toEqual([30, 33, 33, 40])
  })
})
