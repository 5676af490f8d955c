import { SECOND } from '../../../base/time.js'
import { BUY, SELL } from '../../../exchange/units.js'
import { BinanceDepthRun } from '../../vendors/binance-depth-run.js'
import { BinanceDepthSync } from '../../vendors/binance-depth-sync.js'
import {
  binanceMessage,
  binanceSnapshot,
  type BinanceDepth,
  type BinanceSnapshot,
  type BinanceTrade
} from '../../vendors/binance-messages.js'
import { MalformedMessage, parseJson, type LevelText } from '../../vendors/message-shape.js'
import { fromMilliseconds } from '../exchange-time.js'
import { FeedFault } from '../feed-fault.js'
import type { FeedInstrument, LevelChange } from '../feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../feed-protocol.js'
import { getText, type HttpAnswer } from '../links/http-json.js'

export type BinanceMarket = 'spot' | 'usdm'

/** One instrument's stream, as long as the connection stands. */
interface Book {
  /** Which updates the book takes; undefined while a snapshot is on its way. */
  sync: BinanceDepthSync | undefined
  readonly run: BinanceDepthRun
  /** A snapshot that came before any update: whether it is as new as the stream, the first one tells. */
  early: BinanceSnapshot | undefined
  /** The id of the early one before, which no update followed. The same again: nothing moves, and the book is that. */
  earlier: number | undefined
  /** Cancels the snapshot's request. */
  cancel: (() => void) | undefined
  lastTradeId: number | undefined
}

/** The streams of a connection, as the path of its URL. Depth in changes every 100 ms; prints one by one. */
export function binanceStreams(symbols: readonly string[]): string {
  const streams = symbols
    .map((symbol) => encodeURIComponent(symbol.toLowerCase()))
    .flatMap((symbol) => [`${symbol}@depth@100ms`, `${symbol}@trade`])
  return `/stream?streams=${streams.join('/')}`
}

/** Where an instrument's snapshot is got. */
export function binanceSnapshotPath(market: BinanceMarket, symbol: string): string {
  return `${market === 'spot' ? '/api/v3' : '/fapi/v1'}/depth?symbol=${encodeURIComponent(symbol.toUpperCase())}&limit=1000`
}

/** Binance spot and USD-M: depth updates and prints by WebSocket, the book to start from by HTTP. */
export class BinanceProtocol implements FeedProtocol {
  readonly countsMessages = true
  readonly #host: ProtocolHost
  readonly #snapshotUrl: (symbol: string) => string
  readonly #get: typeof getText
  readonly #books = new Map<FeedInstrument, Book>()

  constructor(host: ProtocolHost, snapshotUrl: (symbol: string) => string, get: typeof getText = getText) {
    this.#host = host
    this.#snapshotUrl = snapshotUrl
    this.#get = get
  }

