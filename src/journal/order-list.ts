import { eventStatus } from '../exchange/event-status.js'
import type { Nanos } from '../base/time.js'
import type { OrderTerms, OrdStatus } from '../exchange/event.js'
import { InstrumentText, sideName } from './instrument-text.js'
import { isoTime } from '../base/iso-time.js'
import type { JournalReader } from './journal.js'
import { type OrderChange } from './order-change.js'

/** An order as a journal leaves it. Prices and quantities are decimals as the instrument has them, times ISO 8601. */
export interface ListedOrder {
  readonly orderId: number
  /** Name of the FIX session, or #n of a client that has none. */
  readonly session: string
  readonly clOrdId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly ordType: string
  readonly timeInForce: string
  readonly orderQty: string
  readonly price: string | null
  readonly ordStatus: OrdStatus
  readonly cumQty: string
  readonly leavesQty: string
  readonly avgPx: string | null
  readonly fills: number
  readonly enteredAt: string
  readonly changedAt: string
}

interface Standing {
  readonly last: OrderChange
  readonly fills: number
}

/** Every order of a journal that the exchange accepted, in order of arrival. */
export function listOrders(journal: JournalReader): ListedOrder[] {
  const standing = new Map<number, Standing>()
  journal.forEach({
    event(event) {
      if (event.kind === 'rejected' || event.kind === 'requestRejected') return
      const fills = standing.get(event.terms.orderId)?.fills ?? 0
      standing.set(event.terms.orderId, { last: event, fills: event.kind === 'trade' ? fills + 1 : fills })
    }
  })
  const text = new InstrumentText(journal.facts.instruments)
  const names = journal.sessionNames
  const venueTime = (time: Nanos): string => isoTime(time, journal.facts.epoch)
  return [...standing.values()]
    .sort((a, b) => a.last.terms.orderId - b.last.terms.orderId)
    .map(({ last, fills }) => ({
      ...listedTerms(last.terms, text, names),
      ordStatus: eventStatus(last),
      cumQty: text.quantity(last.terms.instrument, last.cumQty),
      leavesQty: text.quantity(last.terms.instrument, last.leavesQty),
      avgPx: text.averagePrice(last.terms.instrument, last.notional, last.cumQty) ?? null,
      fills,
      enteredAt: venueTime(last.terms.enteredAt),
      changedAt: venueTime(last.time)
    }))
}

function listedTerms(terms: OrderTerms, text: InstrumentText, sessionNames: readonly string[]) {
  return {
    orderId: terms.orderId,
    session: sessionNames[terms.session] ?? `#${terms.session}`,
    clOrdId: terms.clOrdId,
    symbol: text.symbol(terms.instrument),
    side: sideName(terms.side),
    ordType: terms.ordType,
    timeInForce: terms.timeInForce,
    orderQty: text.quantity(terms.instrument, terms.orderQty),
    price: terms.ordType === 'market' ? null : text.price(terms.instrument, terms.price)
  }
}
