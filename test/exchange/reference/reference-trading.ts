import { type Nanos } from '../../../src/base/time.js'
import { type CancelOrder, type Command, type NewOrder, type ReplaceOrder } from '../../../src/exchange/command.js'
import { type OrderState, type OrderTerms } from '../../../src/exchange/event.js'
import { type ExchangeListener } from '../../../src/exchange/exchange.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { refusal, type Refusal } from '../../../src/exchange/refusal.js'
import {
  orderId,
  price,
  quantity,
  type InstrumentNo,
  type Quantity,
  type SessionNo
} from '../../../src/exchange/units.js'
import { ReferenceBook } from './reference-book.js'
import { faultOf } from './reference-check.js'
import { ReferenceMatching } from './reference-matching.js'
import { isWorking, progress, state, type ReferenceOrder } from './reference-order.js'
import { ReferenceReports } from './reference-reports.js'
import { ReferenceRequests } from './reference-requests.js'

export interface ReferenceMarket {
  readonly book: ReferenceBook
  readonly matching: ReferenceMatching
}

/** What clients ask for, decided when it acts. */
export class ReferenceTrading {
  readonly markets: readonly ReferenceMarket[]
  readonly reports: ReferenceReports
  readonly #requests = new ReferenceRequests()
  /** Every order ever accepted, by OrderID. */
  readonly #orders: ReferenceOrder[] = []
  #lastOrderId = 0
  #lastArrival = 0
  onAccept: (instrument: InstrumentNo) => void = () => {}

  constructor(instruments: readonly Instrument[], models: ModelSettings, listener: ExchangeListener) {
    this.reports = new ReferenceReports(listener, models.latency.kind === 'constant' ? models.latency.outbound : 0)
    this.markets = instruments.map((instrument) => {
      const book = new ReferenceBook(instrument, models)
      return { book, matching: new ReferenceMatching(book, this.reports) }
    })
  }

  act(time: Nanos, command: Command): void {
    switch (command.kind) {
      case 'new':
        return this.#new(time, command)
      case 'cancel':
        return this.#cancel(time, command)
      case 'replace':
        return this.#replace(time, command)
      case 'refuse': {
        const { session, clOrdId, request, refusal: reason } = command
        this.#requests.remember(session, clOrdId)
        if (request !== 'new') return this.#rejectRequest(time, { ...command, request }, reason)
        const rejected = { kind: 'rejected', session, clOrdId, refusal: reason, terms: undefined } as const
        return this.reports.emit(time, { ...rejected, request: command })
      }
      case 'cancelAll':
        for (const order of this.#working(command.session)) {
          this.#bookOf(order).take(order)
          this.reports.cancel(time, order, undefined, refusal('PP3005'))
        }
        return
      case 'endOfDay':
        for (const order of this.#working().filter(({ terms }) => terms.timeInForce === 'day')) {
          this.#bookOf(order).take(order)
          this.reports.expire(time, order, refusal('PP3004'))
        }
        return this.#requests.forgetDone()
    }
  }

