import { BUY, SELL, type Aggressor, type Side } from '../../exchange/units.js'
import {
  integerOf,
  levelsOf,
  listOf,
  MalformedMessage,
  objectOf,
  textOf,
  type JsonObject,
  type LevelText
} from './message-shape.js'

export interface CoinbaseSnapshot {
  readonly kind: 'snapshot'
  readonly product: string
  /** Not in all versions of the message. */
  readonly time: string | undefined
  readonly bids: readonly LevelText[]
  readonly asks: readonly LevelText[]
}

/** Levels that changed; sizes are absolute. */
export interface CoinbaseUpdate {
  readonly kind: 'update'
  readonly product: string
  readonly time: string
  readonly changes: readonly { readonly side: Side; readonly price: string; readonly qty: string }[]
}

export interface CoinbaseMatch {
  readonly kind: 'match'
  readonly product: string
  readonly time: string
  /** Consecutive per product. */
  readonly tradeId: number
  readonly price: string
  readonly qty: string
  readonly aggressor: Aggressor
  /** The trade before the subscription began, told for reference. */
  readonly last: boolean
}

export interface CoinbaseHeartbeat {
  readonly kind: 'heartbeat'
  readonly product: string
  readonly time: string
  readonly lastTradeId: number
}

export interface CoinbaseError {
  readonly kind: 'error'
  readonly text: string
}

export type CoinbaseMessage = CoinbaseSnapshot | CoinbaseUpdate | CoinbaseMatch | CoinbaseHeartbeat | CoinbaseError

/**
 * Reads a message of Coinbase Exchange's feed.
 * @returns undefined for messages of other kinds, as `subscriptions`.
 * @throws MalformedMessage
 */
export function coinbaseMessage(value: unknown): CoinbaseMessage | undefined {
  const message = objectOf(value, 'a message')
  switch (message.type) {
    case 'snapshot':
      return {
        kind: 'snapshot',
        product: textOf(message, 'product_id'),
        time: typeof message.time === 'string' ? message.time : undefined,
        bids: levelsOf(message, 'bids'),
        asks: levelsOf(message, 'asks')
      }
    case 'l2update':
      return {
        kind: 'update',
        product: textOf(message, 'product_id'),
        time: textOf(message, 'time'),
        changes: listOf(message, 'changes').map(change)
      }
    case 'match':
    case 'last_match':
      return match(message)
    case 'heartbeat':
      return {
        kind: 'heartbeat',
        product: textOf(message, 'product_id'),
        time: textOf(message, 'time'),
        lastTradeId: integerOf(message, 'last_trade_id')
      }
    case 'error': {
      const reason = typeof message.reason === 'string' ? `: ${message.reason}` : ''
      return { kind: 'error', text: `${textOf(message, 'message')}${reason}` }
    }
    default:
      return undefined
  }
}

function match(message: JsonObject): CoinbaseMatch {
  return {
    kind: 'match',
    product: textOf(message, 'product_id'),
    time: textOf(message, 'time'),
    tradeId: integerOf(message, 'trade_id'),
    price: textOf(message, 'price'),
    qty: textOf(message, 'size'),
    // `side` is the resting order's.
    aggressor: message.side === 'buy' ? SELL : BUY,
    last: message.type === 'last_match'
  }
}

function change(value: unknown): CoinbaseUpdate['changes'][number] {
  if (Array.isArray(value)) {
    const [side, price, qty] = value as readonly unknown[]
    if ((side === 'buy' || side === 'sell') && typeof price === 'string' && typeof qty === 'string') {
      return { side: side === 'buy' ? BUY : SELL, price, qty }
    }
  }
  throw new MalformedMessage('changes as [buy or sell, price, size] in text', value)
}
