import { BUY, SELL, type Side } from '../../../exchange/units.js'
import {
  binanceMessage,
  binanceSnapshot,
  type BinanceBookTicker,
  type BinanceDepth,
  type BinanceMessage,
  type BinanceSnapshot,
  type BinanceTrade
} from '../../vendors/binance-messages.js'
import {
  integerOf,
  isObject,
  MalformedMessage,
  objectOf,
  type JsonObject,
  type LevelText
} from '../../vendors/message-shape.js'
import { DecimalNumber } from '../feed/decimal-number.js'
import type { OpenContext } from '../feed/feed-format.js'
import type { FeedSink } from '../feed/feed-sink.js'
import type { Outbox, Translator } from '../feed/json-lines.js'
import { Misfit } from '../feed/misfit.js'
import { DepthBook } from './depth-book.js'

/** A partial book stream: `btcusdt@depth20@100ms`. */
const PARTIAL = /^([^@]+)@depth(\d+)(@|$)/
const WHOLE = Number.POSITIVE_INFINITY

const price = new DecimalNumber()
const qty = new DecimalNumber()

/**
 * Messages of Binance's streams, spot and USD-M. The depth stream is joined to REST snapshots as Binance says: updates wait for
 * a snapshot, those after it are applied, and each must follow its predecessor.
 */
export class BinanceTranslator implements Translator {
  readonly #context: OpenContext
  /** Symbols whose single trades are in the recording: aggregate trades tell the same again. */
  readonly #singleTrades: Set<string>
  readonly #surveying: boolean
  readonly #books = new Map<string, DepthBook>()
  /** Snapshots that came before any update of a symbol they could be of. */
  #orphans: BinanceSnapshot[] = []
  /** The recorder's clock less the exchange's, the least that was seen. */
  #lag = Number.POSITIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY

  constructor(context: OpenContext, singleTrades: Set<string>) {
    this.#context = context
    this.#singleTrades = singleTrades
    this.#surveying = context.epoch === 0
  }

  read(value: unknown, received: number, out: Outbox): void {
    const outer = objectOf(value, 'a message')
    const message = isObject(outer.data) ? outer.data : outer
    const partial = typeof outer.stream === 'string' ? PARTIAL.exec(outer.stream) : null
    if (partial) {
      this.#partial(message, partial[1].toUpperCase(), Number(partial[2]), received, out)
    } else if ('lastUpdateId' in message) {
      this.#snapshot(message, outer.stream, out)
    } else {
      const known = binanceMessage(value)
      if (known) this.#message(known, message.e === 'aggTrade', received, out)
      else this.#count('otherMessages')
    }
  }

