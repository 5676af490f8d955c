import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../src/base/decimal.js'
import { toUnixNanos, type Nanos } from '../../src/base/time.js'
import { AVERAGE_EXTRA_DIGITS } from '../../src/exchange/average-price.js'
import { formatPrice, formatQuantity, type FeedKind, type Instrument } from '../../src/exchange/instrument.js'
import type { MarketSink } from '../../src/exchange/market-sink.js'
import { BUY, price, quantity, SELL, type Side } from '../../src/exchange/units.js'
import { importDatabento } from '../../src/market/readers/databento/databento-import.js'
import { importFiles } from '../../src/market/readers/import-files.js'
import { importLobster } from '../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { matchingExchange, referenceExchange, type Implementation } from '../exchange/support/implementations.js'
import { PlainBook } from '../market/support/plain-book.js'
import { temporaryDirectory } from '../market/support/temporary.js'
import { sharedData } from '../support/data.js'
import { BestQuoteFeed } from './support/best-quote-feed.js'
import { ReplayedExchange, type Fills } from './support/replayed-exchange.js'

type Level = readonly [price: string, qty: string]

/** What the data's own notes expect of a displayed book at one moment of the day. */
interface Probe {
  readonly e: number
  readonly ts_ns: string
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
  readonly ioc: readonly {
    readonly side: 'BUY' | 'SELL'
    readonly qty: string
    readonly market_fills: readonly Level[]
    readonly avg_px: string
    readonly limit_at_touch_fill: Level
  }[]
}

interface Golden {
  readonly events_E: number
  readonly probes: readonly Probe[]
}

/** Tells of each call with its name, after `sink` and `book`, where that is another, have had it. */
function observed(
  sink: MarketSink,
  book: MarketSink | undefined,
  after: (name: string, time: Nanos) => void
): MarketSink {
  return new Proxy(sink, {
    get: (_, name: keyof MarketSink) => {
      return (...args: [Nanos, ...never[]]): void => {
        ;(sink[name] as (...args: unknown[]) => void)(...args)
        if (book) (book[name] as (...args: unknown[]) => void)(...args)
        after(name, args[0])
      }
    }
  })
}

/** How the probes of a source of data count its events: whether the event that ends now is one. */
type CountsEvent = (calls: readonly string[], book: PlainBook) => boolean

/** LOBSTER: each line whose ten (fifty) levels differ from the line before; line 0 counts. */
function whereLevelsChange(levels: number): CountsEvent {
  let before = ''
  return (_, book) => {
    const now = JSON.stringify([book.depth(BUY, levels), book.depth(SELL, levels)])
    const changed = now !== before
    before = now
    return changed
  }
}

/** Databento and Binance: each event that tells more than trades and resets. */
const whereTheBookIsTold: CountsEvent = (calls) =>
  calls.some((name) => name !== 'hiddenTrade' && name !== 'trade' && name !== 'clear')

interface Recording {
  readonly name: string
  readonly files: readonly string[]
  readonly read: (files: readonly string[], out: string, feed: 'l3' | 'l2') => Promise<unknown>
  readonly golden: string
  readonly feeds: readonly FeedKind[]
  readonly counts: () => CountsEvent
  readonly implementations: readonly Implementation[]
}

const LOBSTER = '2012-06-21_34200000'
const recordings: readonly Recording[] = [
  {
    name: 'GOOG',
    files: [
      `lobster/GOOG_${LOBSTER}_57600000_message_10.csv.gz`,
      `lobster/GOOG_${LOBSTER}_57600000_orderbook_10.csv.gz`
    ],
    read: ([messages, orderbook], out, feed) => importLobster(messages, orderbook, out, { feed }),
    golden: 'golden/GOOG_L10.json',
    feeds: ['l3', 'l2', 'l1'],
    counts: () => whereLevelsChange(10),
    implementations: [matchingExchange]
  },
  {
    name: 'MSFT',
    files: [
      `lobster/MSFT_${LOBSTER}_37800000_message_50.first1000.csv.gz`,
      `lobster/MSFT_${LOBSTER}_37800000_orderbook_50.first1000.csv.gz`
    ],
    read: ([messages, orderbook], out, feed) => importLobster(messages, orderbook, out, { feed }),
    golden: 'golden/MSFT_L50.json',
    feeds: ['l3', 'l2', 'l1'],
    counts: () => whereLevelsChange(50),
    implementations: [referenceExchange, matchingExchange]
  },
  {
    name: 'ARL',
    files: ['databento/XNAS.ITCH_ARL_2025-07-17.mbo.csv.gz'],
    read: (files, out, feed) => importDatabento(files, out, { feed }),
    golden: 'golden/ARL_mbo.json',
    feeds: ['l3', 'l2', 'l1'],
    counts: () => whereTheBookIsTold,
    implementations: [referenceExchange, matchingExchange]
  },
  {
    name: 'BTCUSDT',
    files: ['binance/binance-usdm_BTCUSDT_20240808T235415Z_345s.jsonl.gz'],
    read: (files, out, feed) => importFiles(files, out, 'binance', { feed }),
    golden: 'golden/BTCUSDT_usdm.json',
    feeds: ['l2', 'l1'],
    counts: () => whereTheBookIsTold,
    implementations: [matchingExchange]
  }
]

