import { type Nanos } from '../../base/time.js'
import {
  type CancelOrder,
  type Command,
  type NewOrder,
  type PhaseChange,
  type RefuseRequest,
  type ReplaceOrder,
  type TimeInForce
} from '../command.js'
import { type OrderTerms } from '../event.js'
import { type Listing } from '../listing.js'
import { checkCollar } from '../match/collar.js'
import { selfOf } from '../match/self-match.js'
import { checkPhase } from '../phase/phase-checks.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Reports } from '../reports.js'
import { orderId, price, quantity, type Side } from '../units.js'
import { type ClientIds } from './client-ids.js'
import { checkTerms, hasLimit, isLasting, type CheckedTerms } from './order-checks.js'
import { type OrderLife } from './order-life.js'
import { Order } from './order.js'
import { pegged } from './pegged-orders.js'
import { postOnlyPrice, TAKES_LIQUIDITY } from './post-only.js'
import { effective, replacedQualifiers, samePlace } from './qualifiers.js'
import { type WorkingOrders } from './working-orders.js'

/** What becomes of a request when it acts: it is refused, or accepted and carried out. */
export class OrderEntry {
  readonly #listings: readonly Listing[]
  readonly #reports: Reports
  readonly #working: WorkingOrders
  readonly #ids: ClientIds
  readonly #life: OrderLife
  lastOrderId = 0

  constructor(listings: readonly Listing[], reports: Reports, working: WorkingOrders, ids: ClientIds, life: OrderLife) {
    this.#listings = listings
    this.#reports = reports
    this.#working = working
    this.#ids = ids
    this.#life = life
  }

  /** @returns the listing that the command acted in; undefined where it is not a single one. */
  act(time: Nanos, command: Exclude<Command, PhaseChange>): Listing | undefined {
    switch (command.kind) {
      case 'new':
        return this.#new(time, command)
      case 'cancel':
        return this.#cancel(time, command)
      case 'replace':
        return this.#replace(time, command)
      case 'refuse':
        this.#refuse(time, command)
        return undefined
      case 'cancelAll':
        for (const order of this.#working.select(command.session))
          this.#life.cancel(time, order, undefined, refusal('PP3005'))
        return undefined
      case 'endOfDay':
        for (const order of this.#working.select())
          if (ENDS_WITH_DAY.has(order.terms.timeInForce)) this.#life.expire(time, order, refusal('PP3004'))
        this.#ids.endOfDay()
        return undefined
    }
  }

  #new(time: Nanos, command: NewOrder): Listing {
    const { session, clOrdId, instrument, ordType } = command
    const listing = this.#listings[instrument]
    const terms: OrderTerms = {
      orderId: orderId(++this.lastOrderId),
      session,
      instrument,
      clOrdId,
      side: command.side,
      ordType,
      timeInForce: command.timeInForce,
      orderQty: command.orderQty,
      price: hasLimit(ordType) ? command.price : price(0),
      tags: command.tags,
      qualifiers: effective(command.qualifiers),
      enteredAt: time
    }
    const ids = this.#ids.of(session)
    const entry = ids.claim(clOrdId)
    const refused = entry < 0 ? refusal('PP1001', clOrdId) : this.#check(time, listing, terms)
    const repriced = refused === undefined ? postOnlyPrice(listing.book, terms) : undefined
    if (refused !== undefined || repriced === TAKES_LIQUIDITY) {
      this.#reports.rejected(time, refused ?? refusal('PP3008'), terms)
      return listing
    }
    const order = new Order(pegged(listing.book, terms))
    order.self = selfOf(terms, listing.book.instrument.rules)
    ids.name(entry, order)
    this.#life.accept(time, listing, order, repriced)
    return listing
  }

  /** Why an order with these terms is not taken now. */
  #check(time: Nanos, { book }: Listing, terms: CheckedTerms & { readonly side: Side }): Refusal | undefined {
    const { instrument } = book
    const refused = checkTerms(instrument, terms, time) ?? checkPhase(instrument, book.state, terms)
    return refused ?? (instrument.rules.collar === undefined ? undefined : checkCollar(book, terms))
  }

