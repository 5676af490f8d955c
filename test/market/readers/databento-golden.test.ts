import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { decompress } from 'fzstd'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.js'
import { toUnixNanos } from '../../../src/base/time.js'
import { BUY, SELL, type Side } from '../../../src/exchange/units.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { sharedData } from '../../support/data.js'
import { observed } from '../support/observed.js'
import { PlainBook } from '../support/plain-book.js'
import { RecordingSink } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
const [MBO, MBP10, ARL_GOLDEN] = [
  'databento/XNAS.ITCH_ARL_2025-07-17.mbo.csv.gz',
  'databento/XNAS.ITCH_ARL_2025-07-17.mbp-10.csv.gz',
  'golden/ARL_mbo.json'
].map(sharedData)
const [ES_MBO, ES_DEFINITION, ES_MBP1, ES_TRADES] = [
  'GLBX.MDP3_ESM4_2024-05-08T00-00-00_2s.mbo.dbn.zst',
  'GLBX.MDP3_ESM4_2024-05-08.definition.dbn.zst',
  'GLBX.MDP3_ESU4_2024-07-01T23-58_4min.mbp-1.dbn.zst',
  'GLBX.MDP3_ESU4_2024-07-01T23-58_4min.trades.dbn.zst'
].map((name) => sharedData(`databento/${name}`))
const ESU4_DEFINITION = sharedData('databento/GLBX.MDP3_ESU4_NQU4_2024-07-01.definition.dbn.zst')

/** "13.4 22 1,..." for each of the best levels of a side: price, quantity, number of orders. */
function sideText(book: PlainBook, side: Side, levels: number): string {
  return book
    .depth(side, levels)
    .map(([price, qty]) => `${price / 10_000} ${qty} ${book.orderCount(side, price)}`)
    .join(',')
}

function bookText(book: PlainBook, levels: number): string {
  return `${sideText(book, BUY, levels)} | ${sideText(book, SELL, levels)}`
}

/** The same of a row of the vendor's 10-level book. */
function rowText(row: Readonly<Record<string, string>>): string {
  const side = (name: 'bid' | 'ask'): string =>
    Array.from({ length: 10 }, (_, n) => ['px', 'sz', 'ct'].map((part) => row[`${name}_${part}_0${n}`]))
      .filter(([price]) => price !== '')
      .map(([price, size, count]) => `${Number(price)} ${size} ${count}`)
      .join(',')
  return `${side('bid')} | ${side('ask')}`
}

function rowsOf(path: string): Record<string, string>[] {
  const [header, ...lines] = gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i], value])))
}

