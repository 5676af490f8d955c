import { type Nanos } from '../../base/time.js'
import { type CancelOrder, type Command, type NewOrder, type RefuseRequest, type ReplaceOrder } from '../command.js'
import { type OrderTerms } from '../event.js'
import { type Listing } from '../listing.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Reports } from '../reports.js'
import { orderId, price, quantity, type Price } from '../units.js'
import { type ClientIds } from './client-ids.js'
import { checkTerms, mayRest } from './order-checks.js'
import { OrderLife } from './order-life.js'
import { Order } from './order.js'
import { type WorkingOrders } from './working-orders.js'

/** What becomes of a request when it acts: it is refused, or accepted and carried out. */
export class OrderEntry {
  readonly #listings: readonly Listing[]
  readonly #reports: Reports
  readonly #working: WorkingOrders
  readonly #ids: ClientIds
  readonly #life: OrderLife
  lastOrderId = 0

  constructor(listings: readonly Listing[], reports: Reports, working: WorkingOrders, ids: ClientIds) {
    this.#listings = listings
    this.#reports = reports
    this.#working = working
    this.#ids = ids
    this.#life = new OrderLife(listings, reports, working)
  }

  /** @returns the listing that the command may have changed; undefined where it may be any of them, or none. */
  act(time: Nanos, command: Command): Listing | undefined {
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
          if (order.terms.timeInForce === 'day') this.#life.expire(time, order)
        this.#ids.endOfDay()
        return undefined
      case 'phase':
        return undefined
    }
  }

  #new(time: Nanos, command: NewOrder): Listing {
    const { session, clOrdId, instrument, ordType, orderQty } = command
    const listing = this.#listings[instrument]
    const terms: OrderTerms = {
      orderId: orderId(++this.lastOrderId),
      session,
      instrument,
      clOrdId,
      side: command.side,
      ordType,
      timeInForce: command.timeInForce,
      orderQty,
      price: limitOf(ordType, command.price),
      tags: command.tags,
      enteredAt: time
    }
    const ids = this.#ids.of(session)
    const entry = ids.claim(clOrdId)
    const refused =
      entry < 0 ? refusal('PP1001', clOrdId) : checkTerms(listing.book.instrument, ordType, orderQty, terms.price)
    if (refused !== undefined) {
      this.#reports.rejected(time, refused, terms)
      return listing
    }
    const order = new Order(terms)
    ids.name(entry, order)
    this.#life.accept(time, listing, order)
    return listing
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
    const ordType = command.ordType ?? old.ordType
    const orderQty = command.orderQty ?? old.orderQty
    const limit = limitOf(ordType, command.price ?? old.price)
    const refused = checkTerms(listing.book.instrument, ordType, orderQty, limit)
    if (refused !== undefined) {
      this.#rejectRequest(time, command, 'replace', refused)
      return undefined
    }
    ids.name(entry, order)
    const executed = orderQty <= order.cumQty
    const terms: OrderTerms = {
      orderId: old.orderId,
      session: old.session,
      instrument: old.instrument,
      clOrdId: command.clOrdId,
      side: old.side,
      ordType,
      timeInForce: command.timeInForce ?? old.timeInForce,
      orderQty: executed ? quantity(order.cumQty) : orderQty,
      price: limit,
      tags: command.tags,
      enteredAt: old.enteredAt
    }
    if (!executed && keepsPlace(old, terms)) this.#life.amend(time, listing, order, terms)
    else this.#life.reenter(time, listing, order, terms)
    return listing
  }

  #refuse(time: Nanos, command: RefuseRequest): void {
    this.#ids.of(command.session).claim(command.clOrdId)
    if (command.request === 'new') this.#reports.rejected(time, command.refusal, command)
    else this.#rejectRequest(time, command, command.request, command.refusal)
  }

  /** The working order that a cancel or replace names; where there is none, or its own id was taken, it is refused. */
  #named(time: Nanos, command: CancelOrder | ReplaceOrder, entry: number): Order | undefined {
    const order = this.#ids.findLast(command.session, command.origClOrdId)
    if (entry >= 0 && order?.working) return order
    let reason: Refusal
    if (entry < 0) reason = refusal('PP2004', command.clOrdId)
    else if (order === undefined) reason = refusal('PP2001', command.origClOrdId)
    else reason = refusal('PP2002', order.status)
    this.#rejectRequest(time, command, command.kind, reason)
    return undefined
  }

  #rejectRequest(
    time: Nanos,
    command: CancelOrder | ReplaceOrder | RefuseRequest,
    request: 'cancel' | 'replace',
    reason: Refusal
  ): void {
    const order = this.#ids.findLast(command.session, command.origClOrdId)
    this.#reports.requestRejected(time, command, request, reason, order?.state())
  }
}

const limitOf = (ordType: OrderTerms['ordType'], limit: Price): Price => (ordType === 'market' ? price(0) : limit)

const keepsPlace = (old: OrderTerms, terms: OrderTerms): boolean =>
  mayRest(terms) && terms.price === old.price && terms.orderQty <= old.orderQty
