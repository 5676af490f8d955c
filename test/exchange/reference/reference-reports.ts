import { nanos, type Nanos } from '../../../src/base/time.js'
import { type ExchangeEvent, type Liquidity, type RestatementReason } from '../../../src/exchange/event.js'
import { type ExchangeListener } from '../../../src/exchange/exchange.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { FeeBook } from '../../../src/exchange/models/fees/fee-book.js'
import { type LatencyModel } from '../../../src/exchange/models/latency/latency-model.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { type Refusal } from '../../../src/exchange/refusal.js'
import { price, quantity, type Quantity, type SessionNo } from '../../../src/exchange/units.js'
import { ReferenceInFlight } from './reference-in-flight.js'
import { ReferenceReaction } from './reference-reaction.js'
import { progress, type ReferenceOrder } from './reference-order.js'

/** An event before it is numbered and stamped. */
type Unstamped<E> = E extends ExchangeEvent ? Omit<E, 'execId' | 'time' | 'publishAt'> : never

/** Numbers and stamps events, and holds them back for the outbound latency. */
export class ReferenceReports {
  readonly #listener: ExchangeListener
  readonly #latency: LatencyModel
  readonly #fees: FeeBook | undefined
  readonly #reactions: readonly ReferenceReaction[]
  lastExecId = 0
  readonly underWay = new ReferenceInFlight<ExchangeEvent>()

  constructor(
    listener: ExchangeListener,
    instruments: readonly Instrument[],
    models: ModelSettings,
    latency: LatencyModel
  ) {
    this.#listener = listener
    this.#latency = latency
    this.#fees = models.fees && new FeeBook(models.fees, instruments)
    this.#reactions = instruments.map((instrument) => new ReferenceReaction(models, instrument))
  }

  reactionOf({ no }: Instrument): ReferenceReaction {
    return this.#reactions[no]
  }

  emit(time: Nanos, event: Unstamped<ExchangeEvent>): void {
    this.lastExecId++
    const session = 'terms' in event && event.terms ? event.terms.session : (event as { session: SessionNo }).session
    const publishAt = this.underWay.arrival(session, nanos(time + this.#latency.next(session, 'report')))
    const stamped: ExchangeEvent = { ...event, execId: this.lastExecId, time, publishAt }
    const waits = (this.underWay.nextDue() ?? Infinity) <= time
    if (publishAt === time && !waits) this.#listener.onEvent(stamped)
    else this.underWay.send(stamped, publishAt)
  }

  publishNext(): void {
    const event = this.underWay.take()
    if (event) this.#listener.onEvent(event)
  }

  /** Books a fill on the order and reports it. */
  trade(time: Nanos, order: ReferenceOrder, lastQty: number, lastPx: number, liquidity: Liquidity): void {
    order.cumQty += lastQty
    order.notional += BigInt(lastPx) * BigInt(lastQty)
    order.status = order.cumQty === order.terms.orderQty ? 'filled' : 'partiallyFilled'
    const { orderId, session, side, instrument } = order.terms
    const charged = { orderId, session, qty: lastQty, price: lastPx, liquidity }
    this.emit(time, {
      kind: 'trade',
      terms: order.terms,
      ...progress(order),
      lastQty: quantity(lastQty),
      lastPx: price(lastPx),
      liquidity,
      commission: this.#fees?.charge(time, instrument, charged)
    })
    this.#reactions[instrument].fill(time, side, lastQty, lastPx)
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