  #message(message: BinanceMessage, aggregate: boolean, received: number, out: Outbox): void {
    if (message.kind === 'depth') {
      this.#depth(message, this.#exchangeTime(message.transactionTime ?? message.eventTime, received), out)
    } else if (message.kind === 'trade') {
      this.#trade(message, aggregate, this.#exchangeTime(message.tradeTime, received), out)
    } else {
      const { transactionTime: at } = message
      this.#quote(message, at === undefined ? this.#localTime(received) : this.#exchangeTime(at, received), out)
    }
  }

  #depth(depth: BinanceDepth, time: number, out: Outbox): void {
    const book = this.#bookOf(depth.symbol)
    const isNew = Number.isNaN(book.lastSeen)
    book.lastSeen = depth.lastId
    if (isNew && this.#orphans.length > 0) this.#adopt(book, out)
    this.#apply(book, depth, time, out)
  }

  #apply(book: DepthBook, depth: BinanceDepth, time: number, out: Outbox): void {
    const { symbol } = book
    const judgement = book.take(depth)
    if (judgement === 'old') this.#count('oldUpdates')
    if (judgement === 'old' || judgement === 'wait') return
    book.time = Math.max(book.time, time)
    if (judgement === 'gap') {
      const { firstId, previousId } = depth
      const problem = (): string =>
        `updates of ${symbol} are missing before ${previousId === undefined ? `first id ${firstId}` : `previous id ${previousId}`}`
      if (!this.#context.faults.repairs('gap', problem)) {
        book.lose(depth)
        out.put(book.time, (sink, at) => {
          const no = sink.instrument(symbol)
          if (no >= 0) sink.clear(at, no)
        })
        return
      }
      book.resume(depth)
    }
    const { bids, asks } = depth
    out.put(book.time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      tellLevels(sink, at, no, BUY, bids)
      tellLevels(sink, at, no, SELL, asks)
    })
  }

  #snapshot(message: JsonObject, stream: unknown, out: Outbox): void {
    const snapshot = binanceSnapshot(message)
    const named =
      message.symbol ?? message.s ?? (typeof stream === 'string' ? stream.split('@')[0].toUpperCase() : undefined)
    const book = typeof named === 'string' ? this.#bookOf(named) : this.#nearest(snapshot.lastUpdateId)
    if (book) this.#join(book, snapshot, out)
    else this.#orphans.push(snapshot)
  }

  #join(book: DepthBook, snapshot: BinanceSnapshot, out: Outbox): void {
    if (book.synced) {
      this.#count('snapshotsNotNeeded')
      return
    }
    const waiting = book.join(snapshot)
    if (waiting === undefined) {
      this.#count('snapshotsTooOld')
      return
    }
    this.#count('oldUpdates', book.passedOver)
    const { symbol } = book
    const { transactionTime, bids, asks } = snapshot
    const first = waiting.length > 0 ? this.#timeOf(waiting[0].transactionTime ?? waiting[0].eventTime) : this.#latest
    const time = transactionTime === undefined ? first : this.#timeOf(transactionTime)
    book.time = Math.max(book.time, time)
    out.put(book.time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      sink.wholeBook(at, no, WHOLE)
      sink.clear(at, no)
      tellLevels(sink, at, no, BUY, bids)
      tellLevels(sink, at, no, SELL, asks)
    })
    for (const depth of waiting) {
      this.#apply(book, depth, this.#timeOf(depth.transactionTime ?? depth.eventTime), out)
    }
  }

  /** The best levels of a book, the same again with each message. Of no use where the updates are there as well. */
  #partial(message: JsonObject, symbol: string, depth: number, received: number, out: Outbox): void {
    const book = this.#bookOf(symbol)
    const key = message.T === undefined ? 'E' : 'T'
    const timed = message[key] !== undefined
    const time = timed ? this.#exchangeTime(integerOf(message, key), received) : this.#localTime(received)
    if (book.synced) {
      this.#count('partialBooks')
      return
    }
    const spot = 'lastUpdateId' in message
    const bids = levels(message, spot ? 'bids' : 'b')
    const asks = levels(message, spot ? 'asks' : 'a')
    book.time = Math.max(book.time, time)
    out.put(book.time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      sink.wholeBook(at, no, depth)
      tellLevels(sink, at, no, BUY, bids)
      tellLevels(sink, at, no, SELL, asks)
    })
  }

  #trade(trade: BinanceTrade, aggregate: boolean, time: number, out: Outbox): void {
    const { symbol, aggressor } = trade
    if (aggregate && this.#singleTrades.has(symbol)) {
      this.#count('aggregateTrades')
      return
    }
    if (!aggregate && !this.#singleTrades.has(symbol)) {
      if (!this.#surveying) throw new Misfit(`single trades of ${symbol} behind aggregate ones`)
      this.#singleTrades.add(symbol)
    }
    if (!trade.onBook) {
      this.#count('offBookTrades')
      return
    }
    out.put(time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      readNumbers([trade.price, trade.qty])
      sink.trade(at, no, aggressor, price, qty)
    })
  }

  #quote({ symbol, bid, ask }: BinanceBookTicker, time: number, out: Outbox): void {
    out.put(time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      readNumbers(bid)
      sink.quote(at, no, BUY, price, qty)
      readNumbers(ask)
      sink.quote(at, no, SELL, price, qty)
    })
  }

  #bookOf(symbol: string): DepthBook {
    let book = this.#books.get(symbol)
    if (book === undefined) this.#books.set(symbol, (book = new DepthBook(symbol)))
    return book
  }

  /** A bare snapshot does not say whose it is; the ids of different symbols are far apart. */
  #nearest(lastUpdateId: number): DepthBook | undefined {
    let best: DepthBook | undefined
    for (const book of this.#books.values()) {
      if (Number.isNaN(book.lastSeen)) continue
      if (!best || Math.abs(book.lastSeen - lastUpdateId) < Math.abs(best.lastSeen - lastUpdateId)) best = book
    }
    return best
  }

  #adopt(book: DepthBook, out: Outbox): void {
    const nearest = this.#orphans.toSorted(
      (a, b) => Math.abs(a.lastUpdateId - book.lastSeen) - Math.abs(b.lastUpdateId - book.lastSeen)
    )[0]
    this.#orphans = this.#orphans.filter((orphan) => orphan !== nearest)
    this.#join(book, nearest, out)
  }

  /** A time of the vendor, ms or (spot, where asked for) µs since 1970, since the epoch. */
  #timeOf(given: number): number {
    const { epoch } = this.#context
    return given >= 1e14 ? (given - epoch * 1e6) * 1e3 : (given - epoch * 1e3) * 1e6
  }

  #exchangeTime(given: number, received: number): number {
    const time = this.#timeOf(given)
    if (received - time < this.#lag) this.#lag = received - time
    if (time > this.#latest) this.#latest = time
    return time
  }

  /** For messages without a time: the recorder's clock, brought to the exchange's where others say how. */
  #localTime(received: number): number {
    if (Number.isNaN(received)) {
      if (this.#latest === Number.NEGATIVE_INFINITY) throw new MalformedMessage('a message with a time', 'none')
      return this.#latest
    }
    return Number.isFinite(this.#lag) ? received - this.#lag : received
  }

  #count(name: string, by = 1): void {
    const { counts } = this.#context
    counts.set(name, (counts.get(name) ?? 0) + by)
  }
}

function levels(message: JsonObject, key: string): readonly LevelText[] {
  return binanceSnapshot({ lastUpdateId: 0, bids: message[key], asks: [] }).bids
}

function readNumbers([priceText, qtyText]: LevelText): void {
  if (!price.readText(priceText)) throw new MalformedMessage('a price', priceText)
  if (!qty.readText(qtyText)) throw new MalformedMessage('a quantity', qtyText)
}

function tellLevels(sink: FeedSink, time: number, no: number, side: Side, told: readonly LevelText[]): void {
  for (const level of told) {
    readNumbers(level)
    sink.level(time, no, side, price, qty)
  }
}
