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
import { SeenIds } from './seen-ids.js'
import { affinityOf, bestOf } from './snapshot-owner.js'

/** A partial book stream: `btcusdt@depth20@100ms`. */
const PARTIAL = /^([^@]+)@depth(\d+)(@|$)/
const WHOLE = Number.POSITIVE_INFINITY

/** More are given up, the oldest first. */
const MOST_ORPHANS = 100

/** An update is offered to the orphans while no more wait. */
const MOST_TRIES = 100

/** A snapshot whose symbol, or time, is not known yet, and the count that it is under. */
interface Orphan {
  readonly snapshot: BinanceSnapshot
  symbol: string | undefined
  readonly countedAs: string
}

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
  readonly #polled: string | undefined
  readonly #books = new Map<string, DepthBook>()
  /** Snapshots that came before any update of a symbol they could be of. */
  #orphans: Orphan[] = []
  /** By symbol, the trades that were told: recordings may overlap. */
  readonly #seenTrades = new Map<string, SeenIds>()
  /** The recorder's clock less the exchange's, the least that was seen. */
  #lag = Number.POSITIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY

  /** @param polled the symbol of snapshots that do not name it, where there are no updates that would. */
  constructor(context: OpenContext, singleTrades: Set<string>, polled: string | undefined) {
    this.#context = context
    this.#polled = polled
    this.#singleTrades = singleTrades
    this.#surveying = context.epoch === 0
  }

  read(value: unknown, received: number, out: Outbox): void {
    const { message, stream } = unwrapped(objectOf(value, 'a message'))
    const partial = stream === undefined ? null : PARTIAL.exec(stream)
    if (partial) {
      this.#partial(message, partial[1].toUpperCase(), Number(partial[2]), received, out)
    } else if ('lastUpdateId' in message) {
      this.#snapshot(message, stream, received, out)
    } else {
      const known = binanceMessage(message)
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
      this.#quote(message, at === undefined ? this.#knownTime(received) : this.#exchangeTime(at, received), out)
    }
  }

  #depth(depth: BinanceDepth, time: number, out: Outbox): void {
    const book = this.#bookOf(depth.symbol)
    if (!book.isOfSameMarket(depth)) {
      const found = depth.previousId === undefined ? 'none' : depth.previousId
      throw new MalformedMessage(`all updates of ${depth.symbol} from one market, spot or futures (pu)`, found)
    }
    this.#apply(book, depth, time, out)
    if (!book.synced && this.#orphans.length > 0) this.#adopt(book, out)
  }

  #apply(book: DepthBook, depth: BinanceDepth, time: number, out: Outbox): void {
    const { symbol } = book
    const judgement = book.take(depth)
    if (judgement === 'old') this.#count('oldUpdates')
    if (judgement === 'wait') this.#count('waiting')
    if (judgement === 'old' || judgement === 'wait') return
    book.time = Math.max(book.time, time)
    if (judgement === 'gap') {
      const { firstId, previousId } = depth
      const problem = (): string =>
        `updates of ${symbol} are missing before ${previousId === undefined ? `first id ${firstId}` : `previous id ${previousId}`}`
      if (!this.#context.faults.repairs('gap', problem)) {
        book.lose(depth)
        this.#count('waiting')
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

  #snapshot(message: JsonObject, stream: string | undefined, received: number, out: Outbox): void {
    const snapshot = binanceSnapshot(message)
    const symbol = this.#symbolOf(message, stream)
    const unsynced = [...this.#books.values()].filter(({ synced }) => !synced)
    const book =
      symbol === undefined
        ? bestOf(unsynced, ({ buffered }) => affinityOf(snapshot, buffered, true))
        : this.#bookOf(symbol)
    if (book && this.#join(book, snapshot, received, out)) return
    const countedAs = this.#books.size > 0 && unsynced.length === 0 ? 'snapshotsNotNeeded' : 'orphans'
    this.#count(countedAs)
    this.#orphans.push({ snapshot, symbol, countedAs })
    if (this.#orphans.length > MOST_ORPHANS) this.#orphans.shift()
  }

  /** COIN-M's snapshots and many recorders name it; else what is polled without a stream is what was asked for. */
  #symbolOf(message: JsonObject, stream: string | undefined): string | undefined {
    const named = message.symbol ?? message.s
    if (typeof named === 'string') return named
    return stream === undefined ? this.#polled : stream.split('@')[0].toUpperCase()
  }

  /** @returns whether it is clear what becomes of the snapshot; false: it has no time yet. */
  #join(book: DepthBook, snapshot: BinanceSnapshot, received: number, out: Outbox): boolean {
    const { symbol } = book
    const { transactionTime, bids, asks, lastUpdateId } = snapshot
    const isPoll = book.synced && lastUpdateId > book.freshId
    if (book.synced && !isPoll) {
      this.#count('snapshotsNotNeeded')
      return true
    }
    const first = book.buffered.find(({ lastId }) => lastId > lastUpdateId)
    const given = transactionTime ?? first?.transactionTime ?? first?.eventTime
    const time = given === undefined ? Math.max(this.#latest, this.#localTime(received)) : this.#timeOf(given)
    if (time === Number.NEGATIVE_INFINITY) return false
    const waiting = book.join(snapshot)
    if (waiting === undefined) {
      this.#count('snapshotsTooOld')
      return true
    }
    this.#count('oldUpdates', book.waited - waiting.length)
    this.#count('waiting', -book.waited)
    book.waited = 0
    book.time = Math.max(book.time, time)
    out.put(book.time, (sink, at) => {
      const no = sink.instrument(symbol)
      if (no < 0) return
      sink.wholeBook(at, no, WHOLE)
      if (!isPoll) sink.clear(at, no)
      tellLevels(sink, at, no, BUY, bids)
      tellLevels(sink, at, no, SELL, asks)
    })
    for (const depth of waiting) {
      this.#apply(book, depth, this.#timeOf(depth.transactionTime ?? depth.eventTime), out)
    }
    return true
  }

  /** A snapshot that waited may be of a book whose updates come now. */
  #adopt(book: DepthBook, out: Outbox): void {
    const { symbol, buffered, waited } = book
    let found = this.#orphans.findLast((orphan) => orphan.symbol === symbol)
    if (found === undefined && waited <= MOST_TRIES) {
      const bare = this.#orphans.filter((orphan) => orphan.symbol === undefined)
      found = bestOf(bare, ({ snapshot }) => affinityOf(snapshot, buffered, bare.length === 1))
    }
    if (found === undefined) return
    found.symbol = symbol
    const { transactionTime, lastUpdateId } = found.snapshot
    // One without a time is of the time of the first update behind it: told before, it would tell what is to come.
    if (transactionTime === undefined && buffered[buffered.length - 1].lastId <= lastUpdateId) return
    this.#orphans = this.#orphans.filter((orphan) => orphan !== found)
    this.#count(found.countedAs, -1)
    this.#join(book, found.snapshot, Number.NaN, out)
  }

  /** The best levels of a book, the same again with each message. Of no use where the updates are there as well. */
  #partial(message: JsonObject, symbol: string, depth: number, received: number, out: Outbox): void {
    const book = this.#bookOf(symbol)
    const key = message.T === undefined ? 'E' : 'T'
    const timed = message[key] !== undefined
    const time = timed ? this.#exchangeTime(integerOf(message, key), received) : this.#knownTime(received)
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
    const { symbol, aggressor, id } = trade
    if (aggregate && this.#singleTrades.has(symbol)) {
      this.#count('aggregateTrades')
      return
    }
    if (!aggregate && !this.#singleTrades.has(symbol)) {
      if (!this.#surveying) throw new Misfit(`single trades of ${symbol} behind aggregate ones`)
      this.#singleTrades.add(symbol)
    }
    let seen = this.#seenTrades.get(symbol)
    if (seen === undefined) this.#seenTrades.set(symbol, (seen = new SeenIds()))
    if (!seen.add(id)) {
      this.#count('repeatedTrades')
      return
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

  /** @throws MalformedMessage where nothing tells a time. */
  #knownTime(received: number): number {
    const time = this.#localTime(received)
    if (time === Number.NEGATIVE_INFINITY) throw new MalformedMessage('a message with a time', 'none')
    return time
  }

  /** For messages without a time: the recorder's clock, brought to the exchange's where others say how. */
  #localTime(received: number): number {
    if (Number.isNaN(received)) return this.#latest
    return Number.isFinite(this.#lag) ? received - this.#lag : received
  }

  #count(name: string, by = 1): void {
    const { counts } = this.#context
    const count = (counts.get(name) ?? 0) + by
    if (count === 0) counts.delete(name)
    else counts.set(name, count)
  }
}

/** What is inside of combined streams, answers over WebSocket, and what recorders put around them. */
function unwrapped(outer: JsonObject): { readonly message: JsonObject; readonly stream: string | undefined } {
  let message = outer
  let stream: string | undefined
  for (let inner: unknown = outer; isObject(inner); inner = message.data ?? message.result) {
    message = inner
    if (typeof message.stream === 'string') stream = message.stream
  }
  return { message, stream }
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
