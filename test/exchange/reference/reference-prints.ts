import { type Nanos } from '../../../src/base/time.js'
import { BUY, isBetter, opposite, SELL, type Aggressor, type Price, type Side } from '../../../src/exchange/units.js'
import { limit, type Growth, type MarketEntry } from './reference-book.js'
import { type ReferenceMarket } from './reference-market.js'
import { partQty, shownQty } from './reference-order.js'
import { keepPriority, printed } from './reference-queue.js'

/** What prints of the feed, and a market that crosses, give to resting client orders. */
export class ReferencePrints {
  readonly #market: ReferenceMarket

  constructor(market: ReferenceMarket) {
    this.#market = market
  }

  /** Whether a print at this price fills anybody in the phase of now. */
  #fills(at: Price): boolean {
    const { phase, atLast } = this.#market
    return phase === 'continuous' || (phase === 'tradeAtLast' && at === atLast)
  }

  /** The sides of resting orders that a print may fill. */
  #sidesHit(aggressor: Aggressor): Side[] {
    return aggressor === 0 ? [BUY, SELL] : [opposite(aggressor)]
  }

  /** Fills limits strictly better than a print's price, one part after the other. @returns what is left of the print. */
  #fillBetter(time: Nanos, side: Side, printPrice: Price, budget: number): number {
    let left = budget
    while (left > 0) {
      const order = this.#market.book.clients(side).at(0)
      if (!order || !isBetter(side, limit(order), printPrice)) break
      const qty = Math.min(left, partQty(order))
      this.#market.fillResting(time, order, qty)
      left -= qty
    }
    return left
  }

  hiddenPrint(time: Nanos, aggressor: Aggressor, price: Price, qty: number): void {
    if (!this.#fills(price)) return
    let left = qty
    for (const side of this.#sidesHit(aggressor)) left = this.#fillBetter(time, side, price, left)
  }

  /** L2 and L1. */
  levelPrint(time: Nanos, aggressor: Aggressor, price: Price, qty: number): void {
    const { book } = this.#market
    const mayFill = this.#fills(price)
    let left = qty
    for (const side of this.#sidesHit(aggressor)) {
      if (mayFill) left = this.#fillBetter(time, side, price, left)
      const excess = book
        .shownAt(side, price)
        .map((order) => ({ order, qty: order.place ? printed(order.place, qty, time) : 0 }))
      for (const { order, qty: reaching } of excess) {
        const given = qty - left
        const fill = mayFill ? Math.min(shownQty(order), Math.max(0, reaching - given)) : 0
        if (fill === 0) continue
        this.#market.fillResting(time, order, fill)
        left -= fill
      }
      keepPriority(book.placesAt(side, price))
      if (book.instrument.feed === 'l1') book.passPending(side, price)
    }
  }

  /** L3: the print was the execution of `executed`, or of something unknown that has no place in the queue. */
  orderPrint(time: Nanos, side: Side, price: Price, qty: number, executed: MarketEntry | undefined): void {
    if (!this.#fills(price)) return
    const { book } = this.#market
    let left = this.#fillBetter(time, side, price, qty)
    if (!executed) return
    const inFront = book.entries.slice(0, book.entries.indexOf(executed))
    const clients = book.shownAt(side, price)
    for (const order of clients.filter((client) => inFront.includes(client))) {
      const fill = Math.min(left, shownQty(order))
      if (fill === 0) break
      this.#market.fillResting(time, order, fill)
      left -= fill
    }
    if (executed.id === undefined || book.displayedFrom(executed, undefined) === executed.qty) return
    let given = 0
    for (const order of clients.filter((client) => !inFront.includes(client))) {
      const fill = Math.min(shownQty(order), Math.max(0, left - given - book.displayedFrom(executed, order)))
      if (fill === 0) continue
      this.#market.fillResting(time, order, fill)
      given += fill
    }
  }

  /** Market quantity that came within reach meets the clients whose limits it crossed, one part after the other. */
  cross(time: Nanos, added: (side: Side) => Growth[]): void {
    if (this.#market.phase !== 'continuous') return
    for (const side of [BUY, SELL]) this.#crossSide(time, side, added(opposite(side)))
  }

  #crossSide(time: Nanos, side: Side, added: Growth[]): void {
    const { book, trades } = this.#market
    for (;;) {
      const order = book.clients(side).at(0)
      if (!order) return
      let fill = 0
      for (const level of added) {
        if (isBetter(opposite(side), limit(order), level.price)) break
        const qty = Math.min(level.qty, partQty(order) - fill)
        book.consume(time, opposite(side), level.price, qty)
        level.qty -= qty
        fill += qty
      }
      if (fill === 0) return
      trades.note(limit(order))
      this.#market.fillResting(time, order, fill)
    }
  }
}
