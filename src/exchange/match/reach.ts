import { type Book } from '../book/book.js'
import { type Order } from '../order/order.js'
import { collarPrice } from './collar.js'

/** The worst key of the opposite side that an order's own limit lets it meet. */
export function limitKey({ terms, limit }: Order): number {
  const { ordType, side } = terms
  return ordType === 'limit' || ordType === 'pegged' ? -side * limit : Number.NEGATIVE_INFINITY
}

/** The same within the instrument's collar: where a walk that starts now ends. */
export function reachKey(book: Book, order: Order): number {
  const own = limitKey(order)
  if (book.instrument.rules.collar === undefined) return own
  const { side } = order.terms
  const collar = collarPrice(book, side)
  return collar === undefined ? own : Math.max(own, -side * collar)
}
