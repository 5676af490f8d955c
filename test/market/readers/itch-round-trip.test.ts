import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HOUR, nanos } from '../../../src/base/time.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { BUY, instrumentNo, SELL } from '../../../src/exchange/units.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { importFiles } from '../../../src/market/readers/import-files.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'
import { sharedData } from '../../support/data.js'
import { ItchEncoder } from '../support/itch-encoder.js'
import { ItchMessages } from '../support/itch-messages.js'
import { observed } from '../support/observed.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

function exchangeOf({ instruments }: MarketSource): ReturnType<typeof createExchange> {
  return createExchange({
    instruments: instruments.map((terms, no) => instrument(instrumentNo(no), terms)),
    models: {
      preset: 'consume',
      queue: { kind: 'riskAverse' },
      latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
      seed: 1
    },
    listener: { onEvent: () => undefined }
  })
}

/** The best ten levels of every instrument, at the end of each instant: [time, text]. */
function booksOf(source: MarketSource, to = source.end!): Map<number, string> {
  const exchange = exchangeOf(source)
  const books = new Map<number, string>()
  const sink = observed(exchange, (name, time) => {
    if (name !== 'eventEnd') return
    const text = source.instruments.map((_, no) =>
      [BUY, SELL].map((side) =>
        exchange.marketDepth(instrumentNo(no), side, 10).map(({ price, qty }) => `${price}x${qty}`)
      )
    )
    books.set(time, JSON.stringify(text))
  })
  source.advance(to, sink)
  return books
}

/** Instants whose book is not that of the instant before. */
function changes(books: ReadonlyMap<number, string>): string[] {
  let before = ''
  const told: string[] = []
  for (const [time, text] of books) {
    if (text !== before) told.push(`${time} ${text}`)
    before = text
  }
  return told
}

function firstDifference(seen: readonly string[], expected: readonly string[]): unknown {
  const at = expected.findIndex((state, i) => state !== seen[i])
  return at < 0 && seen.length === expected.length ? undefined : { at, seen: seen[at], expected: expected[at] }
}

describe('a market told in ITCH and imported', () => {
  const [messages, orderbook] = ['message', 'orderbook'].map((kind) =>
    sharedData(`lobster/GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`)
  )

  it.skipIf(!messages || !orderbook)('replays to the same book at every instant: GOOG, the whole day', async () => {
    const day = temporary('goog.arrow')
    await importFiles([messages!, orderbook!], day, undefined)
    const source = openTapes([day])
    const out = new ItchMessages()
    out.systemEvent('O')
    source.advance(source.end!, new ItchEncoder(out, ['GOOG'], 4 * HOUR))
    out.systemEvent('C')
    const file = temporary('06212012.NASDAQ_ITCH50.gz')
    writeFileSync(file, gzipSync(out.take(), { level: 1 }))

    const tape = temporary('goog.itch.arrow')
    const summary = await importFiles([file], tape, undefined)
    expect(summary).toMatchObject({ format: 'itch', feed: 'l3', symbols: ['GOOG'] })
    expect(summary.counts.unknownOrder).toBeUndefined()
    expect(firstDifference(changes(booksOf(openTapes([tape]))), changes(booksOf(openTapes([day]))))).toBeUndefined()
    // The vendor's own last row, as a check on both.
    const last = gunzipSync(readFileSync(orderbook!)).toString('latin1').trimEnd().split('\n').at(-1)!.split(',')
    const [[bids, asks]] = JSON.parse([...booksOf(openTapes([tape])).values()].at(-1)!) as [[string[], string[]]]
    expect([asks[0], bids[0]]).toEqual([`${last[0]}x${last[1]}`, `${last[2]}x${last[3]}`])
  })

  it.each(['l3', 'l2'] as const)('replays as %s to the same books: five synthetic stocks', async (feed) => {
    const market = (): SyntheticMarket =>
      new SyntheticMarket({ seed: 7, epoch: 1_579_478_400, start: nanos(14.5 * HOUR) })
    const to = nanos(14.5 * HOUR + 60e9)
    const source = market()
    const symbols = source.instruments.map(({ symbol }) => symbol)
    const out = new ItchMessages()
    const scaled = new ItchEncoder(out, symbols, 5 * HOUR)
    source.advance(to, scaled)
    const file = temporary(`01202020.NASDAQ_ITCH50`)
    writeFileSync(file, out.take())
    const tape = temporary(`synthetic.${feed}.arrow`)
    const summary = await importFiles([file], tape, undefined, { feed, symbol: 'all' })
    expect(summary.symbols).toEqual(symbols)
    const seen = changes(booksOf(openTapes([tape])))
    expect(firstDifference(seen, changes(booksOf(market(), to)))).toBeUndefined()
    expect(seen.length).toBeGreaterThan(1000)
  })
})
