import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseDecimal } from '../../../src/base/decimal.js'
import { nanos, toUnixNanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { BUY, instrumentNo, SELL, type Side } from '../../../src/exchange/units.js'
import type { ImportSummary } from '../../../src/market/readers/import-options.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { sharedData } from '../../support/data.js'
import { PlainBook } from '../support/plain-book.js'
import { temporaryDirectory } from '../support/temporary.js'

interface Probe {
  readonly e: number
  readonly ts_ns: string
  readonly bids: readonly (readonly [string, string])[]
  readonly asks: readonly (readonly [string, string])[]
  readonly ioc: readonly {
    readonly side: 'BUY' | 'SELL'
    readonly qty: string
    readonly market_fills: readonly (readonly [string, string])[]
  }[]
}

const recording = sharedData('binance/binance-usdm_BTCUSDT_20240808T235415Z_345s.jsonl.gz')
const answers = sharedData('golden/BTCUSDT_usdm.json')
const temporary = temporaryDirectory()
const tape = temporary('btcusdt.arrow')

type Depth = readonly (readonly [price: number, qty: number])[]

function units(levels: Probe['bids'], priceScale = 1, quantityScale = 3): Depth {
  return levels.map(([price, qty]) => [parseDecimal(price, priceScale), parseDecimal(qty, quantityScale)])
}

/** What a marketable order of `qty` takes from displayed levels. */
function walked(levels: Depth, qty: number): Depth {
  const fills: (readonly [number, number])[] = []
  for (const [price, size] of levels) {
    if (qty === 0) break
    const taken = Math.min(size, qty)
    fills.push([price, taken])
    qty -= taken
  }
  return fills
}

/** `target`, looked at after each event that changed the book. */
function afterBookEvents(target: MarketSink, look: (time: number) => void): MarketSink {
  let changed = false
  return {
    ...Object.fromEntries(
      (['add', 'reduce', 'remove', 'modify', 'execute', 'quote', 'trade', 'hiddenTrade'] as const).map((name) => [
        name,
        (...args: never[]): void => void Reflect.apply(target[name], target, args)
      ])
    ),
    level: (...args) => {
      changed = true
      target.level(...args)
    },
    clear: (...args) => {
      changed = true
      target.clear(...args)
    },
    eventEnd: (time, no) => {
      target.eventEnd(time, no)
      if (changed) look(time)
      changed = false
    }
  } as MarketSink
}

interface Replayed {
  readonly sink: MarketSink
  depth(side: Side, levels: number): Depth
}

function plainBook(): Replayed {
  const sink = new PlainBook()
  return { sink, depth: (side, levels) => sink.depth(side, levels) }
}

function exchange(): Replayed {
  const sink = createExchange({
    instruments: openTapes([tape]).instruments.map((terms, no) => instrument(instrumentNo(no), terms)),
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

describe.skipIf(!recording || !answers)('a recording of BTCUSDT', () => {
  let summary: ImportSummary

  beforeAll(async () => {
    summary = await importFiles([recording!], tape, undefined)
  })

  it('is told to be Binance’s, with the tick and lot of the contract', () => {
    const [terms] = openTapes([tape]).instruments
    expect([summary.format, summary.feed, terms]).toEqual([
      'binance',
      'l2',
      { symbol: 'BTCUSDT', tickSize: '0.1', lotSize: '0.001', priceScale: 1, quantityScale: 3, feed: 'l2' }
    ])
  })

  it.each([
    ['a plain book', plainBook],
    ['the exchange', exchange]
  ] as const)('shows the golden books, and fills the golden orders, through %s', (_name, replayed) => {
    const { events_E: events, probes } = JSON.parse(readFileSync(answers!, 'utf8')) as {
      events_E: number
      probes: Probe[]
    }
    const source = openTapes([tape])
    const book = replayed()
    let event = -1
    const seen: Probe[] = []
    const sink = afterBookEvents(book.sink, (time) => {
      event++
      const probe = probes[seen.length] as Probe | undefined
      if (probe?.e !== event) return
      const [bids, asks] = [book.depth(BUY, 5), book.depth(SELL, 5)]
      const shown = [toUnixNanos(nanos(time), source.epoch).toString(), bids, asks]
      expect(shown).toEqual([probe.ts_ns, units(probe.bids), units(probe.asks)])
      for (const { side, qty, market_fills: fills } of probe.ioc) {
        expect(walked(side === 'BUY' ? asks : bids, parseDecimal(qty, 3))).toEqual(units(fills))
      }
      seen.push(probe)
    })
    source.advance(source.end!, sink)
    expect([event + 1, seen.length]).toEqual([events, probes.length])
  })

  it('has the best prices that the book ticker of the same update id tells, after every update', () => {
    const lines = gunzipSync(readFileSync(recording!)).toString('latin1').trimEnd().split('\n')
    type Data = Readonly<Record<'e' | 'b' | 'a', string>> & { readonly u: number }
    const messages = lines.map(
      (line) => JSON.parse(line.slice(line.indexOf('{'))) as { data?: Data; lastUpdateId?: number }
    )
    const tickers = messages.flatMap(({ data }) => (data?.e === 'bookTicker' ? [data] : []))
    const snapshotId = messages.find(({ lastUpdateId }) => lastUpdateId !== undefined)!.lastUpdateId!
    const updates = messages.flatMap(({ data }) => (data?.e === 'depthUpdate' && data.u > snapshotId ? [data] : []))

    const book = exchange()
    const source = openTapes([tape])
    let event = -1
    let ticker = 0
    const different: number[] = []
    const sink = afterBookEvents(book.sink, () => {
      if (++event === 0) return
      while (ticker + 1 < tickers.length && tickers[ticker + 1].u <= updates[event - 1].u) ticker++
      const [[bid], [ask]] = [book.depth(BUY, 1)[0], book.depth(SELL, 1)[0]]
      const { b, a } = tickers[ticker]
      if (bid !== parseDecimal(b, 1) || ask !== parseDecimal(a, 1)) different.push(event)
    })
    source.advance(source.end!, sink)
    expect([event, different]).toEqual([updates.length, []])
  })
})