const temporary = temporaryDirectory()

for (const { name, files, read, golden, feeds, counts, implementations } of recordings) {
  const [answers, ...paths] = [golden, ...files].map(sharedData)
  const cases = implementations.flatMap((implementation) => feeds.map((feed) => ({ feed, ...implementation })))
  describe.skipIf(!answers || paths.includes(undefined))(`the golden probes of ${name}`, () => {
    it.each(cases)('are filled as $feed by $name', async ({ feed, factory }) => {
      const tape = temporary(`${name}.${feed}.arrow`)
      await read(paths as string[], tape, feed === 'l3' ? 'l3' : 'l2')
      const { events_E: events, probes } = JSON.parse(readFileSync(answers ?? '', 'utf8')) as Golden
      const source = openTapes([tape])
      const replayed = new ReplayedExchange(factory, source, feed)
      const quotes = feed === 'l1' ? new BestQuoteFeed(replayed.exchange) : undefined
      const book = quotes?.book ?? new PlainBook()
      const isCounted = counts()
      const seen: unknown[] = []
      let calls: string[] = []
      let event = -1
      const sink = observed(quotes ?? replayed.exchange, quotes ? undefined : book, (call, time) => {
        if (call !== 'eventEnd') return void calls.push(call)
        const isEvent = isCounted(calls, book)
        calls = []
        if (!isEvent) return
        event++
        const probe = probes.at(seen.length)
        if (probe?.e !== event) return
        const at = `${toUnixNanos(time, source.epoch)}`
        seen.push({ e: event, at, ...probed(replayed, probe, time, feed) })
      })
      source.advance(source.end ?? source.start, sink)
      expect(seen).toEqual(probes.map((probe) => expected(replayed.instrument, probe, feed)))
      expect(event + 1).toBe(events)
    })
  })
}

/** What the exchange shows and gives at a probe. */
function probed(replayed: ReplayedExchange, probe: Probe, time: Nanos, feed: FeedKind): object {
  const levels = feed === 'l1' ? 1 : 5
  const units = ([px, qty]: Level): [number, number] => [
    parseDecimal(px, replayed.instrument.priceScale),
    parseDecimal(qty, replayed.instrument.quantityScale)
  ]
  return {
    bids: replayed.market(BUY, levels),
    asks: replayed.market(SELL, levels),
    ioc: probe.ioc.map(({ side, qty, limit_at_touch_fill }): [Fills, Fills] => {
      const sign: Side = side === 'BUY' ? BUY : SELL
      const [touch] = units(limit_at_touch_fill)
      const [, wanted] = units(['0', qty])
      return [replayed.ioc(time, sign, wanted), replayed.ioc(time, sign, wanted, touch)]
    })
  }
}

/** What the golden answers say of the same; a feed of best quotes shows and gives no more than the touch. */
function expected(instrument: Instrument, probe: Probe, feed: FeedKind): object {
  const level = ([px, qty]: Level): string => {
    const at = formatPrice(instrument, price(parseDecimal(px, instrument.priceScale)))
    return `${formatQuantity(instrument, quantity(parseDecimal(qty, instrument.quantityScale)))} @ ${at}`
  }
  const average = (text: string): string => {
    const digits = instrument.priceScale + AVERAGE_EXTRA_DIGITS
    const [whole, fraction = ''] = Number(text).toFixed(Math.min(8, digits)).split('.')
    return formatDecimal(Number(whole + fraction.padEnd(digits, '0')), digits, instrument.priceDecimals)
  }
  const atTouch = (fill: Level): Fills => ({ fills: [level(fill)], average: average(fill[0]) })
  const shown = feed === 'l1' ? 1 : 5
  return {
    e: probe.e,
    at: probe.ts_ns,
    bids: probe.bids.slice(0, shown).map(level),
    asks: probe.asks.slice(0, shown).map(level),
    ioc: probe.ioc.map(({ market_fills, avg_px, limit_at_touch_fill }): [Fills, Fills] => [
      feed === 'l1' ? atTouch(market_fills[0]) : { fills: market_fills.map(level), average: average(avg_px) },
      atTouch(limit_at_touch_fill)
    ])
  }
}
