import type { Nanos } from '../../base/time.js'
import type { JournalReader } from '../../journal/journal.js'
import type { InstrumentNo, OrderId, Price, Quantity, SessionNo, Side } from '../../exchange/units.js'

/**
 * What happened to an order. `decision`: its request came to the venue; `arrival`: it reached the exchange; `replaced`: its
 * new terms did; `fill`: it traded.
 */
export type MomentKind = 'decision' | 'arrival' | 'replaced' | 'fill'

/** A moment of an order's life at which a model looks at the market. */
export interface OrderMoment {
  readonly kind: MomentKind
  readonly time: Nanos
  readonly session: SessionNo
  readonly clOrdId: string
  readonly instrument: InstrumentNo
  readonly side: Side
  /** undefined where the request did not become an order. */
  orderId: OrderId | undefined
  /** Of a placement, as the exchange told it. */
  readonly queueAhead: Quantity | undefined
  readonly lastQty: Quantity | undefined
  readonly lastPx: Price | undefined
}

/** All moments of a journal's orders, in order of time; a fill comes before the rest of its instant, which it met. */
export function orderMoments(journal: JournalReader): readonly OrderMoment[] {
  const moments: OrderMoment[] = []
  const decisions = new Map<string, OrderMoment>()
  const none = { orderId: undefined, queueAhead: undefined, lastQty: undefined, lastPx: undefined } as const
  journal.forEach({
    command(command) {
      if (command.kind !== 'new') return
      const { time, session, clOrdId, instrument, side } = command
      const decision: OrderMoment = { kind: 'decision', time, session, clOrdId, instrument, side, ...none }
      moments.push(decision)
      decisions.set(`${session} ${clOrdId}`, decision)
    },
    event(event) {
      if (event.kind !== 'new' && event.kind !== 'replaced' && event.kind !== 'trade') return
      const { time, terms } = event
      const { session, clOrdId, instrument, side, orderId } = terms
      const of = { time, session, clOrdId, instrument, side, ...none, orderId }
      if (event.kind === 'trade') {
        moments.push({ ...of, kind: 'fill', lastQty: event.lastQty, lastPx: event.lastPx })
        return
      }
      const isNew = event.kind === 'new'
      const decision = isNew ? decisions.get(`${session} ${clOrdId}`) : undefined
      if (decision) decision.orderId = orderId
      moments.push({ ...of, kind: isNew ? 'arrival' : 'replaced', queueAhead: event.queueAhead })
    }
  })
  return moments.sort((a, b) => seenAt(a) - seenAt(b))
}

/** When a moment looks at the market: a fill just before anything of its nanosecond, the others behind the market's facts of it. */
export function seenAt({ kind, time }: OrderMoment): number {
  return kind === 'fill' ? time - 0.5 : time
}
