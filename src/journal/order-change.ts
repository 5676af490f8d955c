import type { ExchangeEvent } from '../exchange/event.js'
import { refusalText } from '../exchange/refusal.js'

/** Events that change an order. */
export type OrderChange = Exclude<ExchangeEvent, { readonly kind: 'rejected' | 'requestRejected' }>

/** Why an order ended or changed without being asked to; undefined where it did not. */
export function reasonOf(event: OrderChange): string | undefined {
  if (event.kind === 'restated') return event.cause
  return 'reason' in event && event.reason !== undefined ? refusalText(event.reason) : undefined
}
