import { BUY, SELL, type Side } from '../../../exchange/units.js'
import { krakenChecksum } from '../../vendors/kraken-checksum.js'
import { krakenMessages, type KrakenBook, type KrakenTrade, type LevelNumbers } from '../../vendors/kraken-messages.js'
import { parseJson } from '../../vendors/message-shape.js'
import { fromIsoTime } from '../exchange-time.js'
import type { FeedInstrument, LevelChange } from '../feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../feed-protocol.js'
import { TimeOrder } from '../time-order.js'

/** Levels a side that Kraken keeps a subscriber's book to. */
export type KrakenDepth = 10 | 25 | 100 | 500 | 1000

/**
 * Kraken WebSocket API v2: book and trade. The instruments must keep their books to the depth that is subscribed to. A book
 * is compared with Kraken's checksum behind each message, so an instrument's scales must be the pair's precisions.
 */
export class KrakenProtocol implements FeedProtocol {
  readonly countsMessages = true
  readonly #host: ProtocolHost
  readonly #depth: KrakenDepth
  readonly #lastTradeIds = new Map<FeedInstrument, number>()
  readonly #order = new TimeOrder()

  constructor(host: ProtocolHost, depth: KrakenDepth) {
    this.#host = host
    this.#depth = depth
  }

  opened(): void {
    this.#request('subscribe', this.#host.instruments, { channel: 'book', depth: this.#depth, snapshot: true })
    this.#request('subscribe', this.#host.instruments, { channel: 'trade', snapshot: false })
  }

  sync(instrument: FeedInstrument): void {
    this.#request('unsubscribe', [instrument], { channel: 'book', depth: this.#depth })
    this.#request('subscribe', [instrument], { channel: 'book', depth: this.#depth, snapshot: true })
  }

  message(text: string): void {
    for (const message of krakenMessages(parseJson(text))) {
      if (message.kind === 'refusal') {
        this.#host.log('refused', message.text)
        continue
      }
      const instrument = this.#host.find(message.symbol)
      if (!instrument) continue
      if (message.kind === 'trade') this.#trade(instrument, message)
      else this.#book(instrument, message)
    }
  }

  closed(): void {
    this.#lastTradeIds.clear()
    this.#order.clear()
  }

  #book(instrument: FeedInstrument, { kind, time: text, bids, asks, checksum }: KrakenBook): void {
    const time = fromIsoTime(text, this.#host.epoch)
    if (kind === 'snapshot' && this.#order.isLate(instrument, time)) {
      return this.#host.lost(instrument, 'the book is older than changes before it')
    }
    this.#order.took(instrument, time)
    // A book's time is that of its last change, which may be long ago.
    if (kind === 'update') this.#host.exchangeTime(time)
    const levels = [...changes(instrument, BUY, bids), ...changes(instrument, SELL, asks)]
    const wrong = (): string | undefined =>
      krakenChecksum(instrument.book, instrument.instrument) === checksum
        ? undefined
        : 'the checksum of the book is not the exchange’s'
    if (kind === 'snapshot') instrument.snapshot(time, levels, wrong)
    else instrument.change(time, levels, wrong)
  }

  #trade(instrument: FeedInstrument, trade: KrakenTrade): void {
    const last = this.#lastTradeIds.get(instrument)
    if (last !== undefined && trade.tradeId <= last) return
    if (last !== undefined && trade.tradeId > last + 1) this.#host.missedTrades(trade.tradeId - last - 1)
    this.#lastTradeIds.set(instrument, trade.tradeId)
    const time = fromIsoTime(trade.time, this.#host.epoch)
    instrument.trade(time, trade.aggressor, instrument.priceOf(trade.price), instrument.quantityOf(trade.qty))
  }

  #request(method: 'subscribe' | 'unsubscribe', instruments: readonly FeedInstrument[], params: object): void {
    const symbol = instruments.map(({ feedSymbol }) => feedSymbol)
    this.#host.send(JSON.stringify({ method, params: { ...params, symbol } }))
  }
}

function changes(instrument: FeedInstrument, side: Side, levels: readonly LevelNumbers[]): LevelChange[] {
  return levels.map(([price, qty]) => ({ side, price: instrument.priceOf(price), qty: instrument.quantityOf(qty) }))
}
