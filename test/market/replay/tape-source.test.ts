import { describe, expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import { BUY, SELL, instrumentNo, price, quantity } from '../../../src/exchange/units.js'
import type { InstrumentTerms } from '../../../src/exchange/instrument.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { BATCH_ROWS, TapeWriter } from '../../../src/market/tape/tape-writer.js'
import { RecordingSink, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const DAY_1 = 1_340_236_800
const DAY_2 = DAY_1 + 86_400
const temporary = temporaryDirectory()

function terms(symbol: string): InstrumentTerms {
  return { symbol, tickSize: '0.01', lotSize: '1', priceScale: 2, quantityScale: 0, feed: 'l3' }
}

/** A tape of one symbol with an order, one event each, at these times. */
function tapeOf(symbol: string, times: readonly number[], epoch = DAY_1, described = terms(symbol)): string {
  const path = temporary(`${symbol}-${times.length}-${times[0]}-${epoch}.arrow`)
  const metadata = {
    instruments: [described],
    source: 'a test',
    timeZone: 'UTC',
    createdFrom: []
  }
  const tape = new TapeWriter(path, metadata, epoch)
  times.forEach((time, i) => {
    tape.add(nanos(time), instrumentNo(0), i + 1, BUY, price(100), quantity(1))
    tape.eventEnd()
  })
  tape.close()
  return path
}

/** Adds as [time, instrument, order id]. */
function adds(calls: readonly Call[]): (readonly number[])[] {
  return calls.filter(([name]) => name === 'add').map(([, time, no, id]) => [time, no, id])
}

describe('a replayed tape', () => {
  it('says when it starts, ends and goes on', () => {
    const source = openTapes([tapeOf('A', [10, 20, 20, 30])])
    expect([source.epoch, source.start, source.end, source.nextTime()]).toEqual([DAY_1, 10, 30, 10])
    source.advance(nanos(20), new RecordingSink())
    expect([source.start, source.end, source.nextTime()]).toEqual([10, 30, 30])
    source.advance(nanos(30), new RecordingSink())
    expect(source.nextTime()).toBeUndefined()
  })

  it('feeds every event up to and including a time', () => {
    const source = openTapes([tapeOf('A', [10, 20, 20, 30])])
    const fed: number[] = []
    for (const to of [9, 10, 19, 25, 1000]) {
      const sink = new RecordingSink()
      source.advance(nanos(to), sink)
      fed.push(adds(sink.calls).length)
    }
    expect(fed).toEqual([0, 1, 0, 2, 1])
  })

  it('steps by whole instants', () => {
    const source = openTapes([tapeOf('A', [10, 20, 20, 20, 30, 40])])
    const sink = new RecordingSink()
    const steps: (readonly [number | undefined, number])[] = []
    for (const count of [1, 1, 0, 2, 1]) steps.push([source.step(count, sink), adds(sink.calls).length])
    expect(steps).toEqual([
      [10, 1],
      [20, 4],
      [undefined, 4],
      [40, 6],
      [undefined, 6]
    ])
  })

  it('counts the vendor’s events in a step, not rows', () => {
    const path = temporary('events.arrow')
    const metadata = {
      instruments: [terms('A')],
      source: '-',
      timeZone: 'UTC',
      createdFrom: []
    }
    const tape = new TapeWriter(path, metadata, DAY_1)
    for (const time of [1, 2, 3]) {
      tape.trade(nanos(time), instrumentNo(0), SELL, price(100), quantity(1))
      tape.level(nanos(time), instrumentNo(0), BUY, price(100), quantity(9))
      tape.eventEnd()
    }
    tape.close()
    const sink = new RecordingSink()
    expect(openTapes([path]).step(2, sink)).toBe(2)
    expect(sink.calls.map(([name]) => name)).toEqual(['trade', 'level', 'eventEnd', 'trade', 'level', 'eventEnd'])
  })

  it('does not tear an instant at the edge of a record batch', () => {
    const times = Array.from({ length: BATCH_ROWS + 5 }, (_, i) => (i < BATCH_ROWS - 2 ? i : BATCH_ROWS))
    const source = openTapes([tapeOf('A', times)])
    const sink = new RecordingSink()
    source.advance(nanos(BATCH_ROWS - 1), sink)
    expect(adds(sink.calls)).toHaveLength(BATCH_ROWS - 2)
    expect(source.step(1, sink)).toBe(BATCH_ROWS)
    expect(adds(sink.calls)).toHaveLength(BATCH_ROWS + 5)
  })

  it('moves what is still to come', () => {
    const source = openTapes([tapeOf('A', [10, 20, 30])])
    const sink = new RecordingSink()
    source.advance(nanos(10), sink)
    source.shift(100)
    expect([source.nextTime(), source.end]).toEqual([120, 130])
    source.advance(nanos(120), sink)
    source.step(1, sink)
    expect(adds(sink.calls).map(([time]) => time)).toEqual([10, 120, 130])
  })
})

describe('tapes replayed together', () => {
  it('come in time order, the first named first at one time, with ids that stay apart', () => {
    const source = openTapes([tapeOf('A', [10, 20, 20, 40]), tapeOf('B', [5, 20, 30, 40])])
    const sink = new RecordingSink()
    source.advance(source.end!, sink)
    expect(source.instruments.map(({ symbol }) => symbol)).toEqual(['A', 'B'])
    expect(source.start).toBe(5)
    expect(adds(sink.calls)).toEqual([
      [5, 1, 2],
      [10, 0, 1],
      [20, 0, 3],
      [20, 0, 5],
      [20, 1, 4],
      [30, 1, 6],
      [40, 0, 7],
      [40, 1, 8]
    ])
  })

  it('tell the same however they are advanced', () => {
    const tapes = [tapeOf('A', [10, 20, 20, 40]), tapeOf('B', [5, 20, 30, 40]), tapeOf('C', [20, 41])]
    const [atOnce, bit, steps] = [new RecordingSink(), new RecordingSink(), new RecordingSink()]
    openTapes(tapes).advance(nanos(50), atOnce)
    const slowly = openTapes(tapes)
    for (let to = 0; to <= 50; to++) slowly.advance(nanos(to), bit)
    const stepped = openTapes(tapes)
    while (stepped.step(1, steps) !== undefined);
    expect(bit.calls).toEqual(atOnce.calls)
    expect(steps.calls).toEqual(atOnce.calls)
  })

  it('hold one instrument for a symbol of several days', () => {
    const source = openTapes([tapeOf('A', [10]), tapeOf('A', [10, 11], DAY_2)])
    const sink = new RecordingSink()
    source.advance(source.end!, sink)
    expect(source.instruments).toHaveLength(1)
    expect(adds(sink.calls)).toEqual([
      [10, 0, 1],
      [86_400_000_000_010, 0, 2],
      [86_400_000_000_011, 0, 4]
    ])
  })

  it('must describe a symbol alike', () => {
    const other = tapeOf('A', [1, 2, 3], DAY_2, { ...terms('A'), tickSize: '0.05' })
    const first = tapeOf('A', [10])
    const message =
      `${other} A is described as tick 5 at scale 2, lot 1 at scale 0, l3 in USD on XPPT, ` +
      'but by another tape as tick 1 at scale 2, lot 1 at scale 0, l3 in USD on XPPT; expected the same'
    expect(() => openTapes([first, other])).toThrow(message)
  })
})
