import { BUY, SELL, type Aggressor } from '../../exchange/units.js'
import { integerOf, listOf, numberOf, objectOf, textOf, type JsonObject } from './message-shape.js'

/** A level as Kraken writes it: JSON numbers, which an instrument's scales make exact again. */
export type LevelNumbers = readonly [price: number, qty: number]

/** A whole book (`snapshot`) or the levels that changed, with the checksum of the ten best levels a side behind it. */
export interface KrakenBook {
  readonly kind: 'snapshot' | 'update'
  readonly symbol: string
  /** Updates only. */
  readonly time: string | undefined
  readonly bids: readonly LevelNumbers[]
  readonly asks: readonly LevelNumbers[]
  readonly checksum: number
}

export interface KrakenTrade {
  readonly kind: 'trade'
  readonly symbol: string
  readonly time: string
  readonly tradeId: number
  readonly price: number
  readonly qty: number
  readonly aggressor: Aggressor
}

/** A request was refused. */
export interface KrakenRefusal {
  readonly kind: 'refusal'
  readonly text: string
}

export type KrakenMessage = KrakenBook | KrakenTrade | KrakenRefusal

/**
 * Reads a message of Kraken's WebSocket API v2.
 * @returns none for messages of other kinds (heartbeat, status, successful requests).
 * @throws MalformedMessage
 */
export function krakenMessages(value: unknown): readonly KrakenMessage[] {
  const message = objectOf(value, 'a message')
  if (message.success === false) {
    return [{ kind: 'refusal', text: typeof message.error === 'string' ? message.error : 'a request failed' }]
  }
  if (message.channel === 'book') {
    const kind = message.type === 'snapshot' ? 'snapshot' : 'update'
    return listOf(message, 'data').map((data) => book(objectOf(data, 'a book'), kind))
  }
  if (message.channel === 'trade' && message.type === 'update') {
    return listOf(message, 'data').map((data) => trade(objectOf(data, 'a trade')))
  }
  return []
}

function book(data: JsonObject, kind: KrakenBook['kind']): KrakenBook {
  return {
    kind,
    symbol: textOf(data, 'symbol'),
    time: typeof data.timestamp === 'string' ? data.timestamp : undefined,
    bids: levels(data, 'bids'),
    asks: levels(data, 'asks'),
    checksum: integerOf(data, 'checksum')
  }
}

function levels(data: JsonObject, key: string): readonly LevelNumbers[] {
  if (data[key] === undefined) return []
  return listOf(data, key).map((each) => {
    const level = objectOf(each, 'a level')
    return [numberOf(level, 'price'), numberOf(level, 'qty')]
  })
}

function trade(data: JsonObject): KrakenTrade {
  return {
    kind: 'trade',
    symbol: textOf(data, 'symbol'),
    time: textOf(data, 'timestamp'),
    tradeId: integerOf(data, 'trade_id'),
    price: numberOf(data, 'price'),
    qty: numberOf(data, 'qty'),
    aggressor: data.side === 'sell' ? SELL : BUY
  }
}
