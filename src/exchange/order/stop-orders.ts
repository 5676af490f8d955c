import { type Book } from '../book/book.js'
import { type Order } from './order.js'

/** Whether the trigger price is reached from below: a buy stop, a sell touch. */
const fromBelow = ({ terms }: Order): boolean => (terms.ordType === 'marketIfTouched') !== (terms.side === 1)

/** Stop and market-if-touched orders that wait for their price, by arrival. */
export class StopOrders {
  readonly waiting = new Set<Order>()
  /** No order is reached while trades stay between these; they may be too near, never too far. */
  #up = Number.POSITIVE_INFINITY
  #down = Number.NEGATIVE_INFINITY

  add(order: Order): void {
    this.waiting.add(order)
    order.waiting = this.waiting
    this.#bound(order)
  }

  /** The order that came first of those that the market has reached. */
  reached(book: Book): Order | undefined {
    if (this.waiting.size === 0) return undefined
    return book.instrument.rules.stopTrigger === 'quote' ? this.#byQuote(book) : this.#byTrade(book)
  }

  #byTrade({ trades: { high, low } }: Book): Order | undefined {
    if (high < this.#up && low > this.#down) return undefined
    for (const order of this.waiting) {
      const stopPx = stopOf(order)
      if (fromBelow(order) ? high >= stopPx : low <= stopPx) return order
    }
    this.#up = Number.POSITIVE_INFINITY
    this.#down = Number.NEGATIVE_INFINITY
    for (const order of this.waiting) this.#bound(order)
    return undefined
  }

  #byQuote(book: Book): Order | undefined {
    const bid = book.bids.bestDisplayed()?.price
    const ask = book.asks.bestDisplayed()?.price
    for (const order of this.waiting) {
      const quote = order.terms.side === 1 ? ask : bid
      if (quote === undefined) continue
      const stopPx = stopOf(order)
      if (fromBelow(order) ? quote >= stopPx : quote <= stopPx) return order
    }
    return undefined
  }

  #bound(order: Order): void {
    const stopPx = stopOf(order)
    if (fromBelow(order)) this.#up = Math.min(this.#up, stopPx)
    else this.#down = Math.max(this.#down, stopPx)
  }
}

const stopOf = ({ terms }: Order): number => terms.qualifiers?.stopPx ?? Number.NaN
