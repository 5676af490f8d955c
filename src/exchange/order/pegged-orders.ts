import { type Book } from '../book/book.js'
import { type OrderTerms } from '../event.js'
import { type Peg } from '../order-qualifiers.js'
import { price, type Price } from '../units.js'
import { type Order } from './order.js'

/** Pegged orders of an instrument by OrderID, resting or without a price; those that were filled meanwhile are passed over. */
export class PeggedOrders {
  readonly #orders: Order[] = []
  /** The references at which each stands where it belongs; NaN where that is not known. */
  #bid: number | undefined = Number.NaN
  #ask: number | undefined = Number.NaN

  get size(): number {
    return this.#orders.length
  }

  /** Whether every order stands where it belongs at these references. */
  areSettled(bid: number | undefined, ask: number | undefined): boolean {
    return bid === this.#bid && ask === this.#ask
  }

  settle(bid: number | undefined, ask: number | undefined): void {
    this.#bid = bid
    this.#ask = ask
  }

  add(order: Order): void {
    this.settle(Number.NaN, Number.NaN)
    let at = this.#orders.length
    while (at > 0 && this.#orders[at - 1].terms.orderId > order.terms.orderId) at--
    this.#orders.splice(at, 0, order)
  }

  remove(order: Order): void {
    const at = this.#orders.indexOf(order)
    if (at >= 0) this.#orders.splice(at, 1)
  }

  /** The first working one behind an OrderID: the list may change while it is gone through. */
  after(orderId: number): Order | undefined {
    const orders = this.#orders
    let at = 0
    for (let end = orders.length; at < end;) {
      const middle = (at + end) >>> 1
      if (orders[middle].terms.orderId <= orderId) at = middle + 1
      else end = middle
    }
    while (at < orders.length && !orders[at].working) orders.splice(at, 1)
    return at < orders.length ? orders[at] : undefined
  }
}

/** Where a pegged order belongs now; undefined where its reference is missing or the price would not be positive. */
export function pegPrice(book: Book, { side, price: limit }: OrderTerms, peg: Peg): Price | undefined {
  const own = book.side(side).bestUnpegged()
  const other = book.opposite(side).bestUnpegged()
  const { tickSize } = book.instrument
  let reference: number | undefined
  if (peg.reference === 'primary') reference = own
  else if (peg.reference === 'market') reference = other
  else if (own !== undefined && other !== undefined) reference = (own + other) / 2
  if (reference === undefined) return undefined
  const ticks = (reference + peg.offset) / tickSize
  let pegged = (side === 1 ? Math.floor(ticks) : Math.ceil(ticks)) * tickSize
  if (limit !== 0 && side * (pegged - limit) > 0) pegged = limit
  return pegged > 0 ? price(pegged) : undefined
}

/** The same terms, pegged at a price. */
export function peggedAt(terms: OrderTerms, at: Price | undefined): OrderTerms {
  const { qualifiers } = terms
  const peg = qualifiers?.peg
  if (peg === undefined || peg.price === at) return terms
  const { reference, offset } = peg
  return {
    ...terms,
    qualifiers: { ...qualifiers, peg: at === undefined ? { reference, offset } : { reference, offset, price: at } }
  }
}

/** The terms of an order that enters: pegged where the market is now. Others are as they are. */
export function pegged(book: Book, terms: OrderTerms): OrderTerms {
  const peg = terms.ordType === 'pegged' ? terms.qualifiers?.peg : undefined
  return peg === undefined ? terms : peggedAt(terms, pegPrice(book, terms, peg))
}
