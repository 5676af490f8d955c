import { nanos, type Nanos } from '../base/time.js'
import { type CancelOrder, type RefuseRequest, type ReplaceOrder } from './command.js'
import {
  type ExchangeEvent,
  type Liquidity,
  type Notional,
  type OrderState,
  type OrderTerms,
  type RestatementReason,
  type OrderTraded
} from './event.js'
import { type ExchangeListener } from './exchange.js'
import { InFlight } from './in-flight.js'
import { type FeeBook } from './models/fees/fee-book.js'
import { type LatencyModel } from './models/latency/latency-model.js'
import { type LadderShift } from './models/reaction/ladder-shift.js'
import { type Order } from './order/order.js'
import { type Refusal } from './refusal.js'
import { price, quantity, type Quantity, type SessionNo } from './units.js'

const optional = (value: number | undefined): Quantity | undefined =>
  value === undefined ? undefined : quantity(value)

/** What the models do with reports and fills. */
export interface ReportModels {
  readonly latency: LatencyModel
  /** By instrument number; undefined where prices do not react. */
  readonly reactions: readonly (LadderShift | undefined)[]
  /** undefined: nothing is charged. */
  readonly fees: FeeBook | undefined
}

/** Numbers and stamps what happened to orders, and lets the reports leave after their latency, in order. */
export class Reports {
  /** Reports that have not left yet. */
  readonly underWay = new InFlight<ExchangeEvent>()
  readonly #listener: ExchangeListener
  readonly reactions: readonly (LadderShift | undefined)[]
  readonly #latency: LatencyModel
  readonly #fees: FeeBook | undefined
  lastExecId = 0

  constructor(listener: ExchangeListener, { latency, reactions, fees }: ReportModels) {
    this.#listener = listener
    this.#latency = latency
    this.reactions = reactions
    this.#fees = fees
  }

  /** The next report that is under way leaves. */
  publishNext(): void {
    this.#listener.onEvent(this.underWay.shift())
  }

  accepted(time: Nanos, order: Order, queueAhead: number | undefined): void {
    const event: ExchangeEvent = {
      kind: 'new',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      queueAhead: optional(queueAhead)
    }
    this.#send(event)
  }

  replaced(time: Nanos, order: Order, origClOrdId: string, queueAhead: number | undefined): void {
    if (order.leavesQty === 0) this.#fees?.forget(order.terms.orderId)
    const event: ExchangeEvent = {
      kind: 'replaced',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      origClOrdId,
      queueAhead: optional(queueAhead)
    }
    this.#send(event)
  }

  restated(time: Nanos, order: Order, cause: RestatementReason, queueAhead: number | undefined): void {
    const event: ExchangeEvent = {
      kind: 'restated',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      cause,
      queueAhead: optional(queueAhead)
    }
    this.#send(event)
  }

  traded(time: Nanos, order: Order, lastQty: number, lastPx: number, liquidity: Liquidity): void {
    const event: OrderTraded = {
      kind: 'trade',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      lastQty: quantity(lastQty),
      lastPx: price(lastPx),
      liquidity
    }
    if (this.#fees === undefined) this.#send(event)
    else this.#send({ ...event, commission: charged(this.#fees, event) })
    this.reactions[order.terms.instrument]?.fill(time, order.terms.side, lastQty, lastPx)
  }

  canceled(time: Nanos, order: Order, clOrdId: string | undefined, reason: Refusal | undefined): void {
    this.#fees?.forget(order.terms.orderId)
    const event: ExchangeEvent = {
      kind: 'canceled',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      clOrdId,
      reason
    }
    this.#send(event)
  }

  expired(time: Nanos, order: Order, reason: Refusal): void {
    this.#fees?.forget(order.terms.orderId)
    const event: ExchangeEvent = {
      kind: 'expired',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, order.terms.session),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      reason
    }
    this.#send(event)
  }

  /** A new order that was refused: its terms where the exchange understood it, else the request. */
  rejected(time: Nanos, refusal: Refusal, refused: OrderTerms | RefuseRequest): void {
    const understood = 'orderId' in refused
    this.#send({
      kind: 'rejected',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, refused.session),
      session: refused.session,
      clOrdId: refused.clOrdId,
      refusal,
      terms: understood ? refused : undefined,
      request: understood ? undefined : refused
    })
  }

  /** A cancel or replace that was refused, and the order it named as that stands. */
  requestRejected(
    time: Nanos,
    command: CancelOrder | ReplaceOrder | RefuseRequest,
    request: 'cancel' | 'replace',
    refusal: Refusal,
    order: OrderState | undefined
  ): void {
    this.#send({
      kind: 'requestRejected',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time, command.session),
      session: command.session,
      request,
      clOrdId: command.clOrdId,
      origClOrdId: command.origClOrdId,
      refusal,
      order
    })
  }

  #publishAt(time: Nanos, session: SessionNo): Nanos {
    return this.underWay.dueAfter(session, nanos(time + this.#latency.next(session, 'report')))
  }

  #send(event: ExchangeEvent): void {
    // A report that is due now leaves behind those that are due already.
    if (event.publishAt > event.time || this.underWay.due <= event.time)
      this.underWay.push(sessionOf(event), event, event.publishAt)
    else this.#listener.onEvent(event)
  }
}

function charged(fees: FeeBook, event: OrderTraded): Notional | undefined {
  const { time, terms, lastQty, lastPx, liquidity, leavesQty } = event
  const { orderId, session, instrument } = terms
  const fee = fees.charge(time, instrument, { orderId, session, qty: lastQty, price: lastPx, liquidity })
  if (leavesQty === 0) fees.forget(orderId)
  return fee
}

const sessionOf = (event: ExchangeEvent): SessionNo =>
  'terms' in event && event.terms ? event.terms.session : (event as { readonly session: SessionNo }).session
