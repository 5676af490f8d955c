import { type Nanos } from '../../base/time.js'
import { PENDING } from '../book/level-queue.js'
import { type OrderTerms, type RestatementReason } from '../event.js'
import { type Listing } from '../listing.js'
import { availableTo, leavesRest } from '../match/availability.js'
import { limitKey, reachKey } from '../match/reach.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Reports } from '../reports.js'
import { price, type Price } from '../units.js'
import { type Expiries } from './expiries.js'
import { mayRest } from './order-checks.js'
import { type Order } from './order.js'
import { entryWay } from './entry-way.js'
import { pegged, peggedAt } from './pegged-orders.js'
import { type WorkingOrders } from './working-orders.js'

/** What happens to an order once a request is accepted: it enters, is amended, leaves, ends; each step is reported. */
export class OrderLife {
  readonly #listings: readonly Listing[]
  readonly #reports: Reports
  readonly #working: WorkingOrders
  readonly #expiries: Expiries

  constructor(listings: readonly Listing[], reports: Reports, working: WorkingOrders, expiries: Expiries) {
    this.#listings = listings
    this.#reports = reports
    this.#working = working
    this.#expiries = expiries
  }

  /**
   * A new order is acknowledged and meets the book.
   * @param repriced where a post-only order goes instead of its price
   */
  accept(time: Nanos, listing: Listing, order: Order, repriced: Price | undefined): void {
    this.#working.add(order)
    listing.watch.start()
    this.#begin(time, listing, order, undefined, repriced)
  }

  /** An accepted replace that keeps the order's place: less quantity, or other tags. */
  amend(time: Nanos, { book }: Listing, order: Order, terms: OrderTerms): void {
    const { level } = order
    const { clOrdId } = order.terms
    const less = order.terms.orderQty - terms.orderQty
    if (level !== undefined && less > 0) book.shrink(order, level, less)
    order.replace(order.pegged ? peggedAt(terms, order.terms.qualifiers?.peg?.price) : terms)
    if (terms.timeInForce === 'gtd') this.#expiries.add(order)
    this.#reports.replaced(time, order, clOrdId, book.knownAhead(order))
  }

  /** An accepted replace that gives up the order's place: it meets the book like a new one, unless it is executed. */
  reenter(time: Nanos, listing: Listing, order: Order, terms: OrderTerms, repriced: Price | undefined): void {
    const { clOrdId } = order.terms
    listing.book.take(order)
    listing.waiting.forget(order)
    order.replace(pegged(listing.book, terms))
    if (order.leavesQty === 0) {
      this.#working.remove(order)
      this.#reports.replaced(time, order, clOrdId, undefined)
      return
    }
    this.#begin(time, listing, order, clOrdId, repriced)
  }

  /** Cancels a working order; `clOrdId` is that of the request, `reason` says why where nobody asked. */
  cancel(time: Nanos, order: Order, clOrdId: string | undefined, reason: Refusal | undefined): void {
    this.#leave(order)
    order.end('canceled')
    this.#reports.canceled(time, order, clOrdId, reason)
  }

  expire(time: Nanos, order: Order, reason: Refusal): void {
    this.#leave(order)
    order.end('expired')
    this.#reports.expired(time, order, reason)
  }

  /** A working order has other terms by the exchange's own doing, and meets the book with them. */
  restate(time: Nanos, listing: Listing, order: Order, terms: OrderTerms, cause: RestatementReason): void {
    listing.book.take(order)
    listing.waiting.forget(order)
    order.restate(terms)
    this.#place(time, listing, order, (ahead) => this.#reports.restated(time, order, cause, known(ahead)))
  }

  /** An order that waited meets the book as it is. */
  release(time: Nanos, listing: Listing, order: Order): void {
    listing.waiting.forget(order)
    this.#place(time, listing, order)
  }

  /** What a market order left becomes a limit. */
  leftOver(time: Nanos, listing: Listing, order: Order, at: number): void {
    const { book, waiting } = listing
    waiting.forget(order)
    order.restate({ ...order.terms, ordType: 'limit', price: price(at) })
    const ahead = aheadAtBack(listing, order)
    this.#reports.restated(time, order, 'leftOver', known(ahead))
    book.rest(order, ahead)
  }

