import type { ExchangeEvent, OrdStatus } from './event.js'

/** OrdStatus (39) in words that an event leaves its order in. */
export function eventStatus(event: ExchangeEvent): OrdStatus {
  switch (event.kind) {
    case 'new':
    case 'canceled':
    case 'expired':
    case 'rejected':
      return event.kind
    case 'requestRejected':
      return event.order?.status ?? 'rejected'
    case 'trade':
    case 'replaced':
    case 'restated':
      return event.leavesQty === 0 ? 'filled' : event.cumQty > 0 ? 'partiallyFilled' : 'new'
  }
}