  opened(): void {
    for (const instrument of this.#host.instruments) this.sync(instrument)
  }

  sync(instrument: FeedInstrument): void {
    const book = this.#bookOf(instrument)
    book.cancel?.()
    book.sync = undefined
    book.earlier = book.early?.lastUpdateId
    book.early = undefined
    book.cancel = this.#get(this.#snapshotUrl(instrument.feedSymbol), (answer) => {
      book.cancel = undefined
      this.#answered(instrument, book, answer)
    })
  }

  message(text: string): void {
    const message = binanceMessage(parseJson(text))
    if (message === undefined || message.kind === 'bookTicker') return
    this.#host.exchangeTime(fromMilliseconds(message.eventTime, this.#host.epoch))
    const instrument = this.#host.find(message.symbol)
    const book = instrument && this.#books.get(instrument)
    if (!book) return
    if (message.kind === 'depth') this.#depth(instrument, book, message)
    else this.#trade(instrument, book, message)
  }

  closed(): void {
    for (const { cancel } of this.#books.values()) cancel?.()
    this.#books.clear()
  }

  #bookOf(instrument: FeedInstrument): Book {
    let book = this.#books.get(instrument)
    if (book === undefined) {
      const run = new BinanceDepthRun()
      book = { sync: undefined, run, early: undefined, earlier: undefined, cancel: undefined, lastTradeId: undefined }
      this.#books.set(instrument, book)
    }
    return book
  }

  #answered(instrument: FeedInstrument, book: Book, answer: HttpAnswer): void {
    if ('error' in answer) {
      const { error, retryAfter = 0 } = answer
      return this.#host.lost(instrument, `no snapshot: ${error}`, retryAfter * SECOND)
    }
    try {
      const snapshot = binanceSnapshot(parseJson(answer.text))
      if (book.run.isEmpty && book.earlier !== snapshot.lastUpdateId) this.#early(instrument, book, snapshot)
      else this.#start(instrument, book, snapshot)
    } catch (error) {
      if (!(error instanceof FeedFault) && !(error instanceof MalformedMessage)) throw error
      this.#host.lost(instrument, error.message)
    }
  }

  #early(instrument: FeedInstrument, book: Book, snapshot: BinanceSnapshot): void {
    book.early = snapshot
    if (book.earlier === undefined) return
    this.#host.log('fault', `the book of ${instrument.feedSymbol} changes, but its stream is silent: check the URL`)
  }

  /** The snapshot, and what came before it as far as it is newer. */
  #start(instrument: FeedInstrument, book: Book, snapshot: BinanceSnapshot): void {
    const sync = new BinanceDepthSync(snapshot.lastUpdateId)
    const following = book.run.behind(sync)
    if (following === undefined) return this.#host.lost(instrument, 'the snapshot is older than the stream')
    book.sync = sync
    instrument.snapshot(
      fromMilliseconds(snapshot.transactionTime, this.#host.epoch),
      levels(instrument, snapshot.bids, snapshot.asks)
    )
    for (const update of following) this.#apply(instrument, update)
  }

  #depth(instrument: FeedInstrument, book: Book, update: BinanceDepth): void {
    // A book that was lost waits for a snapshot, though it may not be asked for yet.
    if (!instrument.known) book.sync = undefined
    const judgement = book.sync?.judge(update)
    if (judgement === undefined) return this.#keep(instrument, book, update)
    if (judgement === 'old') return
    book.run.only(update)
    if (judgement === 'follows') this.#apply(instrument, update)
    else this.#host.lost(instrument, `depth updates are missing before ${update.firstId}`)
  }

  /** An update that comes while a snapshot is on its way. */
  #keep(instrument: FeedInstrument, book: Book, update: BinanceDepth): void {
    const { early } = book
    book.early = undefined
    book.run.push(update)
    if (early !== undefined) this.#start(instrument, book, early)
  }

  #apply(instrument: FeedInstrument, { transactionTime, eventTime, bids, asks }: BinanceDepth): void {
    instrument.change(fromMilliseconds(transactionTime ?? eventTime, this.#host.epoch), levels(instrument, bids, asks))
  }

  #trade(instrument: FeedInstrument, book: Book, trade: BinanceTrade): void {
    const last = book.lastTradeId
    if (last !== undefined && trade.id <= last) return
    if (last !== undefined && trade.id > last + 1) this.#host.missedTrades(trade.id - last - 1)
    book.lastTradeId = trade.id
    if (!trade.onBook) return
    instrument.trade(
      fromMilliseconds(trade.tradeTime, this.#host.epoch),
      trade.aggressor,
      instrument.price(trade.price),
      instrument.quantity(trade.qty)
    )
  }
}

function levels(instrument: FeedInstrument, bids: readonly LevelText[], asks: readonly LevelText[]): LevelChange[] {
  return [
    ...bids.map(([price, qty]) => ({ side: BUY, price: instrument.price(price), qty: instrument.quantity(qty) })),
    ...asks.map(([price, qty]) => ({ side: SELL, price: instrument.price(price), qty: instrument.quantity(qty) }))
  ]
}
