import { type Nanos } from '../../base/time.js'
import { PENDING } from '../book/level-queue.js'
import { type CancelOrder, type Command, type NewOrder, type RefuseRequest, type ReplaceOrder } from '../command.js'
import { type OrderTerms } from '../event.js'
import { type Listing } from '../listing.js'
import { refusal, type Refusal } from '../refusal.js'
import { type RefusedRequest, type Reports } from '../reports.js'
import { orderId, price, quantity, type Price } from '../units.js'
import { type ClientIds } from './client-ids.js'
import { checkTerms } from './order-checks.js'
import { Order } from './order.js'
import { type WorkingOrders } from './working-orders.js'

/** What becomes of a client's request when it acts. */
export class OrderEntry {
  readonly #listings: readonly Listing[]
  readonly #reports: Reports
  readonly #working: WorkingOrders
  readonly #ids: ClientIds
  lastOrderId = 0

  constructor(listings: readonly Listing[], reports: Reports, working: WorkingOrders, ids: ClientIds) {
    this.#listings = listings
    this.#reports = reports
    this.#working = working
    this.#ids = ids
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
        for (const order of this.#working.select(command.session)) this.#end(time, order, undefined, refusal('PP3005'))
        return undefined
      case 'endOfDay':
        this.#endOfDay(time)
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
    this.#working.add(order)
    listing.watch.start()
    this.#reports.accepted(time, order, aheadOfRest(listing, order))
    this.#enter(time, listing, order)
    return listing
  }

  #cancel(time: Nanos, command: CancelOrder): Listing | undefined {
    const { session, clOrdId, origClOrdId } = command
    const entry = this.#ids.of(session).claim(clOrdId)
    const order = this.#named(time, { session, request: 'cancel', clOrdId, origClOrdId }, entry)
    if (order === undefined) return undefined
    this.#ids.of(session).name(entry, order)
    this.#end(time, order, clOrdId, undefined)
    return this.#listings[order.terms.instrument]
  }

