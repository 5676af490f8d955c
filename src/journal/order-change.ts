import type { ExchangeEvent, OrdStatus } from '../exchange/event.js'
import { refusalText } from '../exchange/refusal.js'

/** Events that change an order. */
export type OrderChange = Exclude<ExchangeEvent, { readonly kind: 'rejected' | 'requestRejected' }>

/** The status that an event leaves its order in (FIX 4.4 vol. 4, order state changes). */
export function statusAfter(event: OrderChange): OrdStatus {
  switch (event.kind) {
    case 'new':
    case 'canceled':
    case 'expired':
      return event.kind
    case 'trade':
    case 'replaced':
      if (event.leavesQty === 0) return 'filled'
      return event.cumQty > 0 ? 'partiallyFilled' : 'new'
  }
}

/** Why an order ended without being asked to; undefined where it did not. */
export function reasonOf(event: OrderChange): string | undefined {
  return 'reason' in event && event.reason !== undefined ? refusalText(event.reason) : undefined
}
