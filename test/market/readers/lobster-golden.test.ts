import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.js'
import { nanos, toUnixNanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { BUY, instrumentNo, SELL, type Side } from '../../../src/exchange/units.js'
import { importLobster } from '../../../src/market/readers/lobster/lobster-import.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { sharedData } from '../../support/data.js'
import { PlainBook } from '../support/plain-book.js'
import { temporaryDirectory } from '../support/temporary.js'
import { watched } from '../support/watched.js'

type Depth = readonly (readonly [price: number, qty: number])[]

/** Something that a tape is replayed through, and what it shows of the book then. */
interface Replayed {
  readonly sink: MarketSink
  depth(side: Side, levels: number): Depth
}

interface Probe {
  readonly e: number
  readonly ts_ns: string
  readonly bids: readonly (readonly [string, string])[]
  readonly asks: readonly (readonly [string, string])[]
}

const temporary = temporaryDirectory()

function plainBook(): Replayed {
  const sink = new PlainBook()
  return { sink, depth: (side, levels) => sink.depth(side, levels) }
}

function exchange({ instruments }: MarketSource): Replayed {
  const sink = createExchange({
    instruments: instruments.map((terms, no) => instrument(instrumentNo(no), terms)),
    models: {
      preset: 'consume',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    listener: { onEvent: () => undefined }
  })
  const no = instrumentNo(0)
  return { sink, depth: (side, levels) => sink.marketDepth(no, side, levels).map(({ price, qty }) => [price, qty]) }
}

function linesOf(path: string): string[] {
  return gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n')
}

/** The columns of the vendor's row as a book shows them, absent levels filled up. */
function asRow(book: Replayed, levels: number): string {
  const bids = book.depth(BUY, levels)
  const asks = book.depth(SELL, levels)
  const row: number[] = []
  for (let i = 0; i < levels; i++) row.push(...(asks[i] ?? [9999999999, 0]), ...(bids[i] ?? [-9999999999, 0]))
  return row.join(',')
}

function units(levels: Probe['bids']): Depth {
  return levels.map(([price, qty]) => [parseDecimal(price, 4), Number(qty)])
}

describe.each([
  ['GOOG', '57600000_{}_10', 'golden/GOOG_L10.json'],
  ['MSFT', '37800000_{}_50.first1000', 'golden/MSFT_L50.json']
] as const)('a tape of %s', (symbol, ending, golden) => {
  const path = (kind: string): string | undefined =>
    sharedData(`lobster/${symbol}_2012-06-21_34200000_${ending.replace('{}', kind)}.csv.gz`)
  const [messages, orderbook, answers] = [path('message'), path('orderbook'), sharedData(golden)]

  it.skipIf(!messages || !orderbook || !answers).each([
    ['l3', 'a plain book', plainBook],
    ['l2', 'a plain book', plainBook],
    ['l3', 'the exchange', exchange],
    ['l2', 'the exchange', exchange]
  ] as const)('replays as %s through %s to the vendor’s book after every line', async (feed, _name, replayed) => {
    const rows = linesOf(orderbook!)
    const types = linesOf(messages!).map((line) => line.split(',')[1])
    const { events_E: events, probes } = JSON.parse(readFileSync(answers!, 'utf8')) as {
      events_E: number
      probes: Probe[]
    }
    const tape = temporary(`${symbol}.${feed}.arrow`)
    const summary = await importLobster(messages!, orderbook!, tape, { feed })
    const source = openTapes([tape])

    const levels = rows[0].split(',').length / 4
    const changes = rows.map((row, i) => i === 0 || row !== rows[i - 1])
    const book = replayed(source)
    const different: number[] = []
    const seen: Probe[] = []
    let line = -1
    let event = -1
    const sink = watched(book.sink, (time) => {
      // A cancellation of what neither the tape knows nor the vendor shows leaves nothing to tell.
      do line++
      while (!changes[line] && ['2', '3', '7'].includes(types[line]))
      if (asRow(book, levels) !== rows[line]) different.push(line + 1)
      if (!changes[line]) return
      event++
      const probe = probes[seen.length] as Probe | undefined
      if (probe?.e !== event) return
      const shown = [toUnixNanos(time, source.epoch).toString(), book.depth(BUY, 5), book.depth(SELL, 5)]
      expect(shown).toEqual([probe.ts_ns, units(probe.bids), units(probe.asks)])
      seen.push(probe)
    })
    source.advance(source.end!, sink)

    expect(different).toEqual([])
    expect(seen).toEqual(probes)
    expect([line + 1, event + 1]).toEqual([rows.length, events])
    expect(summary.events).toBe(rows.length)
    expect(source.nextTime()).toBeUndefined()
  })
})
