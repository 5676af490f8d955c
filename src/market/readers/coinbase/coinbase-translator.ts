import { daysFromCivil } from '../../../base/timestamp.js'
import { BUY, SELL, type Aggressor, type Side } from '../../../exchange/units.js'
import { coinbaseMessage, type CoinbaseMessage } from '../../vendors/coinbase-messages.js'
import {
  integerOf,
  isObject,
  listOf,
  MalformedMessage,
  objectOf,
  textOf,
  type JsonObject,
  type LevelText
} from '../../vendors/message-shape.js'
import { DecimalNumber } from '../feed/decimal-number.js'
import type { OpenContext } from '../feed/feed-format.js'
import type { Outbox, Telling, Translator } from '../feed/json-lines.js'

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\d*Z$/
const WHOLE = Number.POSITIVE_INFINITY

interface Change {
  readonly side: Side
  readonly level: LevelText
}

const price = new DecimalNumber()
const qty = new DecimalNumber()

/** Messages of Coinbase: the Exchange feed (level2, matches) and the Advanced Trade feed (l2_data, market_trades). */
export class CoinbaseTranslator implements Translator {
  readonly #context: OpenContext
  /** Products whose book is known: updates count after a snapshot only. */
  readonly #synced = new Set<string>()
  /** Nothing of a book is told with an earlier time than its last. */
  readonly #bookTime = new Map<string, number>()
  readonly #lastTrade = new Map<string, number>()
  #sequence = Number.NaN
  #latest = Number.NEGATIVE_INFINITY
  /** Snapshots without a time wait for the first message that has one. */
  #untimed: ((time: number) => void)[] = []

  constructor(context: OpenContext) {
    this.#context = context
  }

  read(value: unknown, _received: number, out: Outbox): void {
    const message = objectOf(value, 'a message')
    if (typeof message.channel === 'string') this.#channel(message, out)
    else {
      const known = coinbaseMessage(value)
      if (known) this.#message(known, out)
      else this.#count('otherMessages')
    }
  }