  #replace(time: Nanos, command: ReplaceOrder): Listing | undefined {
    const { session, clOrdId, origClOrdId } = command
    const request = { session, request: 'replace', clOrdId, origClOrdId } as const
    const entry = this.#ids.of(session).claim(clOrdId)
    const order = this.#named(time, request, entry)
    if (order === undefined) return undefined
    const old = order.terms
    const listing = this.#listings[old.instrument]
    const ordType = command.ordType ?? old.ordType
    const orderQty = command.orderQty ?? old.orderQty
    const limit = limitOf(ordType, command.price ?? old.price)
    const refused = checkTerms(listing.book.instrument, ordType, orderQty, limit)
    if (refused !== undefined) {
      this.#rejectRequest(time, request, refused)
      return undefined
    }
    this.#ids.of(session).name(entry, order)
    const executed = orderQty <= order.cumQty
    const terms: OrderTerms = {
      orderId: old.orderId,
      session,
      instrument: old.instrument,
      clOrdId,
      side: old.side,
      ordType,
      timeInForce: command.timeInForce ?? old.timeInForce,
      orderQty: executed ? quantity(order.cumQty) : orderQty,
      price: limit,
      tags: command.tags,
      enteredAt: old.enteredAt
    }
    if (!executed && keepsPlace(old, terms)) this.#amend(time, listing, order, terms)
    else this.#reenter(time, listing, order, terms)
    return listing
  }

  /** Less quantity at the same place. */
  #amend(time: Nanos, { book }: Listing, order: Order, terms: OrderTerms): void {
    const { level } = order
    const { clOrdId } = order.terms
    const leavesBefore = order.leavesQty
    order.replace(terms)
    if (level === undefined) return
    level.clientQty -= leavesBefore - order.leavesQty
    this.#reports.replaced(time, order, clOrdId, known(book.aheadOf(order, level)))
  }

  /** The order leaves its place and meets the book like a new one, unless it is executed already. */
  #reenter(time: Nanos, listing: Listing, order: Order, terms: OrderTerms): void {
    const { clOrdId } = order.terms
    listing.book.take(order)
    order.replace(terms)
    if (order.leavesQty === 0) {
      this.#working.remove(order)
      this.#reports.replaced(time, order, clOrdId, undefined)
      return
    }
    this.#reports.replaced(time, order, clOrdId, aheadOfRest(listing, order))
    this.#enter(time, listing, order)
  }

  /** The order meets the opposite side; what is left of it rests or is canceled. */
  #enter(time: Nanos, { aggression, book }: Listing, order: Order): void {
    const { ordType, timeInForce } = order.terms
    if (timeInForce === 'fok' && aggression.available(order) < order.leavesQty) {
      this.#end(time, order, undefined, refusal('PP3002'))
      return
    }
    aggression.walk(time, order)
    if (order.leavesQty === 0) return
    if (mayRest(order.terms)) book.rest(order)
    else this.#end(time, order, undefined, refusal(ordType === 'market' ? 'PP3003' : 'PP3001'))
  }

  /** Cancels a working order. */
  #end(time: Nanos, order: Order, clOrdId: string | undefined, reason: Refusal | undefined): void {
    this.#listings[order.terms.instrument].book.take(order)
    this.#working.remove(order)
    order.end('canceled')
    this.#reports.canceled(time, order, clOrdId, reason)
  }

  #endOfDay(time: Nanos): void {
    for (const order of this.#working.select()) {
      if (order.terms.timeInForce !== 'day') continue
      this.#listings[order.terms.instrument].book.take(order)
      this.#working.remove(order)
      order.end('expired')
      this.#reports.expired(time, order, refusal('PP3004'))
    }
    this.#ids.endOfDay()
  }

  #refuse(time: Nanos, command: RefuseRequest): void {
    const { session, clOrdId, request, origClOrdId } = command
    this.#ids.of(session).claim(clOrdId)
    if (request === 'new') {
      this.#reports.rejected(time, command.refusal, command)
    } else this.#rejectRequest(time, { session, request, clOrdId, origClOrdId }, command.refusal)
  }

  /** The working order that a cancel or replace names; where there is none, or its id was taken, it is refused. */
  #named(time: Nanos, request: RefusedRequest, entry: number): Order | undefined {
    const { session, clOrdId, origClOrdId } = request
    const order = this.#ids.findLast(session, origClOrdId)
    if (entry < 0) this.#rejectRequest(time, request, refusal('PP2004', clOrdId))
    else if (order === undefined) this.#rejectRequest(time, request, refusal('PP2001', origClOrdId))
    else if (!order.working) this.#rejectRequest(time, request, refusal('PP2002', order.status))
    else return order
    return undefined
  }

  #rejectRequest(time: Nanos, request: RefusedRequest, reason: Refusal): void {
    const order = this.#ids.findLast(request.session, request.origClOrdId)
    this.#reports.requestRejected(time, request, reason, order?.state())
  }
}

const limitOf = (ordType: OrderTerms['ordType'], limit: Price): Price => (ordType === 'market' ? price(0) : limit)

const mayRest = ({ ordType, timeInForce }: OrderTerms): boolean =>
  ordType === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc')

const keepsPlace = (old: OrderTerms, terms: OrderTerms): boolean =>
  mayRest(terms) && terms.price === old.price && terms.orderQty <= old.orderQty

const known = (ahead: number): number | undefined => (ahead === PENDING ? undefined : ahead)

/** What is ahead of the part of an order that its walk will leave on the book; undefined where it will leave none. */
function aheadOfRest({ aggression, book }: Listing, order: Order): number | undefined {
  const { terms } = order
  if (!mayRest(terms) || aggression.available(order) >= order.leavesQty) return undefined
  return known(book.aheadAtBack(book.side(terms.side), terms.price))
}
