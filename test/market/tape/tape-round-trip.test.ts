import { existsSync, statSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { tableFromIPC } from 'apache-arrow'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nanos, type Nanos } from '../../../src/base/time.js'
import { BUY, instrumentNo, price, quantity, SELL } from '../../../src/exchange/units.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { TapeFile } from '../../../src/market/tape/tape-file.js'
import type { TapeMetadata } from '../../../src/market/tape/tape-metadata.js'
import { BATCH_ROWS, TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { RecordingSink, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const EPOCH = 1_340_236_800
const temporary = temporaryDirectory()

const METADATA: TapeMetadata = {
  instruments: [
    { symbol: 'GOOG', tickSize: '0.01', lotSize: '1', priceScale: 4, quantityScale: 0, feed: 'l3' },
    { symbol: 'BTCUSDT', tickSize: '0.10', lotSize: '0.001', priceScale: 2, quantityScale: 8, feed: 'l2' }
  ],
  source: 'a test',
  timeZone: 'America/New_York',
  createdFrom: [{ file: 'a.csv', sha256: 'ab'.repeat(32) }]
}

function replay(path: string): Call[] {
  const sink = new RecordingSink()
  const source = openTapes([path])
  source.advance(source.end!, sink)
  return sink.calls
}

function write(path: string, calls: readonly Call[]): void {
  const tape = new TapeWriter(path, METADATA, EPOCH)
  for (const [name, ...args] of calls) (tape[name] as (...args: number[]) => void).apply(tape, args)
  tape.close()
}

describe('a tape', () => {
  it('tells again every call that was written, and what it is', () => {
    const path = temporary('every.arrow')
    const at = (ns: number): Nanos => nanos(48_600_000_000_000 + ns)
    const calls: Call[] = [
      ['clear', at(0), 0],
      ['eventEnd', at(0), 0],
      ['add', at(1), 0, 1, BUY, 5_794_000, 100],
      ['add', at(1), 0, 2, SELL, 5_802_300, 50],
      ['eventEnd', at(1), 0],
      ['reduce', at(2), 0, 1, 40],
      ['modify', at(3), 0, 2, SELL, 5_802_200, 70],
      ['execute', at(3), 0, 1, BUY, 5_794_000, 60],
      ['level', at(3), 0, BUY, 5_793_900, 0],
      ['eventEnd', at(3), 0],
      ['remove', at(4), 0, 2],
      ['hiddenTrade', at(4), 0, 0, 5_798_150, 3],
      ['trade', at(5), 1, SELL, 6_165_430, 123_456_789],
      ['quote', at(5), 1, SELL, 6_165_440, Number.MAX_SAFE_INTEGER],
      ['eventEnd', at(5), 1]
    ]
    write(path, calls)

    expect(replay(path)).toEqual(calls)
    const tape = new TapeFile(path)
    expect(tape.metadata).toEqual(METADATA)
    expect([tape.rows, tape.epoch, ...tape.span()]).toEqual([11, EPOCH, at(0), at(5)])
    tape.close()
  })

  it('is an Arrow stream that other programs read', () => {
    const path = temporary('plain.arrow')
    const tape = new TapeWriter(path, METADATA, EPOCH)
    const time = nanos(48_600_015_105_074)
    tape.level(time, instrumentNo(0), BUY, price(5_794_000), quantity(500))
    tape.trade(time, instrumentNo(1), SELL, price(-12), quantity(7))
    tape.eventEnd()
    tape.close()

    const table = tableFromIPC(readFileSync(path))
    expect(table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
      'time: Timestamp<NANOSECOND, UTC>',
      'symbol: Dictionary<Int16, Utf8>',
      'action: Dictionary<Int8, Utf8>',
      'side: Int8',
      'price: Int64',
      'qty: Int64',
      'orderId: Uint32',
      'flags: Uint8'
    ])
    const column = (name: string): unknown[] => [...(table.getChild(name) ?? [])]
    const times = table.getChild('time')?.data[0].values as BigInt64Array
    expect([...times]).toEqual([1_340_285_400_015_105_074n, 1_340_285_400_015_105_074n])
    expect(['symbol', 'action', 'side', 'price', 'qty', 'orderId', 'flags'].map(column)).toEqual([
      ['GOOG', 'BTCUSDT'],
      ['level', 'trade'],
      [1, -1],
      [5_794_000n, -12n],
      [500n, 7n],
      [0, 0],
      [0, 1]
    ])
  })

  it('keeps events whole over the edge of a record batch', () => {
    const path = temporary('edge.arrow')
    const calls: Call[] = []
    for (let i = 0; i < BATCH_ROWS + 3; i++) {
      calls.push(['level', i, 0, BUY, 100 * (i % 50), i])
      if (i === BATCH_ROWS - 1 || i === BATCH_ROWS + 2) calls.push(['eventEnd', i, 0])
    }
    write(path, calls)
    expect(replay(path)).toEqual(calls)
  })

  it('has its name only when it is complete', () => {
    const path = temporary('abandoned.arrow')
    const tape = new TapeWriter(path, METADATA, EPOCH)
    tape.clear(nanos(0), instrumentNo(0))
    expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, true])
    tape.abandon()
    expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, false])
  })

  it('takes about 40 bytes a row', () => {
    const path = temporary('size.arrow')
    write(
      path,
      Array.from({ length: 10_000 }, (_, i): Call => ['level', i, 0, BUY, 100, 1])
    )
    expect(statSync(path).size / 10_000).toBeLessThan(40)
  })

  test.prop([
    fc.array(fc.tuple(fc.integer({ min: 0, max: 1e15 }), fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })), {
      minLength: 1
    }),
    fc.integer({ min: 0, max: 200 })
  ])('keeps times and prices exactly', (rows, day) => {
    const path = temporary('any.arrow')
    const tape = new TapeWriter(path, METADATA, EPOCH + day * 86_400)
    const sorted = [...rows].sort(([a], [b]) => a - b)
    for (const [time, px] of sorted) tape.trade(nanos(time), instrumentNo(0), BUY, price(px), quantity(1))
    tape.close()

    const sink = new RecordingSink()
    const file = new TapeFile(path)
    const read: [number, number][] = []
    for (const batch of file.batches({ epoch: EPOCH + day * 86_400 })) {
      for (let i = 0; i < batch.length; i++) read.push([batch.time[i], batch.price[i]])
    }
    file.close()
    expect(read).toEqual(sorted)
    expect(sink.calls).toEqual([])
  })
})
