import { type Nanos } from '../../../src/base/time.js'
import {
  type Notional,
  type OrderProgress,
  type OrderState,
  type OrderTerms,
  type OrdStatus
} from '../../../src/exchange/event.js'
import { quantity } from '../../../src/exchange/units.js'

/** A client order with everything that changes about it. */
export interface ReferenceOrder {
  terms: OrderTerms
  cumQty: number
  notional: bigint
  status: OrdStatus
  /** Where it stands, or undefined while it does not rest on the book. */
  place: Place | undefined
}

/** A place in the book. Of two orders that came to rest one after the other, the earlier has the smaller `arrival`. */
export interface Place {
  readonly arrival: number
  /** V of MODELS section 2 on L2 and L1; undefined while pending. L3 has a real queue and does not use it. */
  ahead: number | undefined
  /** c of MODELS section 2: prints since the last depth change. */
  printed: number
  /** What decreases of the level took off V, and the venue time of the last of them. */
  fallen: { at: Nanos; qty: number }
}

export function isWorking(order: ReferenceOrder): boolean {
  return order.status === 'new' || order.status === 'partiallyFilled'
}

export function leavesQty(order: ReferenceOrder): number {
  return isWorking(order) ? order.terms.orderQty - order.cumQty : 0
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
