import { type Nanos } from '../../../src/base/time.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { BUY, isBetter, opposite, SELL, type Aggressor, type Price, type Side } from '../../../src/exchange/units.js'
import { type MarketEntry, type ReferenceBook } from './reference-book.js'
import { leavesQty, type ReferenceOrder } from './reference-order.js'
import { keepPriority, printed } from './reference-queue.js'
import { type ReferenceReports } from './reference-reports.js'

/** How client orders are filled, in one book. */
export class ReferenceMatching {
  readonly #book: ReferenceBook
  readonly #reports: ReferenceReports

  constructor(book: ReferenceBook, reports: ReferenceReports) {
    this.#book = book
    this.#reports = reports
  }

  // ---- the aggressor ----

  /** Prices of the opposite side that an order may meet, best first. */
  #reachable(order: ReferenceOrder): Price[] {
    const { side, ordType, price } = order.terms
    return this.#book
      .displayedPrices(opposite(side))
      .filter((met) => ordType === 'market' || !isBetter(opposite(side), price, met))
  }

  #availableTo(order: ReferenceOrder): number {
    const side = opposite(order.terms.side)
    return this.#reachable(order).reduce((sum, met) => sum + this.#book.displayedQty(side, met), 0)
  }

  /** Whether a walk, now, would leave a part of the order that rests. */
  willRest(order: ReferenceOrder): boolean {
    const { ordType, timeInForce } = order.terms
    const mayRest = ordType === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc')
    return mayRest && this.#availableTo(order) < leavesQty(order)
  }

  /** The order meets the opposite side; what is left of it rests or is canceled. */
  enter(time: Nanos, order: ReferenceOrder, arrivalNo: number): void {
    const { ordType, timeInForce } = order.terms
    if (timeInForce === 'fok' && this.#availableTo(order) < leavesQty(order)) {
      this.#reports.cancel(time, order, undefined, refusal('PP3002'))
      return
    }
    this.#walk(time, order)
    if (leavesQty(order) === 0) return
    if (ordType === 'market') this.#reports.cancel(time, order, undefined, refusal('PP3003'))
    else if (timeInForce === 'ioc') this.#reports.cancel(time, order, undefined, refusal('PP3001'))
    else this.#book.rest(order, arrivalNo, time)
  }

  #walk(time: Nanos, order: ReferenceOrder): void {
    const side = opposite(order.terms.side)
    for (const met of this.#reachable(order)) {
      let taken = 0
      for (const step of this.#book.queue(side, met)) {
        const wanted = leavesQty(order)
        if (wanted === 0) break
        if ('market' in step) {
          const qty = Math.min(wanted, step.market)
          this.#reports.trade(time, order, qty, met, 'removed')
          taken += qty
        } else {
          const qty = Math.min(wanted, leavesQty(step.client))
          this.#reports.trade(time, order, qty, met, 'removed')
          this.#fillResting(time, step.client, qty)
        }
      }
      this.#book.consume(side, met, taken)
    }
  }

  #fillResting(time: Nanos, order: ReferenceOrder, qty: number): void {
    this.#reports.trade(time, order, qty, order.terms.price, 'added')
    if (leavesQty(order) === 0) this.#book.take(order)
  }

  // ---- prints ----

  /** The sides of resting orders that a print may fill. */
  #sidesHit(aggressor: Aggressor): Side[] {
    return aggressor === 0 ? [BUY, SELL] : [opposite(aggressor)]
  }

  /** Fills limits strictly better than a print's price. @returns what is left of the print. */
  #fillBetter(time: Nanos, side: Side, printPrice: Price, budget: number): number {
    let left = budget
    for (const order of this.#book.clients(side)) {
      if (left === 0 || !isBetter(side, order.terms.price, printPrice)) break
      const qty = Math.min(left, leavesQty(order))
      this.#fillResting(time, order, qty)
      left -= qty
    }
    return left
  }

  hiddenPrint(time: Nanos, aggressor: Aggressor, price: Price, qty: number): void {
    let left = qty
    for (const side of this.#sidesHit(aggressor)) left = this.#fillBetter(time, side, price, left)
  }

  /** L2 and L1. */
  levelPrint(time: Nanos, aggressor: Aggressor, price: Price, qty: number): void {
    let left = qty
    for (const side of this.#sidesHit(aggressor)) {
      left = this.#fillBetter(time, side, price, left)
      const places = this.#book.placesAt(side, price)
      for (const order of this.#book.clientsAt(side, price)) {
        const excess = order.place ? printed(order.place, qty, time) : 0
        const given = qty - left
        const fill = Math.min(leavesQty(order), Math.max(0, excess - given))
        if (fill === 0) continue
        this.#fillResting(time, order, fill)
        left -= fill
      }
      keepPriority(places)
    }
  }

  /** L3: the print was the execution of `executed`, or of something unknown that has no place in the queue. */
  orderPrint(time: Nanos, side: Side, price: Price, qty: number, executed: MarketEntry | undefined): void {
    let left = this.#fillBetter(time, side, price, qty)
    if (!executed) return
    const inFront = this.#book.entries.slice(0, this.#book.entries.indexOf(executed))
    for (const order of this.#book.clientsAt(side, price).filter((client) => inFront.includes(client))) {
      const fill = Math.min(left, leavesQty(order))
      if (fill === 0) break
      this.#fillResting(time, order, fill)
      left -= fill
    }
  }

  // ---- the market crosses ----

  /** Market quantity that came in this event meets the clients whose limits it crossed. */
  cross(time: Nanos): void {
    for (const side of [BUY, SELL]) {
      const added = this.#book.growth(opposite(side))
      for (const order of this.#book.clients(side)) {
        let fill = 0
        for (const level of added) {
          if (isBetter(opposite(side), order.terms.price, level.price)) break
          const qty = Math.min(level.qty, leavesQty(order) - fill)
          this.#book.consume(opposite(side), level.price, qty)
          level.qty -= qty
          fill += qty
        }
        if (fill > 0) this.#fillResting(time, order, fill)
      }
    }
  }
}
