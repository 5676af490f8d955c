import { BUY, SELL } from '../../../exchange/units.js'
import { coinbaseMessage, type CoinbaseMatch, type CoinbaseMessage } from '../../vendors/coinbase-messages.js'
import { parseJson } from '../../vendors/message-shape.js'
import { fromIsoTime } from '../exchange-time.js'
import type { FeedInstrument } from '../feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../feed-protocol.js'
import { TimeOrder } from '../time-order.js'

/** `level2_batch` is level2 in batches of 50 ms, which needs no account. */
const CHANNELS = ['level2_batch', 'matches', 'heartbeat']

/**
 * Coinbase Exchange: level2, matches and heartbeat. level2 has no sequence of its own; that messages are missing shows in
 * the numbers of matches and heartbeats, and in a crossed book. The matching engine's times of level2 never go back, so one
 * that does came late: what it says was overtaken, and which of it cannot be told. What comes twice in a row is the same
 * book twice, as sizes are absolute.
 */
export class CoinbaseProtocol implements FeedProtocol {
  readonly countsMessages = false
  readonly #host: ProtocolHost
  /** The last match of each instrument; none yet behind a subscription. */
  readonly #lastTradeIds = new Map<FeedInstrument, number>()
  readonly #order = new TimeOrder()

  constructor(host: ProtocolHost) {
    this.#host = host
  }

  opened(): void {
    this.closed()
    this.#request('subscribe', this.#host.instruments, CHANNELS)
  }

  sync(instrument: FeedInstrument): void {
    this.#request('unsubscribe', [instrument], ['level2_batch'])
    this.#request('subscribe', [instrument], ['level2_batch'])
  }

  message(text: string): void {
    const message = coinbaseMessage(parseJson(text))
    if (message === undefined) return
    if (message.kind === 'error') return this.#host.log('refused', message.text)
    const instrument = this.#host.find(message.product)
    if (instrument) this.#take(instrument, message)
  }

  closed(): void {
    this.#lastTradeIds.clear()
    this.#order.clear()
  }

  #take(instrument: FeedInstrument, message: Exclude<CoinbaseMessage, { readonly kind: 'error' }>): void {
    const time = fromIsoTime(message.time, this.#host.epoch)
    const level2 = message.kind === 'snapshot' || message.kind === 'update'
    if (level2 && this.#order.isLate(instrument, time)) {
      const what = message.kind === 'snapshot' ? 'the book is older than changes before it' : 'a change came late'
      return this.#host.lost(instrument, what)
    }
    if (level2) this.#order.took(instrument, time)
    // A book's time is that of its last change, a match may be told late; the others are told when they happen.
    if (message.kind === 'update' || message.kind === 'heartbeat') this.#host.exchangeTime(time)
    switch (message.kind) {
      case 'snapshot':
        return instrument.snapshot(time, [
          ...message.bids.map(([price, qty]) => level(instrument, BUY, price, qty)),
          ...message.asks.map(([price, qty]) => level(instrument, SELL, price, qty))
        ])
      case 'update':
        return instrument.change(
          time,
          message.changes.map(({ side, price, qty }) => level(instrument, side, price, qty))
        )
      case 'match':
        return this.#match(instrument, message)
      case 'heartbeat':
        return this.#counted(instrument, message.lastTradeId)
    }
  }

  #match(instrument: FeedInstrument, match: CoinbaseMatch): void {
    const last = this.#lastTradeIds.get(instrument)
    if (match.last || last === undefined) {
      this.#lastTradeIds.set(instrument, Math.max(match.tradeId, last ?? 0))
      if (match.last) return
    } else if (match.tradeId <= last) return
    this.#counted(instrument, match.tradeId - 1)
    this.#lastTradeIds.set(instrument, match.tradeId)
    instrument.trade(
      fromIsoTime(match.time, this.#host.epoch),
      match.aggressor,
      instrument.price(match.price),
      instrument.quantity(match.qty)
    )
  }

  /** All matches up to `tradeId` should have come. Where matches are missing, changes of the book may be too. */
  #counted(instrument: FeedInstrument, tradeId: number): void {
    const last = this.#lastTradeIds.get(instrument)
    if (last === undefined || tradeId <= last) return
    this.#lastTradeIds.set(instrument, tradeId)
    this.#host.missedTrades(tradeId - last)
    this.#host.lost(instrument, `${tradeId - last} matches are missing before ${tradeId + 1}`)
  }

  #request(
    type: 'subscribe' | 'unsubscribe',
    instruments: readonly FeedInstrument[],
    channels: readonly string[]
  ): void {
    const products = instruments.map(({ feedSymbol }) => feedSymbol)
    this.#host.send(JSON.stringify({ type, product_ids: products, channels }))
  }
}

function level(instrument: FeedInstrument, side: typeof BUY | typeof SELL, price: string, qty: string) {
  return { side, price: instrument.price(price), qty: instrument.quantity(qty) }
}
