import { type Nanos } from '../../base/time.js'
import { type Listing } from '../listing.js'
import { canFillWhole, TRIGGERED } from './entry-way.js'
import { type OrderLife } from './order-life.js'
import { type Order } from './order.js'
import { peggedAt, pegPrice } from './pegged-orders.js'

/**
 * After whatever changed an instrument's market: orders that act by themselves have their turn. Triggered stops first,
 * then all-or-none orders, then pegs, and again from the start until nothing more happens.
 */
export class MarketLook {
  readonly #life: OrderLife

  constructor(life: OrderLife) {
    this.#life = life
  }

  look(time: Nanos, listing: Listing): void {
    if (!listing.book.state.continuous) return
    while (listing.waiting.any) {
      this.#trigger(time, listing)
      if (!this.#fillWhole(time, listing) && !this.#movePegs(time, listing)) break
    }
    listing.book.trades.shrink()
    listing.waiting.mayAct = listing.waiting.any
  }

  #trigger(time: Nanos, listing: Listing): void {
    const { book, waiting } = listing
    for (let order = waiting.stops.reached(book); order !== undefined; order = waiting.stops.reached(book)) {
      const { terms } = order
      this.#life.restate(time, listing, order, { ...terms, ordType: TRIGGERED[terms.ordType] ?? 'market' }, 'triggered')
    }
    book.trades.shrink()
  }

  /** @returns whether an order was filled */
  #fillWhole(time: Nanos, listing: Listing): boolean {
    for (const order of listing.waiting.allOrNone) {
      if (!canFillWhole(listing, order)) continue
      this.#life.release(time, listing, order)
      return true
    }
    return false
  }

  /** Ends early where an order that took a new price traded. @returns whether any took one */
  #movePegs(time: Nanos, listing: Listing): boolean {
    const { book, waiting } = listing
    const { pegged } = waiting
    if (pegged.size === 0) return false
    const bid = book.bids.bestUnpegged()
    const ask = book.asks.bestUnpegged()
    if (pegged.areSettled(bid, ask)) return false
    let moved = false
    let order: Order | undefined
    for (let id = 0; (order = pegged.after(id)) !== undefined; id = order.terms.orderId) {
      const { terms, cumQty } = order
      const { qualifiers } = terms
      if (qualifiers?.peg === undefined) continue
      const at = pegPrice(book, terms, qualifiers.peg)
      if (at === qualifiers.peg.price) continue
      this.#life.restate(time, listing, order, peggedAt(terms, at), 'pegged')
      moved = true
      if (order.cumQty > cumQty) break
    }
    if (!moved) pegged.settle(bid, ask)
    return moved
  }
}
