import { nanos, type Nanos } from '../base/time.js'
import { type CancelOrder, type RefuseRequest, type ReplaceOrder } from './command.js'
import { type ExchangeEvent, type Liquidity, type OrderState, type OrderTerms } from './event.js'
import { type ExchangeListener } from './exchange.js'
import { InFlight } from './in-flight.js'
import { type LatencyModel } from './models/latency-model.js'
import { type Order } from './order/order.js'
import { type Refusal } from './refusal.js'
import { price, quantity, type Quantity } from './units.js'

const optional = (value: number | undefined): Quantity | undefined =>
  value === undefined ? undefined : quantity(value)

/** Numbers and stamps what happened to orders, and lets the reports leave after their latency, in order. */
export class Reports {
  /** Reports that have not left yet. */
  readonly underWay = new InFlight<ExchangeEvent>()
  readonly #listener: ExchangeListener
  readonly #latency: LatencyModel
  lastExecId = 0

  constructor(listener: ExchangeListener, latency: LatencyModel) {
    this.#listener = listener
    this.#latency = latency
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
      publishAt: this.#publishAt(time),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      queueAhead: optional(queueAhead)
    }
    this.#send(event)
  }

  replaced(time: Nanos, order: Order, origClOrdId: string, queueAhead: number | undefined): void {
    const event: ExchangeEvent = {
      kind: 'replaced',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      origClOrdId,
      queueAhead: optional(queueAhead)
    }
    this.#send(event)
  }

  traded(time: Nanos, order: Order, lastQty: number, lastPx: number, liquidity: Liquidity): void {
    const event: ExchangeEvent = {
      kind: 'trade',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time),
      terms: order.terms,
      cumQty: quantity(order.cumQty),
      leavesQty: quantity(order.leavesQty),
      notional: order.notional,
      lastQty: quantity(lastQty),
      lastPx: price(lastPx),
      liquidity
    }
    this.#send(event)
  }

  canceled(time: Nanos, order: Order, clOrdId: string | undefined, reason: Refusal | undefined): void {
    const event: ExchangeEvent = {
      kind: 'canceled',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time),
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
    const event: ExchangeEvent = {
      kind: 'expired',
      execId: ++this.lastExecId,
      time,
      publishAt: this.#publishAt(time),
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
      publishAt: this.#publishAt(time),
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
      publishAt: this.#publishAt(time),
      session: command.session,
      request,
      clOrdId: command.clOrdId,
      origClOrdId: command.origClOrdId,
      refusal,
      order
    })
  }

  #publishAt(time: Nanos): Nanos {
    return this.underWay.dueAfter(nanos(time + this.#latency.outbound()))
  }

  #send(event: ExchangeEvent): void {
    if (event.publishAt > event.time) this.underWay.push(event, event.publishAt)
    else this.#listener.onEvent(event)
  }
}