  #cancel(time: Nanos, command: CancelOrder): Listing | undefined {
    const ids = this.#ids.of(command.session)
    const entry = ids.claim(command.clOrdId)
    const order = this.#named(time, command, entry)
    if (order === undefined) return undefined
    ids.name(entry, order)
    this.#life.cancel(time, order, command.clOrdId, undefined)
    return this.#listings[order.terms.instrument]
  }

  #replace(time: Nanos, command: ReplaceOrder): Listing | undefined {
    const ids = this.#ids.of(command.session)
    const entry = ids.claim(command.clOrdId)
    const order = this.#named(time, command, entry)
    if (order === undefined) return undefined
    const old = order.terms
    const listing = this.#listings[old.instrument]
    const { book } = listing
    let terms = replacedTerms(old, command)
    const executed = terms.orderQty <= order.cumQty
    const keeps = !executed && keepsPlace(old, terms)
    const refused = this.#check(time, listing, terms)
    const repriced = refused !== undefined || executed || keeps ? undefined : postOnlyPrice(book, terms)
    if (refused !== undefined || repriced === TAKES_LIQUIDITY) {
      this.#rejectRequest(time, command, 'replace', refused ?? refusal('PP3008'))
      return undefined
    }
    ids.name(entry, order)
    order.replacedAt = time
    order.self = selfOf(terms, book.instrument.rules)
    if (keeps) this.#life.amend(time, listing, order, terms)
    else {
      if (executed) terms = { ...terms, orderQty: quantity(order.cumQty) }
      this.#life.reenter(time, listing, order, terms, repriced)
    }
    return listing
  }

  #refuse(time: Nanos, command: RefuseRequest): void {
    this.#ids.of(command.session).claim(command.clOrdId)
    if (command.request === 'new') this.#reports.rejected(time, command.refusal, command)
    else this.#rejectRequest(time, command, command.request, command.refusal)
  }

  /** The working order that a cancel or replace names; where there is none, or its own id was taken, it is refused. */
  #named(time: Nanos, command: CancelOrder | ReplaceOrder, entry: number): Order | undefined {
    const last = this.#ids.findLast(command.session, command.origClOrdId)
    if (entry >= 0 && last?.working) return last
    const order = last ?? this.#overtaken(command)
    let reason: Refusal
    if (entry < 0) reason = refusal('PP2004', command.clOrdId)
    else if (order === undefined) reason = refusal('PP2001', command.origClOrdId)
    else reason = order.working ? refusal('PP2003') : refusal('PP2002', order.status)
    this.#rejectRequest(time, command, command.kind, reason)
    return undefined
  }

  /** The order that a request named rightly when it was sent, while a replace was on its way that has been accepted since. */
  #overtaken({ session, origClOrdId, time }: CancelOrder | ReplaceOrder | RefuseRequest): Order | undefined {
    const order = this.#ids.find(session, origClOrdId)
    return order !== undefined && time < order.replacedAt ? order : undefined
  }

  #rejectRequest(
    time: Nanos,
    command: CancelOrder | ReplaceOrder | RefuseRequest,
    request: 'cancel' | 'replace',
    reason: Refusal
  ): void {
    const order = this.#ids.findLast(command.session, command.origClOrdId) ?? this.#overtaken(command)
    this.#reports.requestRejected(time, command, request, reason, order?.state())
  }
}

/** Times in force that the end of the trading day ends. */
const ENDS_WITH_DAY: ReadonlySet<TimeInForce> = new Set<TimeInForce>(['day', 'opg', 'atc'])

/** The terms that a replace asks for: fields that it leaves out repeat the order's. */
function replacedTerms(old: OrderTerms, command: ReplaceOrder): OrderTerms {
  const ordType = command.ordType ?? old.ordType
  const timeInForce = command.timeInForce ?? old.timeInForce
  return {
    orderId: old.orderId,
    session: old.session,
    instrument: old.instrument,
    clOrdId: command.clOrdId,
    side: old.side,
    ordType,
    timeInForce,
    orderQty: command.orderQty ?? old.orderQty,
    price: hasLimit(ordType) ? (command.price ?? old.price) : price(0),
    tags: command.tags,
    qualifiers: replacedQualifiers(old.qualifiers, command.qualifiers, ordType, timeInForce),
    enteredAt: old.enteredAt
  }
}

/** Whether a replaced order has the same claim to its place, or to its turn among those that wait. */
const keepsPlace = (old: OrderTerms, asked: CheckedTerms): boolean =>
  asked.ordType === old.ordType &&
  asked.price === old.price &&
  asked.orderQty <= old.orderQty &&
  (asked.timeInForce === old.timeInForce || (isLasting(asked.timeInForce) && isLasting(old.timeInForce))) &&
  samePlace(asked.qualifiers, old.qualifiers, old.ordType, old.timeInForce)
