import { type Nanos } from '../../../src/base/time.js'
import { type CancelOrder, type Command, type NewOrder, type ReplaceOrder } from '../../../src/exchange/command.js'
import { type OrderState, type OrderTerms } from '../../../src/exchange/event.js'
import { type ExchangeListener } from '../../../src/exchange/exchange.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { type LatencyModel } from '../../../src/exchange/models/latency/latency-model.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import { type Phase } from '../../../src/exchange/phase.js'
import { refusal, type Refusal } from '../../../src/exchange/refusal.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import { orderId, quantity, type InstrumentNo, type Quantity, type SessionNo } from '../../../src/exchange/units.js'
import { ReferenceBook } from './reference-book.js'
import { faultOf } from './reference-check.js'
import { ReferenceMarket } from './reference-market.js'
import { isWorking, leavesQty, newOrder, progress, state, type ReferenceOrder } from './reference-order.js'
import { ReferencePlaces } from './reference-parts.js'
import { changePhase } from './reference-phases.js'
import { ReferenceReports } from './reference-reports.js'
import { ReferenceRequests } from './reference-requests.js'
import { keepsPlace, peggedAt, replacedTerms, termsOf } from './reference-terms.js'

/** What clients ask for, decided when it acts. */
export class ReferenceTrading {
  readonly markets: readonly ReferenceMarket[]
  readonly reports: ReferenceReports
  readonly #places: ReferencePlaces
  readonly #requests = new ReferenceRequests()
  /** Every order ever accepted, by OrderID. */
  readonly #orders: ReferenceOrder[] = []
  #lastOrderId = 0
  /** The instrument that the command that acts now concerns; undefined where it is no single one. */
  #concerned: ReferenceMarket | undefined
  onAccept: (instrument: InstrumentNo) => void = () => {}
  onPhase: (instrument: InstrumentNo, phase: Phase, uncross: Uncross | undefined) => void = () => {}