/** ns since the day's midnight of an ISO time. */
function timeOfDay(iso: string): number {
  const [, hour, minute, second, fraction] = /T(\d\d):(\d\d):(\d\d)\.(\d{9})Z$/.exec(iso)!
  return (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1e9 + Number(fraction)
}

describe('a tape of ARL market by order', () => {
  it.skipIf(!MBO || !MBP10).each(['l3', 'l2'] as const)(
    'replays as %s to every row of the vendor’s ten levels: prices, sizes and, order by order, counts',
    async (feed) => {
      const tape = temporary(`arl.${feed}.arrow`)
      await importFiles([MBO!], tape, undefined, { feed })
      const source = openTapes([tape])
      const book = new PlainBook()
      const withoutCounts = (text: string): string =>
        feed === 'l3' ? text : text.replaceAll(/(\d+ \d+) \d+/g, '$1').replaceAll(/(\.\d+ \d+) \d+/g, '$1')

      // Every state that an instant went through, from the one before it on.
      const states = new Map<number, string[]>()
      let now = -1
      const sink = observed(book, (_name, time) => {
        const before = states.get(now)?.at(-1) ?? ' | '
        now = time
        const seen = states.get(time) ?? [before]
        seen.push(withoutCounts(bookText(book, 10)))
        states.set(time, seen)
      })
      source.advance(source.end!, sink)

      const rows = rowsOf(MBP10!)
      const different: number[] = []
      let instant = -1
      let at = 0
      let last = ' | '
      rows.forEach((row, i) => {
        const time = timeOfDay(row.ts_event)
        // Hidden trades and the reset change nothing.
        const seen = states.get(time) ?? [last]
        if (time !== instant) at = 0
        instant = time
        const found = seen.indexOf(withoutCounts(rowText(row)), at)
        const closes = rows[i + 1]?.ts_event !== row.ts_event
        if (found < 0 || (closes && withoutCounts(rowText(row)) !== seen.at(-1))) different.push(i)
        if (found >= 0) at = found
        last = seen.at(-1)!
      })
      expect(rows.length).toBe(3928)
      expect(different.length === 0 || different).toBe(true)
    }
  )

  it.skipIf(!MBO || !ARL_GOLDEN)('passes the golden probes', async () => {
    interface Probe {
      readonly e: number
      readonly ts_ns: string
      readonly bids: readonly (readonly [string, string])[]
      readonly asks: readonly (readonly [string, string])[]
    }
    const golden = JSON.parse(readFileSync(ARL_GOLDEN!, 'utf8')) as { events_E: number; probes: Probe[] }
    const units = (levels: Probe['bids']): number[][] => levels.map(([px, qty]) => [parseDecimal(px, 4), Number(qty)])
    const tape = temporary('arl.golden.arrow')
    await importFiles([MBO!], tape, undefined)
    const source = openTapes([tape])
    const book = new PlainBook()
    const seen: unknown[] = []
    let changed = false
    let event = -1
    const sink = observed(book, (name, time) => {
      if (name !== 'eventEnd') {
        if (name !== 'hiddenTrade' && name !== 'clear') changed = true
        return
      }
      if (!changed) return
      changed = false
      event++
      if (golden.probes[seen.length]?.e !== event) return
      seen.push([event, String(toUnixNanos(time as never, source.epoch)), book.depth(BUY, 5), book.depth(SELL, 5)])
    })
    source.advance(source.end!, sink)
    expect(seen).toEqual(golden.probes.map((p) => [p.e, p.ts_ns, units(p.bids), units(p.asks)]))
    expect(event + 1).toBe(golden.events_E)
  })

  it.skipIf(!MBO)('tells executions of displayed orders, and hidden trades', async () => {
    const tape = temporary('arl.trades.arrow')
    await importFiles([MBO!], tape, undefined)
    const sink = new RecordingSink()
    const source = openTapes([tape])
    source.advance(source.end!, sink)
    const rows = rowsOf(MBO!)
    const volume = (of: (row: Record<string, string>) => boolean): number =>
      rows.filter(of).reduce((sum, { size }) => sum + Number(size), 0)
    const told = (name: string): number =>
      sink.calls.filter((call) => call[0] === name).reduce((sum, call) => sum + Number(call.at(-1)), 0)
    expect([told('execute'), told('hiddenTrade')]).toEqual([
      volume(({ action }) => action === 'F'),
      volume(({ action, side }) => action === 'T' && side === 'N')
    ])
    expect(told('execute')).toBeGreaterThan(0)
  })
})

/** States that differ from the one before. */
function changes(states: readonly string[]): string[] {
  return states.filter((state, i) => state !== states[i - 1])
}

function firstDifference(seen: readonly string[], expected: readonly string[]): unknown {
  const at = expected.findIndex((state, i) => state !== seen[i])
  return at < 0 ? undefined : { at, seen: seen[at], expected: expected[at] }
}

/** The records of a DBN file as the simplest reader would take them. */
function dbnRecords(path: string): DataView[] {
  const bytes = decompress(readFileSync(path))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const records: DataView[] = []
  for (let at = 8 + view.getUint32(4, true); at < bytes.length; at += 4 * bytes[at]) {
    records.push(new DataView(bytes.buffer, bytes.byteOffset + at, 4 * bytes[at]))
  }
  return records
}

describe('a tape of ES market by order', () => {
  it.skipIf(!ES_MBO || !ES_DEFINITION)(
    'holds the snapshot and replays to the book of the records after every event, never crossed',
    async () => {
      const tape = temporary('es.arrow')
      const summary = await importFiles([ES_DEFINITION!, ES_MBO!], tape, undefined)
      expect(summary).toMatchObject({ feed: 'l3', symbols: ['ESM4'], events: 13_796 })
      expect(summary.counts).toMatchObject({ snapshotOrders: 13_600, fillsOfUnknownOrders: 0, timesRaised: 0 })
      const source = openTapes([tape])
      expect(source.instruments[0]).toMatchObject({ tickSize: '0.25', currency: 'USD', market: 'XCME' })

      const expected: string[] = []
      const orders = new Map<bigint, { side: string; price: number; size: number }>()
      const oracle = (): string => {
        const side = (name: string, sign: number): string => {
          const levels = new Map<number, [number, number]>()
          for (const { side, price, size } of orders.values()) {
            const [qty, count] = levels.get(price) ?? [0, 0]
            if (side === name) levels.set(price, [qty + size, count + 1])
          }
          const sorted = [...levels].sort(([a], [b]) => sign * (b - a)).slice(0, 10)
          return sorted.map(([price, [qty, count]]) => `${price / 1e9} ${qty} ${count}`).join(',')
        }
        return `${side('B', 1)} | ${side('A', -1)}`
      }
      for (const record of dbnRecords(ES_MBO!)) {
        const id = record.getBigUint64(16, true)
        const price = Number(record.getBigInt64(24, true))
        const size = record.getUint32(32, true)
        const action = String.fromCharCode(record.getUint8(38))
        const side = String.fromCharCode(record.getUint8(39))
        const order = orders.get(id)
        if (action === 'A' || action === 'M') orders.set(id, { side, price, size })
        if (action === 'C' && order && (order.size -= size) <= 0) orders.delete(id)
        if (record.getUint8(36) & 128) expected.push(oracle())
      }
      const book = new PlainBook()
      const seen: string[] = []
      let crossed = 0
      source.advance(
        source.end!,
        observed(book, (name) => {
          if (name !== 'eventEnd') return
          seen.push(bookText(book, 10))
          const [[bid], [ask]] = [book.depth(BUY, 1)[0], book.depth(SELL, 1)[0]]
          if (bid >= ask) crossed++
        })
      )
      // A modification that changes nothing is no event of the tape.
      expect(firstDifference(changes(seen), changes(expected))).toBeUndefined()
      expect([changes(seen).length, crossed]).toEqual([changes(expected).length, 0])
    }
  )

  it.skipIf(!ES_MBO)('tells fills as executions of the orders that stood there', async () => {
    const tape = temporary('es.executions.arrow')
    await importFiles([ES_MBO!], tape, undefined)
    const sink = new RecordingSink()
    const source = openTapes([tape])
    source.advance(source.end!, sink)
    const executions = sink.calls.filter(([name]) => name === 'execute').map((call) => call.slice(4))
    expect(executions).toEqual([
      [-1, 52_142_500, 1],
      [-1, 52_142_500, 1],
      [-1, 52_142_500, 1],
      [-1, 52_142_500, 1],
      [-1, 52_142_500, 2]
    ])
    expect(sink.calls.filter(([name]) => name === 'hiddenTrade')).toEqual([])
  })
})

describe('tapes of ES quotes and trades', () => {
  it.skipIf(!ES_MBP1 || !ESU4_DEFINITION)('replay to the vendor’s best quote after every event', async () => {
    const tape = temporary('esu4.arrow')
    const summary = await importFiles([ES_MBP1!, ESU4_DEFINITION!], tape, undefined)
    expect(summary).toMatchObject({ feed: 'l1', symbols: ['ESU4'], events: 2288, notes: [] })
    const expected = dbnRecords(ES_MBP1!)
      .filter((record) => record.getUint8(30) & 128)
      .map((record) =>
        JSON.stringify([
          [[Number(record.getBigInt64(48, true)) / 1e5, record.getUint32(64, true)]],
          [[Number(record.getBigInt64(56, true)) / 1e5, record.getUint32(68, true)]]
        ])
      )
    const source = openTapes([tape])
    const book = new PlainBook()
    const seen: string[] = []
    source.advance(
      source.end!,
      observed(book, (name) => {
        if (name === 'eventEnd') seen.push(JSON.stringify([book.depth(BUY, 2), book.depth(SELL, 2)]))
      })
    )
    expect(firstDifference(changes(seen), changes(expected))).toBeUndefined()
    expect(changes(seen).length).toBe(changes(expected).length)
  })

  it.skipIf(!ES_TRADES || !ES_MBP1)('hold the same trades, whether of trades or of quotes', async () => {
    const trades = async (file: string): Promise<unknown[]> => {
      const tape = temporary('esu4.trades.arrow')
      await importFiles([file], tape, undefined)
      const sink = new RecordingSink()
      const source = openTapes([tape])
      source.advance(source.end!, sink)
      return sink.calls.filter(([name]) => name === 'trade')
    }
    const ofTrades = await trades(ES_TRADES!)
    expect(ofTrades.length).toBe(120)
    expect(ofTrades[0]).toEqual(['trade', 86_281_218_218_853, 0, 1, 55_287_500, 2])
    expect(await trades(ES_MBP1!)).toEqual(ofTrades)
  })
})

describe('a tape of ARL market by price', () => {
  it.skipIf(!MBP10)('replays to the vendor’s ten levels at the end of every event', async () => {
    const tape = temporary('arl.mbp.arrow')
    await importFiles([MBP10!], tape, undefined)
    const source = openTapes([tape])
    const book = new PlainBook()
    const levels = (text: string): string => text.replaceAll(/([\d.]+ \d+) \d+/g, '$1')
    const seen: string[] = []
    source.advance(
      source.end!,
      observed(book, (name) => {
        if (name === 'eventEnd') seen.push(levels(bookText(book, 10)))
      })
    )
    const expected = rowsOf(MBP10!)
      .filter(({ flags }) => Number(flags) & 128)
      .map((row) => levels(rowText(row)))
    expect(firstDifference(changes(seen), changes(expected))).toBeUndefined()
    expect(changes(seen).length).toBe(changes(expected).length)
  })
})