  #message(message: CoinbaseMessage, out: Outbox): void {
    switch (message.kind) {
      case 'snapshot': {
        const { product, bids, asks, time } = message
        const changes = [
          ...bids.map((level) => ({ side: BUY, level })),
          ...asks.map((level) => ({ side: SELL, level }))
        ]
        this.#book(product, time === undefined ? Number.NaN : this.#timeOf(time), true, changes, out)
        break
      }
      case 'update': {
        const changes = message.changes.map(({ side, price: px, qty: size }) => ({ side, level: [px, size] as const }))
        this.#book(message.product, this.#timeOf(message.time), false, changes, out)
        break
      }
      case 'match': {
        if (message.last) {
          // The trade before the recording began, told for reference.
          this.#count('tradesBefore')
          break
        }
        const { product, tradeId, aggressor } = message
        const last = this.#lastTrade.get(product)
        this.#lastTrade.set(product, tradeId)
        if (last !== undefined && tradeId > last + 1) this.#count('missingTrades', tradeId - last - 1)
        this.#trade(product, this.#timeOf(message.time), aggressor, [message.price, message.qty], out)
        break
      }
      case 'heartbeat':
      case 'error':
        this.#count('otherMessages')
    }
  }

  /** Advanced Trade: every message of the connection is numbered. */
  #channel(message: JsonObject, out: Outbox): void {
    if (message.sequence_num !== undefined) this.#follow(integerOf(message, 'sequence_num'), out)
    const { channel } = message
    if (channel !== 'l2_data' && channel !== 'market_trades') {
      this.#count('otherMessages')
      return
    }
    for (const each of listOf(message, 'events')) {
      const event = objectOf(each, 'an event')
      if (channel === 'l2_data') this.#levels(event, textOf(message, 'timestamp'), out)
      else this.#trades(event, out)
    }
  }

  #levels(event: JsonObject, timestamp: string, out: Outbox): void {
    const changes = listOf(event, 'updates').map((each): Change => {
      const update = objectOf(each, 'an update')
      const side = update.side === 'bid' ? BUY : SELL
      return { side, level: [textOf(update, 'price_level'), textOf(update, 'new_quantity')] }
    })
    this.#book(textOf(event, 'product_id'), this.#timeOf(timestamp), event.type === 'snapshot', changes, out)
  }

  #trades(event: JsonObject, out: Outbox): void {
    const trades = listOf(event, 'trades').map((each) => objectOf(each, 'a trade'))
    if (event.type === 'snapshot') {
      this.#count('tradesBefore', trades.length)
      return
    }
    // The latest stands first. `side` is the maker's.
    for (const trade of trades.toReversed()) {
      const aggressor = trade.side === 'BUY' ? SELL : BUY
      const level = [textOf(trade, 'price'), textOf(trade, 'size')] as const
      this.#trade(textOf(trade, 'product_id'), this.#timeOf(textOf(trade, 'time')), aggressor, level, out)
    }
  }

  #follow(sequence: number, out: Outbox): void {
    const expected = this.#sequence + 1
    this.#sequence = sequence
    // A new connection counts from 0 again, and begins with snapshots.
    if (Number.isNaN(expected) || sequence === expected || sequence === 0) return
    if (this.#context.faults.repairs('gap', () => `expected message ${expected}, got ${sequence}`)) return
    for (const product of this.#synced) {
      this.#put(product, this.#latest, out, (sink, at) => {
        const no = sink.instrument(product)
        if (no >= 0) sink.clear(at, no)
      })
    }
    this.#synced.clear()
  }

  #book(product: string, time: number, snapshot: boolean, changes: readonly Change[], out: Outbox): void {
    if (snapshot) this.#synced.add(product)
    else if (!this.#synced.has(product)) {
      this.#count('beforeSnapshot')
      return
    }
    this.#put(product, time, out, (sink, at) => {
      const no = sink.instrument(product)
      if (no < 0) return
      if (snapshot) sink.wholeBook(at, no, WHOLE)
      for (const { side, level } of changes) {
        readNumbers(level)
        sink.level(at, no, side, price, qty)
      }
    })
  }

  #trade(product: string, time: number, aggressor: Aggressor, told: LevelText, out: Outbox): void {
    out.put(time, (sink, at) => {
      const no = sink.instrument(product)
      if (no < 0) return
      readNumbers(told)
      sink.trade(at, no, aggressor, price, qty)
    })
  }

  #put(product: string, time: number, out: Outbox, tell: Telling): void {
    if (Number.isNaN(time)) time = this.#latest
    const put = (at: number): void => {
      const since = Math.max(at, this.#bookTime.get(product) ?? at)
      this.#bookTime.set(product, since)
      out.put(since, tell)
    }
    if (time === Number.NEGATIVE_INFINITY) this.#untimed.push(put)
    else put(time)
  }

  #timeOf(text: string): number {
    const match = ISO.exec(text)
    if (!match) throw new MalformedMessage('a time such as 2024-05-08T13:30:00.123456Z', text)
    const [, year, month, day, hour, minute, second, fraction = ''] = match
    const days = daysFromCivil(Number(year), Number(month), Number(day))
    const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second)
    const time = (seconds - this.#context.epoch) * 1e9 + Number(fraction.padEnd(9, '0'))
    if (time > this.#latest) this.#latest = time
    for (const put of this.#untimed.splice(0)) put(time)
    return time
  }

  #count(name: string, by = 1): void {
    const { counts } = this.#context
    counts.set(name, (counts.get(name) ?? 0) + by)
  }
}

function readNumbers([priceText, qtyText]: LevelText): void {
  if (!price.readText(priceText)) throw new MalformedMessage('a price', priceText)
  if (!qty.readText(qtyText)) throw new MalformedMessage('a quantity', qtyText)
}

/** Whether a message looks like one of Coinbase's. */
export function looksLikeCoinbase(message: unknown): boolean {
  if (!isObject(message)) return false
  if ('product_id' in message) return true
  if (message.type === 'subscriptions') return 'channels' in message
  return typeof message.channel === 'string' && ('sequence_num' in message || 'client_id' in message)
}
