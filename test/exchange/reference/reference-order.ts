import { type Nanos } from '../../../src/base/time.js'
import {
  type Notional,
  type OrderProgress,
  type OrderState,
  type OrderTerms,
  type OrdStatus
} from '../../../src/exchange/event.js'
import { quantity, type Price } from '../../../src/exchange/units.js'

/** A client order with everything that changes about it. */
export interface ReferenceOrder {
  terms: OrderTerms
  cumQty: number
  notional: bigint
  status: OrdStatus
  /** Where it stands, or undefined while it does not rest on the book. */
  place: Place | undefined
  /** What is left of the shown part of an iceberg. */
  part: number
  /** What it waits for outside the book, and since when (an arrival). */
  waiting: Waiting | undefined
  /** When its last replace was accepted. */
  replacedAt: number
}

export interface Waiting {
  readonly for: 'trigger' | 'wholeFill' | 'reference' | 'auction' | 'close'
  readonly since: number
  /** The number of the trade that was the last one then. */
  readonly lastTrade: number
}

/** A place in the book. Of two orders that came to rest one after the other, the earlier has the smaller `arrival`. */
export interface Place {
  readonly arrival: number
  /** V of the models README on L2 and L1; undefined while pending. L3 has a real queue and does not use it. */
  ahead: number | undefined
  /** c of the models README: prints since the last depth change. */
  printed: number
  /** By how much the price shrank at its last depth time beyond what was printed, and what of it came off V; less what prints claimed. */
  fallen: { at: Nanos; whole: number; qty: number }
}

export function newOrder(terms: OrderTerms): ReferenceOrder {
  return {
    terms,
    cumQty: 0,
    notional: 0n,
    status: 'new',
    place: undefined,
    part: 0,
    waiting: undefined,
    replacedAt: -Infinity
  }
}

export function isWorking(order: ReferenceOrder): boolean {
  return order.status === 'new' || order.status === 'partiallyFilled'
}

export function leavesQty(order: ReferenceOrder): number {
  return isWorking(order) ? order.terms.orderQty - order.cumQty : 0
}

export const isHidden = (order: ReferenceOrder): boolean => order.terms.qualifiers?.displayQty === 0

/** How much of a resting order everybody sees. */
export function shownQty(order: ReferenceOrder): number {
  const { qualifiers } = order.terms
  if (isHidden(order)) return 0
  return qualifiers?.displayQty === undefined ? leavesQty(order) : Math.min(order.part, leavesQty(order))
}

/** How much of a resting order is met at once: the shown part, or a hidden order whole. */
export const partQty = (order: ReferenceOrder): number => (isHidden(order) ? leavesQty(order) : shownQty(order))

/** The price at which an order stands and within which it walks; undefined: at any. */
export function limitOf({ terms }: ReferenceOrder): Price | undefined {
  if (terms.ordType === 'pegged') return terms.qualifiers?.peg?.price
  return terms.ordType === 'limit' ? terms.price : undefined
}

export function progress(order: ReferenceOrder): OrderProgress {
  return {
    cumQty: quantity(order.cumQty),
    leavesQty: quantity(leavesQty(order)),
    notional: narrow(order.notional)
  }
}

export function state(order: ReferenceOrder): OrderState {
  return { terms: order.terms, status: order.status, ...progress(order) }
}

/** A safe integer where it fits, the bigint beyond. */
function narrow(value: bigint): Notional {
  const fits = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
  return fits ? Number(value) : value
}
