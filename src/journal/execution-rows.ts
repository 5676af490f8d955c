import { eventStatus } from '../exchange/event-status.js'
import type Database from 'better-sqlite3'
import type { Nanos } from '../base/time.js'
import type { ExchangeEvent, OrderRejected, RequestRejected } from '../exchange/event.js'
import { refusalText } from '../exchange/refusal.js'
import { EXECUTIONS, ORDERS, REJECTIONS } from './derived-schema.js'
import { sideName, type InstrumentText } from './instrument-text.js'
import { qualifiersText } from './qualifiers-text.js'
import { reasonOf, type OrderChange } from './order-change.js'

const CHANGED_ORDER = `ON CONFLICT (order_id) DO UPDATE SET
  cl_ord_id = excluded.cl_ord_id, ord_type = excluded.ord_type, time_in_force = excluded.time_in_force,
  order_qty = excluded.order_qty, price = excluded.price, ord_status = excluded.ord_status,
  cum_qty = excluded.cum_qty, leaves_qty = excluded.leaves_qty, avg_px = excluded.avg_px,
  fills = fills + excluded.fills, changed_at = excluded.changed_at, tags = excluded.tags, qualifiers = excluded.qualifiers`

/** Writes the tables that events make: orders, executions, rejections. */
export class ExecutionRows {
  readonly #text: InstrumentText
  readonly #time: (time: Nanos) => string
  readonly #order
  readonly #execution
  readonly #rejection

  constructor(db: Database.Database, text: InstrumentText, time: (time: Nanos) => string) {
    this.#text = text
    this.#time = time
    this.#order = ORDERS.inserter(db, CHANGED_ORDER)
    this.#execution = EXECUTIONS.inserter(db)
    this.#rejection = REJECTIONS.inserter(db)
  }

  add(event: ExchangeEvent, turn: number): void {
    if (event.kind === 'rejected' || event.kind === 'requestRejected') this.#addRejection(event, turn)
    else this.#addExecution(event, turn)
  }

  #addExecution(event: OrderChange, turn: number): void {
    const { terms } = event
    const { instrument } = terms
    const text = this.#text
    const time = this.#time(event.time)
    const shared = {
      order_id: terms.orderId,
      session: terms.session,
      symbol: text.symbol(instrument),
      side: sideName(terms.side),
      ord_status: eventStatus(event),
      cum_qty: text.quantity(instrument, event.cumQty),
      leaves_qty: text.quantity(instrument, event.leavesQty),
      avg_px: text.averagePrice(instrument, event.notional, event.cumQty) ?? null
    }
    const trade = event.kind === 'trade' ? event : undefined
    const queueAhead = 'queueAhead' in event ? event.queueAhead : undefined
    this.#execution({
      ...shared,
      exec_id: event.execId,
      turn,
      time,
      published_at: this.#time(event.publishAt),
      exec_type: event.kind,
      cl_ord_id: event.kind === 'canceled' ? (event.clOrdId ?? terms.clOrdId) : terms.clOrdId,
      orig_cl_ord_id: origClOrdIdOf(event),
      last_qty: trade ? text.quantity(instrument, trade.lastQty) : null,
      last_px: trade ? text.price(instrument, trade.lastPx) : null,
      liquidity: trade?.liquidity ?? null,
      commission: trade?.commission === undefined ? null : text.money(instrument, trade.commission),
      queue_ahead: queueAhead === undefined ? null : text.quantity(instrument, queueAhead),
      text: reasonOf(event) ?? null
    })
    this.#order({
      ...shared,
      cl_ord_id: terms.clOrdId,
      ord_type: terms.ordType,
      time_in_force: terms.timeInForce,
      order_qty: text.quantity(instrument, terms.orderQty),
      price: terms.price === 0 ? null : text.price(instrument, terms.price),
      fills: trade ? 1 : 0,
      entered_at: this.#time(terms.enteredAt),
      changed_at: time,
      tags: JSON.stringify(terms.tags),
      qualifiers: qualifiersText(terms.qualifiers, instrument, text, this.#time)
    })
  }

  #addRejection(event: OrderRejected | RequestRejected, turn: number): void {
    const request = event.kind === 'rejected' ? 'new' : event.request
    const order = event.kind === 'rejected' ? event.terms : event.order?.terms
    this.#rejection({
      exec_id: event.execId,
      turn,
      time: this.#time(event.time),
      published_at: this.#time(event.publishAt),
      request,
      session: event.session,
      cl_ord_id: event.clOrdId,
      orig_cl_ord_id: event.kind === 'rejected' ? null : event.origClOrdId,
      order_id: order?.orderId ?? null,
      code: event.refusal.code,
      text: refusalText(event.refusal)
    })
  }
}

/** OrigClOrdID (41) of the report: what a cancel or replace named. */
function origClOrdIdOf(event: OrderChange): string | null {
  if (event.kind === 'replaced') return event.origClOrdId
  return event.kind === 'canceled' && event.clOrdId !== undefined ? event.terms.clOrdId : null
}