  #new(time: Nanos, command: NewOrder): void {
    const { session, clOrdId, instrument, side, ordType, timeInForce, orderQty, tags } = command
    const terms: OrderTerms = {
      orderId: orderId(++this.#lastOrderId),
      session,
      instrument,
      clOrdId,
      side,
      ordType,
      timeInForce,
      orderQty,
      price: ordType === 'market' ? price(0) : command.price,
      tags,
      enteredAt: time
    }
    const isDuplicate = this.#requests.isKnown(session, clOrdId)
    this.#requests.remember(session, clOrdId)
    const fault = isDuplicate ? refusal('PP1001', clOrdId) : faultOf(terms, this.markets[instrument].book.instrument)
    if (fault) {
      this.reports.emit(time, { kind: 'rejected', session, clOrdId, refusal: fault, terms, request: undefined })
      return
    }
    const order: ReferenceOrder = {
      terms,
      cumQty: 0,
      notional: 0n,
      status: 'new',
      place: undefined
    }
    this.#orders.push(order)
    this.#requests.accept(session, clOrdId, order)
    this.onAccept(instrument)
    this.reports.emit(time, { kind: 'new', terms, ...progress(order), queueAhead: this.#queueAheadOfRest(order) })
    this.markets[instrument].matching.enter(time, order, ++this.#lastArrival)
  }

  #cancel(time: Nanos, command: CancelOrder): void {
    const order = this.#namedOrRejected(time, { ...command, request: 'cancel' })
    if (!order) return
    this.#requests.accept(command.session, command.clOrdId, order)
    this.#bookOf(order).take(order)
    this.reports.cancel(time, order, command.clOrdId, undefined)
  }

  #replace(time: Nanos, command: ReplaceOrder): void {
    const { session, clOrdId, origClOrdId } = command
    const order = this.#namedOrRejected(time, { ...command, request: 'replace' })
    if (!order) return
    const old = order.terms
    const ordType = command.ordType ?? old.ordType
    const asked: OrderTerms = {
      ...old,
      clOrdId,
      ordType,
      timeInForce: command.timeInForce ?? old.timeInForce,
      orderQty: command.orderQty ?? old.orderQty,
      price: ordType === 'market' ? price(0) : (command.price ?? old.price),
      tags: command.tags
    }
    const fault = faultOf(asked, this.#bookOf(order).instrument)
    if (fault) return this.#rejectRequest(time, { ...command, request: 'replace' }, fault)
    this.#requests.accept(session, clOrdId, order)

    if (asked.orderQty <= order.cumQty) {
      this.#bookOf(order).take(order)
      order.terms = { ...asked, orderQty: quantity(order.cumQty) }
      order.status = 'filled'
      this.#reportReplaced(time, order, origClOrdId, undefined)
      return
    }
    order.terms = asked
    const staysLimit = ordType === 'limit' && (asked.timeInForce === 'day' || asked.timeInForce === 'gtc')
    if (staysLimit && asked.price === old.price && asked.orderQty <= old.orderQty) {
      this.#reportReplaced(time, order, origClOrdId, this.#bookOf(order).queueAhead(order))
      return
    }
    this.#bookOf(order).take(order)
    this.#reportReplaced(time, order, origClOrdId, this.#queueAheadOfRest(order))
    this.markets[asked.instrument].matching.enter(time, order, ++this.#lastArrival)
  }

  #reportReplaced(time: Nanos, order: ReferenceOrder, origClOrdId: string, queueAhead: number | undefined): void {
    this.reports.emit(time, {
      kind: 'replaced',
      terms: order.terms,
      ...progress(order),
      origClOrdId,
      queueAhead: queueAhead as Quantity | undefined
    })
  }

  /** What stands ahead of the part of an order that a walk, now, would leave on the book. */
  #queueAheadOfRest(order: ReferenceOrder): Quantity | undefined {
    const { book, matching } = this.markets[order.terms.instrument]
    if (!matching.willRest(order)) return undefined
    return book.queueAheadAtBack(order.terms.side, order.terms.price) as Quantity | undefined
  }

  /** The working order that a cancel or replace names; where there is none the request is refused. */
  #namedOrRejected(time: Nanos, request: NamingRequest): ReferenceOrder | undefined {
    const { session, clOrdId, origClOrdId } = request
    const isDuplicate = this.#requests.isKnown(session, clOrdId)
    this.#requests.remember(session, clOrdId)
    const order = this.#requests.namedBy(session, origClOrdId)
    if (isDuplicate) this.#rejectRequest(time, request, refusal('PP2004', clOrdId))
    else if (!order) this.#rejectRequest(time, request, refusal('PP2001', origClOrdId))
    else if (!isWorking(order)) this.#rejectRequest(time, request, refusal('PP2002', order.status))
    else return order
    return undefined
  }

  #rejectRequest(time: Nanos, { session, request, clOrdId, origClOrdId }: NamingRequest, reason: Refusal): void {
    const order = this.#requests.namedBy(session, origClOrdId)
    const named = { session, request, clOrdId, origClOrdId }
    this.reports.emit(time, { kind: 'requestRejected', ...named, refusal: reason, order: order && state(order) })
  }

  #bookOf(order: ReferenceOrder): ReferenceBook {
    return this.markets[order.terms.instrument].book
  }

  #working(session?: SessionNo): ReferenceOrder[] {
    return this.#orders.filter(
      (order) => isWorking(order) && (session === undefined || order.terms.session === session)
    )
  }

  // ---- questions ----

  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined {
    const order = this.#requests.orderOf(session, clOrdId)
    return order && state(order)
  }

  workingOrders(session?: SessionNo): OrderState[] {
    return this.#working(session).map(state)
  }

  /** Everything that later behaviour depends on, for the hash. */
  state(): unknown {
    return {
      lastOrderId: this.#lastOrderId,
      lastArrival: this.#lastArrival,
      lastExecId: this.reports.lastExecId,
      waiting: this.reports.waiting,
      requests: this.#requests.all.map(({ session, clOrdId, order }) => [session, clOrdId, order?.terms.orderId]),
      orders: this.#orders,
      books: this.markets.map(({ book }) => [book.entries, [...book.consumed], [...book.atLastEventEnd]])
    }
  }
}

interface NamingRequest {
  readonly session: SessionNo
  readonly request: 'cancel' | 'replace'
  readonly clOrdId: string
  readonly origClOrdId: string
}