  #leave(order: Order): void {
    const { book, waiting } = this.#listings[order.terms.instrument]
    book.take(order)
    if (order.waiting !== undefined || order.pegged) waiting.forget(order)
    this.#working.remove(order)
  }

  /** An accepted new order or replace is reported, and goes where it belongs. */
  #begin(
    time: Nanos,
    listing: Listing,
    order: Order,
    origClOrdId: string | undefined,
    repriced: Price | undefined
  ): void {
    if (restsAtOnce(listing, order)) {
      // The way of most orders, without a look at what they could meet.
      const { book } = listing
      const ahead = book.aheadAtBack(book.side(order.terms.side), order.limit)
      this.#announce(time, order, origClOrdId, ahead)
      book.rest(order, ahead)
      return
    }
    if (order.terms.timeInForce === 'gtd') this.#expiries.add(order)
    if (repriced !== undefined) {
      this.#announce(time, order, origClOrdId, UNKNOWN)
      this.restate(time, listing, order, { ...order.terms, price: repriced }, 'repriced')
    } else if (entryWay(listing, order) === 'walk') {
      if (order.pegged) listing.waiting.addPegged(order)
      const reach = reachKey(listing.book, order)
      const ahead = aheadOfRest(listing, order, reach)
      this.#announce(time, order, origClOrdId, ahead)
      this.#walk(time, listing, order, reach, ahead)
    } else this.#beginElsewhere(time, listing, order, origClOrdId)
  }

  /** By itself, for a function that captures its parameters costs the common way, too. */
  #beginElsewhere(time: Nanos, listing: Listing, order: Order, origClOrdId: string | undefined): void {
    this.#place(time, listing, order, (ahead) => this.#announce(time, order, origClOrdId, ahead))
  }

  #announce(time: Nanos, order: Order, origClOrdId: string | undefined, ahead: number): void {
    if (origClOrdId === undefined) this.#reports.accepted(time, order, known(ahead))
    else this.#reports.replaced(time, order, origClOrdId, known(ahead))
  }

  /** The order goes where it belongs now; `report` is told what is ahead of it there before anything else happens to it. */
  #place(time: Nanos, listing: Listing, order: Order, report?: (ahead: number) => void): void {
    const { book, waiting } = listing
    const way = entryWay(listing, order)
    if (order.pegged) waiting.addPegged(order)
    switch (way) {
      case 'walk': {
        const reach = reachKey(book, order)
        const ahead = aheadOfRest(listing, order, reach)
        report?.(ahead)
        this.#walk(time, listing, order, reach, ahead)
        return
      }
      case 'last': {
        const key = limitKey(order)
        const ahead = aheadOfRest(listing, order, key, key)
        report?.(ahead)
        this.#tradeAtLast(time, listing, order, key, ahead)
        return
      }
      case 'rest': {
        const ahead = aheadAtBack(listing, order)
        report?.(ahead)
        book.rest(order, ahead)
        return
      }
      case 'stops':
        report?.(UNKNOWN)
        if (!book.state.continuous) waiting.stops.elect(book)
        waiting.addStop(order)
        return
      case 'pegged':
        report?.(UNKNOWN)
        return
      case 'allOrNone':
      case 'call':
      case 'atClose':
        report?.(UNKNOWN)
        waiting.wait(order, waiting[way])
    }
  }

  /** The order meets the opposite side; what is left of it rests, behind `ahead`, or is canceled. */
  #walk(time: Nanos, listing: Listing, order: Order, reach: number, ahead: number): void {
    const { aggression, book } = listing
    const { ordType, timeInForce } = order.terms
    if (timeInForce === 'fok' && availableTo(book, order, reach, order.leavesQty) < order.leavesQty) {
      this.cancel(time, order, undefined, refusal('PP3002'))
      return
    }
    if (!hasMinimum(listing, order, reach)) {
      this.cancel(time, order, undefined, refusal('PP3007'))
      return
    }
    const before = order.cumQty
    aggression.walk(time, order, reach)
    if (order.leavesQty === 0) {
      if (order.pegged) listing.waiting.forget(order)
      return
    }
    if (ordType === 'marketWithLeftOverAsLimit' && order.cumQty > before)
      this.leftOver(time, listing, order, book.trades.last)
    else if (reach > limitKey(order)) this.cancel(time, order, undefined, refusal('PP3010'))
    else this.#rest(time, listing, order, ahead)
  }

  /** Trade at last: the order meets what stands at its very price. */
  #tradeAtLast(time: Nanos, listing: Listing, order: Order, key: number, ahead: number): void {
    const { book, aggression } = listing
    if (order.terms.timeInForce === 'fok' && availableTo(book, order, key, order.leavesQty, key) < order.leavesQty) {
      this.cancel(time, order, undefined, refusal('PP3002'))
      return
    }
    aggression.walkLevel(time, order, order.limit)
    if (order.leavesQty > 0) this.#rest(time, listing, order, ahead)
  }

  #rest(time: Nanos, { book }: Listing, order: Order, ahead: number): void {
    if (mayRest(order.terms)) book.rest(order, ahead)
    else this.cancel(time, order, undefined, refusal(order.terms.ordType === 'limit' ? 'PP3001' : 'PP3003'))
  }
}

/** No rest of the order will be on the book, it will be hidden, or it will wait for the best price to come to it. */
const UNKNOWN = PENDING

const known = (ahead: number): number | undefined => (ahead === UNKNOWN ? undefined : ahead)

/**
 * Whether an order is a plain limit that meets nothing. Where there is a collar that is not enough: a replaced order was
 * measured with itself in the book.
 */
function restsAtOnce({ book }: Listing, { terms }: Order): boolean {
  const { side, ordType, timeInForce, qualifiers } = terms
  if (qualifiers !== undefined || ordType !== 'limit' || !book.state.continuous) return false
  if (book.instrument.rules.collar !== undefined) return false
  if (timeInForce !== 'day' && timeInForce !== 'gtc') return false
  const best = book.opposite(side).levels.best()
  return best === undefined || best.key < -side * terms.price
}

/** What would be ahead of the order if it came to rest now. */
function aheadAtBack({ book }: Listing, order: Order): number {
  const { side, qualifiers } = order.terms
  return qualifiers?.displayQty === 0 ? UNKNOWN : book.aheadAtBack(book.side(side), order.limit)
}

/**
 * What is ahead of the part of an order that a walk from the key `from` down to `reach` will leave on the book: the walk
 * does not touch that side.
 */
function aheadOfRest(listing: Listing, order: Order, reach: number, from?: number): number {
  const { book } = listing
  if (!mayRest(order.terms) || reach > limitKey(order)) return UNKNOWN
  if (!leavesRest(book, order, reach, from) || !hasMinimum(listing, order, reach)) return UNKNOWN
  return aheadAtBack(listing, order)
}

/** Whether the order's minimum quantity, if it has one, can be had at once. */
function hasMinimum({ book }: Listing, order: Order, reach: number): boolean {
  const minQty = order.terms.qualifiers?.minQty
  if (minQty === undefined) return true
  const needed = Math.min(minQty, order.leavesQty)
  return availableTo(book, order, reach, needed) >= needed
}
