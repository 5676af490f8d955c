import { type Book } from '../book/book.js'
import { type Trades } from '../match/trades.js'
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
    order.elected = false
    this.waiting.add(order)
    order.waiting = this.waiting
    this.#bound(order)
  }

  /** The order that came first of those that the market has reached. */
  reached(book: Book): Order | undefined {
    if (this.waiting.size === 0) return undefined
    return book.instrument.rules.stopTrigger === 'quote' ? this.#byQuote(book) : this.#byTrade(book)
  }

  /**
   * Before a stop comes while nothing is looked at, as in a call: those that trades have reached wait for the look as such,
   * and of the trades until now only the last counts for the one that comes.
   */
  elect({ instrument, trades }: Book): void {
    if (!trades.moved || instrument.rules.stopTrigger === 'quote') return
    for (const order of this.waiting) {
      if (!isReached(order, trades)) continue
      order.elected = true
      this.#up = Number.NEGATIVE_INFINITY
    }
    trades.shrink()
  }

  #byTrade({ trades }: Book): Order | undefined {
    if (trades.high < this.#up && trades.low > this.#down) return undefined
    for (const order of this.waiting) if (order.elected || isReached(order, trades)) return order
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

/** Whether trades went as far as the trigger price. */
const isReached = (order: Order, { high, low }: Trades): boolean =>
  fromBelow(order) ? high >= stopOf(order) : low <= stopOf(order)

const stopOf = ({ terms }: Order): number => terms.qualifiers?.stopPx ?? Number.NaN
