import type { ExchangeEvent } from '../exchange/event.js'
import { refusalText } from '../exchange/refusal.js'

/** Events that change an order. */
export type OrderChange = Exclude<ExchangeEvent, { readonly kind: 'rejected' | 'requestRejected' }>

/** Why an order ended without being asked to; undefined where it did not. */
export function reasonOf(event: OrderChange): string | undefined {
  return 'reason' in event && event.reason !== undefined ? refusalText(event.reason) : undefined
}
