import type { Aggressor } from '../../exchange/units.js'
import { integerOf, isObject, levelsOf, objectOf, textOf, type JsonObject, type LevelText } from './message-shape.js'

/** Levels that changed since the update before. Quantities are absolute. Times in ms since 1970. */
export interface BinanceDepth {
  readonly kind: 'depth'
  readonly symbol: string
  readonly eventTime: number
  /** USD-M only: when the matching engine made the change. */
  readonly transactionTime: number | undefined
  readonly firstId: number
  readonly lastId: number
  /** USD-M only: `lastId` of the update before. */
  readonly previousId: number | undefined
  readonly bids: readonly LevelText[]
  readonly asks: readonly LevelText[]
}

/** One print; `aggTrade` is the prints of one order at one price together. */
export interface BinanceTrade {
  readonly kind: 'trade'
  readonly symbol: string
  /** Consecutive per symbol and kind of stream. */
  readonly id: number
  readonly eventTime: number
  readonly tradeTime: number
  readonly price: string
  readonly qty: string
  readonly aggressor: Aggressor
  /** Whether it traded on the book; USD-M also tells of insurance fund and deleveraging trades. */
  readonly onBook: boolean
}

export interface BinanceBookTicker {
  readonly kind: 'bookTicker'
  readonly symbol: string
  readonly updateId: number
  /** USD-M only. */
  readonly transactionTime: number | undefined
  readonly bid: LevelText
  readonly ask: LevelText
}

export type BinanceMessage = BinanceDepth | BinanceTrade | BinanceBookTicker

/** The whole book, from GET depth. */
export interface BinanceSnapshot {
  readonly lastUpdateId: number
  /** USD-M only. */
  readonly transactionTime: number | undefined
  readonly bids: readonly LevelText[]
  readonly asks: readonly LevelText[]
}

/**
 * Reads a message of a raw or a combined stream (`{"stream":…,"data":…}`).
 * @returns undefined for messages of other kinds, as answers to requests.
 * @throws MalformedMessage
 */
export function binanceMessage(value: unknown): BinanceMessage | undefined {
  const outer = objectOf(value, 'a message')
  const message = isObject(outer.data) ? outer.data : outer
  switch (message.e) {
    case 'depthUpdate':
      return depth(message)
    case 'trade':
      return trade(message, integerOf(message, 't'))
    case 'aggTrade':
      return trade(message, integerOf(message, 'a'))
    default:
      // Spot's book ticker has no `e`.
      return 'u' in message && 'B' in message && 'A' in message ? bookTicker(message) : undefined
  }
}

/** @throws MalformedMessage */
export function binanceSnapshot(value: unknown): BinanceSnapshot {
  const message = objectOf(value, 'a snapshot')
  return {
    lastUpdateId: integerOf(message, 'lastUpdateId'),
    transactionTime: optional(message, 'T'),
    bids: levelsOf(message, 'bids'),
    asks: levelsOf(message, 'asks')
  }
}

function depth(message: JsonObject): BinanceDepth {
  return {
    kind: 'depth',
    symbol: textOf(message, 's'),
    eventTime: integerOf(message, 'E'),
    transactionTime: optional(message, 'T'),
    firstId: integerOf(message, 'U'),
    lastId: integerOf(message, 'u'),
    previousId: optional(message, 'pu'),
    bids: levelsOf(message, 'b'),
    asks: levelsOf(message, 'a')
  }
}

function trade(message: JsonObject, id: number): BinanceTrade {
  return {
    kind: 'trade',
    symbol: textOf(message, 's'),
    id,
    eventTime: integerOf(message, 'E'),
    tradeTime: integerOf(message, 'T'),
    price: textOf(message, 'p'),
    qty: textOf(message, 'q'),
    // m: the buyer was the maker, so a seller took.
    aggressor: message.m === true ? -1 : 1,
    onBook: message.X === undefined || message.X === 'MARKET'
  }
}

function bookTicker(message: JsonObject): BinanceBookTicker {
  return {
    kind: 'bookTicker',
    symbol: textOf(message, 's'),
    updateId: integerOf(message, 'u'),
    transactionTime: optional(message, 'T'),
    bid: [textOf(message, 'b'), textOf(message, 'B')],
    ask: [textOf(message, 'a'), textOf(message, 'A')]
  }
}

function optional(message: JsonObject, key: string): number | undefined {
  return message[key] === undefined ? undefined : integerOf(message, key)
}
