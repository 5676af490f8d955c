import type { Nanos } from '../base/time.js'
import type {
  ExchangeEvent,
  Liquidity,
  OrderProgress,
  OrderState,
  OrderTerms,
  OrdStatus,
  RestatementReason
} from '../exchange/event.js'
import type { OrderId, Price, Quantity, SessionNo } from '../exchange/units.js'
import { Codes } from './codes.js'
import { readRefusedRequest, writeRefusedRequest } from './command-codec.js'
import {
  readNotional,
  readOptional,
  readRefusal,
  readText,
  REQUESTS,
  writeNotional,
  writeNumber,
  writeOptional,
  writeRefusal,
  writeText
} from './field-codec.js'
import { RecordKind } from './record-kind.js'
import { DamagedRecord, type RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'
import { readTerms, writeTerms } from './terms-codec.js'

const KIND = {
  new: RecordKind.accepted,
  trade: RecordKind.traded,
  canceled: RecordKind.canceled,
  expired: RecordKind.expired,
  replaced: RecordKind.replaced,
  restated: RecordKind.restated,
  rejected: RecordKind.rejected,
  requestRejected: RecordKind.requestRejected
} as const satisfies Record<ExchangeEvent['kind'], RecordKind>

export type EventKind = (typeof KIND)[ExchangeEvent['kind']]

const LIQUIDITIES = new Codes<Liquidity>(['added', 'removed', 'auction'])
const CAUSES = new Codes<RestatementReason>(['triggered', 'repriced', 'pegged', 'leftOver', 'selfMatch'])
const STATUSES = new Codes<OrdStatus>([
  'new',
  'partiallyFilled',
  'filled',
  'canceled',
  'replaced',
  'expired',
  'rejected',
  'doneForDay'
])

/**
 * Terms of orders that are working, by order. The terms are written with an order's first event and whenever they
 * changed; other events only name the order. Writer and reader keep the same map and both forget an order that has
 * nothing left, so a reading can start wherever the writer started: at any run.
 */
type KnownTerms = Map<OrderId, OrderTerms>

type Order = OrderProgress & { readonly terms: OrderTerms }

/** Appends events as records. */
export class EventWriter {
  readonly #known: KnownTerms = new Map()

  write(to: RecordWriter, event: ExchangeEvent): void {
    to.begin(KIND[event.kind])
    to.f64(event.execId)
    to.f64(event.time)
    to.f64(event.publishAt)
    switch (event.kind) {
      case 'new':
        this.#order(to, event)
        writeOptional(to, event.queueAhead, writeNumber)
        break
      case 'trade':
        this.#order(to, event)
        to.f64(event.lastQty)
        to.f64(event.lastPx)
        to.u8(LIQUIDITIES.code(event.liquidity))
        // Only where the venue charges: a record without it ends here.
        if (event.commission !== undefined) writeNotional(to, event.commission)
        break
      case 'canceled':
        this.#order(to, event)
        writeOptional(to, event.clOrdId, writeText)
        writeOptional(to, event.reason, writeRefusal)
        break
      case 'expired':
        this.#order(to, event)
        writeRefusal(to, event.reason)
        break
      case 'replaced':
        this.#order(to, event)
        to.text(event.origClOrdId)
        writeOptional(to, event.queueAhead, writeNumber)
        break
      case 'restated':
        this.#order(to, event)
        to.u8(CAUSES.code(event.cause))
        writeOptional(to, event.queueAhead, writeNumber)
        break
      case 'rejected':
        to.u32(event.session)
        to.text(event.clOrdId)
        writeRefusal(to, event.refusal)
        writeOptional(to, event.terms, writeTerms)
        to.u8(event.request === undefined ? 0 : 1)
        if (event.request !== undefined) {
          to.f64(event.request.time)
          writeRefusedRequest(to, event.request)
        }
        break
      case 'requestRejected':
        to.u32(event.session)
        to.u8(REQUESTS.code(event.request))
        to.text(event.clOrdId)
        to.text(event.origClOrdId)
        writeRefusal(to, event.refusal)
        to.u8(event.order === undefined ? 0 : 1)
        if (event.order !== undefined) {
          to.u8(STATUSES.code(event.order.status))
          this.#order(to, event.order)
        }
        break
    }
    to.end()
  }

  #order(to: RecordWriter, order: Order): void {
    const { terms } = order
    const id = terms.orderId
    to.f64(id)
    const known = this.#known.get(id) === terms
    to.u8(known ? 0 : 1)
    if (!known) writeTerms(to, terms)
    to.f64(order.cumQty)
    to.f64(order.leavesQty)
    writeNotional(to, order.notional)
    if (order.leavesQty === 0) this.#known.delete(id)
    else if (!known) this.#known.set(id, terms)
  }
}

