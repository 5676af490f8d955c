import { type Nanos } from '../../base/time.js'
import { PENDING } from '../book/level-queue.js'
import { type OrderTerms } from '../event.js'
import { type Listing } from '../listing.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Reports } from '../reports.js'
import { mayRest } from './order-checks.js'
import { type Order } from './order.js'
import { type WorkingOrders } from './working-orders.js'

/** What happens to an order once a request is accepted: it enters, is amended, leaves, ends; each step is reported. */
export class OrderLife {
  readonly #listings: readonly Listing[]
  readonly #reports: Reports
  readonly #working: WorkingOrders

  constructor(listings: readonly Listing[], reports: Reports, working: WorkingOrders) {
    this.#listings = listings
    this.#reports = reports
    this.#working = working
  }

  /** A new order is acknowledged and meets the book. */
  accept(time: Nanos, listing: Listing, order: Order): void {
    this.#working.add(order)
    listing.watch.start()
    const ahead = aheadOfRest(listing, order)
    this.#reports.accepted(time, order, known(ahead))
    this.#enter(time, listing, order, ahead)
  }

  /** An accepted replace that keeps the order's place: less quantity, or other tags. */
  amend(time: Nanos, { book }: Listing, order: Order, terms: OrderTerms): void {
    const { level, leavesQty } = order
    const { clOrdId } = order.terms
    order.replace(terms)
    if (level === undefined) return
    level.clientQty -= leavesQty - order.leavesQty
    this.#reports.replaced(time, order, clOrdId, known(book.aheadOf(order, level)))
  }

  /** An accepted replace that gives up the order's place: it meets the book like a new one, unless it is executed. */
  reenter(time: Nanos, listing: Listing, order: Order, terms: OrderTerms): void {
    const { clOrdId } = order.terms
    listing.book.take(order)
    order.replace(terms)
    if (order.leavesQty === 0) {
      this.#working.remove(order)
      this.#reports.replaced(time, order, clOrdId, undefined)
      return
    }
    const ahead = aheadOfRest(listing, order)
    this.#reports.replaced(time, order, clOrdId, known(ahead))
    this.#enter(time, listing, order, ahead)
  }

  /** Cancels a working order; `clOrdId` is that of the request, `reason` says why where nobody asked. */
  cancel(time: Nanos, order: Order, clOrdId: string | undefined, reason: Refusal | undefined): void {
    this.#leave(order)
    order.end('canceled')
    this.#reports.canceled(time, order, clOrdId, reason)
  }

  expire(time: Nanos, order: Order): void {
    this.#leave(order)
    order.end('expired')
    this.#reports.expired(time, order, refusal('PP3004'))
  }

  #leave(order: Order): void {
    this.#listings[order.terms.instrument].book.take(order)
    this.#working.remove(order)
  }

  /** The order meets the opposite side; what is left of it rests, behind `ahead`, or is canceled. */
  #enter(time: Nanos, { aggression, book }: Listing, order: Order, ahead: number): void {
    const { ordType, timeInForce } = order.terms
    if (timeInForce === 'fok' && aggression.available(order) < order.leavesQty) {
      this.cancel(time, order, undefined, refusal('PP3002'))
      return
    }
    aggression.walk(time, order)
    if (order.leavesQty === 0) return
    if (mayRest(order.terms)) book.rest(order, ahead)
    else this.cancel(time, order, undefined, refusal(ordType === 'market' ? 'PP3003' : 'PP3001'))
  }
}

/** No rest of the order will be on the book, or it will wait for the best price to come to it. */
const UNKNOWN = PENDING

const known = (ahead: number): number | undefined => (ahead === UNKNOWN ? undefined : ahead)

/** What is ahead of the part of an order that its walk will leave on the book: the walk does not touch that side. */
function aheadOfRest({ aggression, book }: Listing, order: Order): number {
  const { terms } = order
  if (!mayRest(terms) || aggression.available(order) >= order.leavesQty) return UNKNOWN
  return book.aheadAtBack(book.side(terms.side), terms.price)
}
