import { expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { PHASES } from '../../../src/exchange/phase.js'
import { BUY, instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import { mergeTapes } from '../../../src/market/merge/merge-tapes.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import { TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { LatencySink, RecordingSink } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const EPOCH = 1_767_571_200

function tape(
  name: string,
  symbols: readonly string[],
  write: (sink: MarketSink) => void,
  timeZone = 'UTC',
  tickSize = '0.01'
): string {
  const path = temporary(name)
  const instruments = symbols.map((symbol) => ({ symbol, tickSize, lotSize: '1', feed: 'l3' as const }))
  const writer = new TapeWriter(path, { instruments, source: name, timeZone, createdFrom: [] }, EPOCH)
  write(writer)
  writer.close()
  return path
}

function adds(sink: MarketSink, no: number, ...orders: readonly (readonly [time: number, id: number])[]): void {
  for (const [time, id] of orders) {
    sink.add(nanos(time), instrumentNo(no), id, BUY, price(100), quantity(1))
    sink.eventEnd(nanos(time), instrumentNo(no))
  }
}

it('puts instruments side by side, in time order, and numbers orders anew', () => {
  const a = tape('a.arrow', ['A'], (sink) => adds(sink, 0, [1, 1], [5, 2], [9, 3]), 'America/New_York')
  const b = tape(
    'b.arrow',
    ['B'],
    (sink) => {
      adds(sink, 0, [2, 1], [5, 2])
      sink.remove(nanos(7), instrumentNo(0), 1)
      sink.eventEnd(nanos(7), instrumentNo(0))
    },
    'America/New_York'
  )
  const out = temporary('both.arrow')
  expect(mergeTapes([a, b], out)).toEqual({ rows: 6, symbols: ['A', 'B'], epoch: EPOCH, start: 1, end: 9 })
  const source = openTapes([out])
  const sink = new RecordingSink()
  source.advance(source.end!, sink)
  expect(sink.calls.filter(([name]) => name !== 'eventEnd')).toEqual([
    ['add', 1, 0, 1, 1, 100, 1],
    ['add', 2, 1, 2, 1, 100, 1],
    ['add', 5, 0, 3, 1, 100, 1],
    ['add', 5, 1, 4, 1, 100, 1],
    ['remove', 7, 1, 2],
    ['add', 9, 0, 5, 1, 100, 1]
  ])
  const { metadata } = new TapeFile(out)
  expect([metadata.source, metadata.timeZone, metadata.createdFrom.map(({ file }) => file)]).toEqual([
    'a.arrow, b.arrow',
    'America/New_York',
    ['a.arrow', 'b.arrow']
  ])
})

it('keeps phases, and the exchange’s own times of the tapes that have some', () => {
  const live = temporary('live.arrow')
  const instruments = [{ symbol: 'A', tickSize: '0.01', lotSize: '1', feed: 'l3' as const }]
  const metadata = { instruments, source: '-', timeZone: 'UTC', createdFrom: [] }
  const writer = new TapeWriter(live, metadata, EPOCH, { exchangeTime: true })
  writer.exchangeTime = 950
  writer.enterPhase(nanos(1000), instrumentNo(0), 'openingAuction')
  writer.eventEnd()
  writer.exchangeTime = Number.NaN
  writer.enterPhase(nanos(3000), instrumentNo(0), 'continuous')
  writer.eventEnd()
  writer.close()
  const plain = tape('plain.arrow', ['B'], (sink) => adds(sink, 0, [2000, 1], [4000, 2]))
  const out = temporary('phases.arrow')
  mergeTapes([live, plain], out)
  const sink = new LatencySink()
  openTapes([out]).advance(nanos(4000), sink)
  expect(sink.calls.filter(([name]) => name !== 'eventEnd')).toEqual([
    ['feedLatency', 1000, 0, 50],
    ['enterPhase', 1000, 0, PHASES.indexOf('openingAuction')],
    ['add', 2000, 1, 1, 1, 100, 1],
    ['enterPhase', 3000, 0, PHASES.indexOf('continuous')],
    ['add', 4000, 1, 2, 1, 100, 1]
  ])
})

it('refuses tapes that describe a symbol differently, and to write over one of them', () => {
  const a = tape('a.arrow', ['A'], (sink) => adds(sink, 0, [1, 1]))
  const other = tape('other.arrow', ['A'], (sink) => adds(sink, 0, [1, 1]), 'UTC', '0.05')
  expect(() => mergeTapes([a, other], temporary('x.arrow'))).toThrow('A is described as tick 5 at scale 2')
  expect(() => mergeTapes([a, other], a)).toThrow('is one of the tapes to merge')
})