/** Reads the payloads of event records, in the order of their writing. */
export class EventReader {
  readonly #known: KnownTerms = new Map()

  read(kind: EventKind, from: RecordReader): ExchangeEvent {
    const execId = from.f64()
    const time = from.f64() as Nanos
    const publishAt = from.f64() as Nanos
    switch (kind) {
      case RecordKind.accepted: {
        const { terms, cumQty, leavesQty, notional } = this.#order(from)
        const queueAhead = readOptional(from, readQuantity)
        return { kind: 'new', execId, time, publishAt, terms, cumQty, leavesQty, notional, queueAhead }
      }
      case RecordKind.traded: {
        const terms = this.#terms(from)
        const cumQty = readQuantity(from)
        const leavesQty = readQuantity(from)
        const notional = readNotional(from)
        this.#keep(terms, leavesQty)
        const lastQty = readQuantity(from)
        const lastPx = from.f64() as Price
        const liquidity = LIQUIDITIES.word(from.u8())
        return {
          kind: 'trade',
          execId,
          time,
          publishAt,
          terms,
          cumQty,
          leavesQty,
          notional,
          lastQty,
          lastPx,
          liquidity,
          ...(from.done ? {} : { commission: readNotional(from) })
        }
      }
      case RecordKind.canceled: {
        const order = this.#order(from)
        const clOrdId = readOptional(from, readText)
        return { kind: 'canceled', execId, time, publishAt, ...order, clOrdId, reason: readOptional(from, readRefusal) }
      }
      case RecordKind.expired:
        return { kind: 'expired', execId, time, publishAt, ...this.#order(from), reason: readRefusal(from) }
      case RecordKind.replaced: {
        const order = this.#order(from)
        const origClOrdId = from.text()
        const queueAhead = readOptional(from, readQuantity)
        return { kind: 'replaced', execId, time, publishAt, ...order, origClOrdId, queueAhead }
      }
      case RecordKind.restated: {
        const order = this.#order(from)
        const cause = CAUSES.word(from.u8())
        const queueAhead = readOptional(from, readQuantity)
        return { kind: 'restated', execId, time, publishAt, ...order, cause, queueAhead }
      }
      case RecordKind.rejected:
        return {
          kind: 'rejected',
          execId,
          time,
          publishAt,
          session: from.u32() as SessionNo,
          clOrdId: from.text(),
          refusal: readRefusal(from),
          terms: readOptional(from, readTerms),
          request: from.u8() === 0 ? undefined : readRefusedRequest(from.f64() as Nanos, from)
        }
      case RecordKind.requestRejected: {
        const session = from.u32() as SessionNo
        const request = REQUESTS.word(from.u8())
        if (request === 'new') throw new DamagedRecord('a rejected request is neither cancel nor replace')
        const clOrdId = from.text()
        const origClOrdId = from.text()
        const refusal = readRefusal(from)
        const order = from.u8() === 0 ? undefined : this.#state(from)
        return { kind: 'requestRejected', execId, time, publishAt, session, request, clOrdId, origClOrdId, refusal, order }
      }
    }
  }

  #state(from: RecordReader): OrderState {
    const status = STATUSES.word(from.u8())
    return { ...this.#order(from), status }
  }

  #order(from: RecordReader): Order {
    const terms = this.#terms(from)
    const cumQty = readQuantity(from)
    const leavesQty = readQuantity(from)
    const notional = readNotional(from)
    this.#keep(terms, leavesQty)
    return { terms, cumQty, leavesQty, notional }
  }

  #terms(from: RecordReader): OrderTerms {
    const id = from.f64() as OrderId
    if (from.u8() === 1) {
      const terms = readTerms(from)
      this.#known.set(id, terms)
      return terms
    }
    const terms = this.#known.get(id)
    if (terms === undefined) throw new DamagedRecord(`the terms of order ${id} were never written`)
    return terms
  }

  #keep(terms: OrderTerms, leavesQty: Quantity): void {
    if (leavesQty === 0) this.#known.delete(terms.orderId)
  }
}

const readQuantity = (from: RecordReader): Quantity => from.f64() as Quantity