  constructor(
    instruments: readonly Instrument[],
    models: ModelSettings,
    listener: ExchangeListener,
    latency: LatencyModel
  ) {
    this.reports = new ReferenceReports(listener, instruments, models, latency)
    this.#places = new ReferencePlaces(models.seed)
    this.markets = instruments.map(
      (instrument) => new ReferenceMarket(new ReferenceBook(instrument, models), this.reports, this.#places)
    )
  }

  act(time: Nanos, command: Command): void {
    if (command.kind === 'phase' && this.markets[command.instrument].phase === command.phase) return
    this.#concerned = undefined
    this.#decide(time, command)
    const turns = this.#concerned ? [this.#concerned as ReferenceMarket] : this.markets
    for (const market of turns) market.settle(time)
  }

  #decide(time: Nanos, command: Command): void {
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
          this.#marketOf(order).take(order)
          this.reports.cancel(time, order, undefined, refusal('PP3005'))
        }
        return
      case 'endOfDay':
        for (const order of this.#working()) {
          if (!['day', 'opg', 'atc'].includes(order.terms.timeInForce)) continue
          this.#marketOf(order).take(order)
          this.reports.expire(time, order, refusal('PP3004'))
        }
        return this.#requests.forgetDone()
      case 'phase': {
        const market = this.markets[command.instrument]
        this.#concerned = market
        const uncross = changePhase(market, time, command.phase)
        return this.onPhase(command.instrument, command.phase, uncross)
      }
    }
  }

  // ---- expiry ----

  /** When the next GTD order expires, and the first that does. */
  nextExpiry(): { readonly due: Nanos; readonly order: ReferenceOrder } | undefined {
    let next: { readonly due: Nanos; readonly order: ReferenceOrder } | undefined
    for (const order of this.#working()) {
      const due = order.terms.timeInForce === 'gtd' ? order.terms.qualifiers?.expireTime : undefined
      if (due !== undefined && (!next || due < next.due)) next = { due, order }
    }
    return next
  }

  expire({ due, order }: { readonly due: Nanos; readonly order: ReferenceOrder }): void {
    this.#marketOf(order).take(order)
    this.reports.expire(due, order, refusal('PP3011'))
    this.#marketOf(order).settle(due)
  }

  // ---- requests ----

  #new(time: Nanos, command: NewOrder): void {
    const { session, clOrdId, instrument } = command
    const market = this.markets[instrument]
    this.#concerned = market
    const terms = termsOf(command, orderId(++this.#lastOrderId), time)
    const isDuplicate = this.#requests.isKnown(session, clOrdId)
    this.#requests.remember(session, clOrdId)
    const order = newOrder(peggedAt(terms, market.look.pegPrice(newOrder(terms))))
    const fault = isDuplicate
      ? refusal('PP1001', clOrdId)
      : (this.#faultOf(time, market, terms) ?? this.#postOnlyFault(market, order))
    if (fault) {
      this.reports.emit(time, { kind: 'rejected', session, clOrdId, refusal: fault, terms, request: undefined })
      return
    }
    this.#orders.push(order)
    market.orders.push(order)
    this.#requests.accept(session, clOrdId, order)
    this.onAccept(instrument)
    this.reports.emit(time, {
      kind: 'new',
      terms: order.terms,
      ...progress(order),
      queueAhead: this.#queueAheadOnEntry(market, order)
    })
    this.#enter(time, market, order)
  }

  #cancel(time: Nanos, command: CancelOrder): void {
    const order = this.#namedOrRejected(time, { ...command, request: 'cancel' })
    if (!order) return
    this.#requests.accept(command.session, command.clOrdId, order)
    this.#concerned = this.#marketOf(order)
    this.#marketOf(order).take(order)
    this.reports.cancel(time, order, command.clOrdId, undefined)
  }

  #replace(time: Nanos, command: ReplaceOrder): void {
    const { session, clOrdId, origClOrdId } = command
    const order = this.#namedOrRejected(time, { ...command, request: 'replace' })
    if (!order) return
    const market = this.#marketOf(order)
    const old = order.terms
    const asked = replacedTerms(old, command)
    const isOver = asked.orderQty <= order.cumQty
    const keeps = keepsPlace(old, asked)
    const entering = { ...order, terms: asked }
    const pegPrice = keeps ? old.qualifiers?.peg?.price : market.look.pegPrice(entering)
    entering.terms = peggedAt(asked, pegPrice)
    const fault =
      this.#faultOf(time, market, asked) ?? (isOver || keeps ? undefined : this.#postOnlyFault(market, entering))
    if (fault) return this.#rejectRequest(time, { ...command, request: 'replace' }, fault)
    this.#requests.accept(session, clOrdId, order)
    order.replacedAt = time
    this.#concerned = market

    if (isOver) {
      market.take(order)
      order.terms = { ...entering.terms, orderQty: quantity(order.cumQty) }
      order.status = 'filled'
      this.#reportReplaced(time, order, origClOrdId, undefined)
      return
    }
    if (keeps) {
      order.terms = entering.terms
      order.part = Math.min(order.part, leavesQty(order))
      this.#reportReplaced(time, order, origClOrdId, market.book.queueAhead(order) as Quantity | undefined)
      return
    }
    market.take(order)
    order.terms = peggedAt(asked, market.look.pegPrice({ ...order, terms: asked }))
    this.#reportReplaced(time, order, origClOrdId, this.#queueAheadOnEntry(market, order))
    this.#enter(time, market, order)
  }

  #faultOf(time: Nanos, market: ReferenceMarket, terms: OrderTerms): Refusal | undefined {
    const { book, phase, atLast, walk } = market
    return faultOf(terms, { instrument: book.instrument, time, phase, atLast, collar: walk.collar(terms.side) })
  }

  /** Why a post-only order is refused. */
  #postOnlyFault({ entry }: ReferenceMarket, order: ReferenceOrder): Refusal | undefined {
    const { postOnly } = order.terms.qualifiers ?? {}
    const behind = postOnly && entry.priceBehind(order)
    if (behind === undefined) return undefined
    return postOnly === 'reject' || behind <= 0 ? refusal('PP3008') : undefined
  }

  #queueAheadOnEntry({ entry }: ReferenceMarket, order: ReferenceOrder): Quantity | undefined {
    const isRepriced = order.terms.qualifiers?.postOnly && entry.priceBehind(order) !== undefined
    return isRepriced ? undefined : entry.queueAhead(order)
  }

  #enter(time: Nanos, { entry }: ReferenceMarket, order: ReferenceOrder): void {
    const behind = order.terms.qualifiers?.postOnly ? entry.priceBehind(order) : undefined
    if (behind !== undefined) {
      order.terms = { ...order.terms, price: behind }
      this.reports.restate(time, order, 'repriced', entry.queueAhead(order))
    }
    entry.enter(time, order)
  }

  #reportReplaced(time: Nanos, order: ReferenceOrder, origClOrdId: string, queueAhead: Quantity | undefined): void {
    this.reports.emit(time, { kind: 'replaced', terms: order.terms, ...progress(order), origClOrdId, queueAhead })
  }

  /** The working order that a cancel or replace names; where there is none the request is refused. */
  #namedOrRejected(time: Nanos, request: NamingRequest): ReferenceOrder | undefined {
    const { session, clOrdId, origClOrdId } = request
    const isDuplicate = this.#requests.isKnown(session, clOrdId)
    this.#requests.remember(session, clOrdId)
    const order = this.#requests.namedBy(session, origClOrdId)
    const overtaken = this.#overtaken(request)
    if (isDuplicate) this.#rejectRequest(time, request, refusal('PP2004', clOrdId))
    else if (overtaken && isWorking(overtaken)) this.#rejectRequest(time, request, refusal('PP2003'))
    else if (overtaken) this.#rejectRequest(time, request, refusal('PP2002', overtaken.status))
    else if (!order) this.#rejectRequest(time, request, refusal('PP2001', origClOrdId))
    else if (!isWorking(order)) this.#rejectRequest(time, request, refusal('PP2002', order.status))
    else return order
    return undefined
  }

  /** The order whose earlier id a request names that was sent before the replace which changed it was accepted. */
  #overtaken({ session, origClOrdId, time }: NamingRequest): ReferenceOrder | undefined {
    const order = this.#requests.orderOf(session, origClOrdId)
    return order && order.terms.clOrdId !== origClOrdId && time < order.replacedAt ? order : undefined
  }

  #rejectRequest(time: Nanos, refused: NamingRequest, reason: Refusal): void {
    const { session, request, clOrdId, origClOrdId } = refused
    const order = this.#requests.namedBy(session, origClOrdId) ?? this.#overtaken(refused)
    const named = { session, request, clOrdId, origClOrdId }
    this.reports.emit(time, { kind: 'requestRejected', ...named, refusal: reason, order: order && state(order) })
  }

  #marketOf(order: ReferenceOrder): ReferenceMarket {
    return this.markets[order.terms.instrument]
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

  queueAhead(session: SessionNo, clOrdId: string): Quantity | undefined {
    const order = this.#requests.orderOf(session, clOrdId)
    if (!order || !isWorking(order)) return undefined
    return this.#marketOf(order).book.queueAhead(order) as Quantity | undefined
  }

  workingOrders(session?: SessionNo): OrderState[] {
    return this.#working(session).map(state)
  }

  /** Everything that later behaviour depends on, for the hash. */
  state(): unknown {
    return {
      lastOrderId: this.#lastOrderId,
      places: this.#places.state(),
      lastExecId: this.reports.lastExecId,
      waiting: this.reports.underWay.sent,
      requests: this.#requests.all.map(({ session, clOrdId, order }) => [session, clOrdId, order?.terms.orderId]),
      orders: this.#orders,
      markets: this.markets.map(({ book, phase, atLast, trades }) => [
        [book.entries, [...book.consumed], [...book.atLastEventEnd], book.shift, book.consumption.draws],
        this.reports.reactionOf(book.instrument).state(),
        [phase, atLast, trades]
      ])
    }
  }
}

interface NamingRequest {
  /** When it was sent. */
  readonly time: Nanos
  readonly session: SessionNo
  readonly request: 'cancel' | 'replace'
  readonly clOrdId: string
  readonly origClOrdId: string
}
