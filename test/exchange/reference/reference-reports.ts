import { nanos, type Nanos } from '../../../src/base/time.js'
import { type ExchangeEvent, type Liquidity, type RestatementReason } from '../../../src/exchange/event.js'
import { type ExchangeListener } from '../../../src/exchange/exchange.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { type Refusal } from '../../../src/exchange/refusal.js'
import { price, quantity, type Quantity } from '../../../src/exchange/units.js'
import { progress, type ReferenceOrder } from './reference-order.js'

/** An event before it is numbered and stamped. */
type Unstamped<E> = E extends ExchangeEvent ? Omit<E, 'execId' | 'time' | 'publishAt'> : never

/** Numbers and stamps events, and holds them back for the outbound latency. */
export class ReferenceReports {
  readonly #listener: ExchangeListener
  readonly #outbound: number
  lastExecId = 0
  waiting: ExchangeEvent[] = []

  constructor(listener: ExchangeListener, models: ModelSettings) {
    this.#listener = listener
    this.#outbound = models.latency.outbound
  }

  emit(time: Nanos, event: Unstamped<ExchangeEvent>): void {
    this.lastExecId++
    const stamped: ExchangeEvent = { ...event, execId: this.lastExecId, time, publishAt: nanos(time + this.#outbound) }
    if (this.#outbound === 0) this.#listener.onEvent(stamped)
    else this.waiting.push(stamped)
  }

  /** When the next report leaves. */
  nextDue(): Nanos | undefined {
    return this.waiting.at(0)?.publishAt
  }

  publishNext(): void {
    const event = this.waiting.shift()
    if (event) this.#listener.onEvent(event)
  }

  /** Books a fill on the order and reports it. */
  trade(time: Nanos, order: ReferenceOrder, lastQty: number, lastPx: number, liquidity: Liquidity): void {
    order.cumQty += lastQty
    order.notional += BigInt(lastPx) * BigInt(lastQty)
    order.status = order.cumQty === order.terms.orderQty ? 'filled' : 'partiallyFilled'
    this.emit(time, {
      kind: 'trade',
      terms: order.terms,
      ...progress(order),
      lastQty: quantity(lastQty),
      lastPx: price(lastPx),
      liquidity
    })
  }

  /** Ends an order without a fill. */
  cancel(time: Nanos, order: ReferenceOrder, clOrdId: string | undefined, reason: Refusal | undefined): void {
    order.status = 'canceled'
    this.emit(time, { kind: 'canceled', terms: order.terms, ...progress(order), clOrdId, reason })
  }

  expire(time: Nanos, order: ReferenceOrder, reason: Refusal): void {
    order.status = 'expired'
    this.emit(time, { kind: 'expired', terms: order.terms, ...progress(order), reason })
  }

  /** The exchange itself changed the terms. */
  restate(time: Nanos, order: ReferenceOrder, cause: RestatementReason, queueAhead: Quantity | undefined): void {
    this.emit(time, { kind: 'restated', terms: order.terms, ...progress(order), cause, queueAhead })
  }
}
