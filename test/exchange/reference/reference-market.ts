import { type Nanos } from '../../../src/base/time.js'
import { type Phase } from '../../../src/exchange/phase.js'
import { type Price } from '../../../src/exchange/units.js'
import { limit, type ReferenceBook } from './reference-book.js'
import { ReferenceEntry } from './reference-entry.js'
import { ReferenceLook } from './reference-look.js'
import { isHidden, leavesQty, shownQty, type ReferenceOrder, type Waiting } from './reference-order.js'
import { type ReferencePlaces } from './reference-parts.js'
import { ReferencePrints } from './reference-prints.js'
import { type ReferenceReports } from './reference-reports.js'
import { ReferenceTrades } from './reference-trades.js'
import { ReferenceWalk } from './reference-walk.js'

/** One instrument: its book, the orders outside the book, and what happens to them. */
export class ReferenceMarket {
  readonly book: ReferenceBook
  readonly reports: ReferenceReports
  readonly places: ReferencePlaces
  readonly trades = new ReferenceTrades()
  /** Every order ever accepted, by OrderID. */
  readonly orders: ReferenceOrder[] = []
  phase: Phase = 'continuous'
  /** The price of trading at last. */
  atLast: Price | undefined
  readonly walk = new ReferenceWalk(this)
  readonly prints = new ReferencePrints(this)
  readonly entry = new ReferenceEntry(this)
  readonly look = new ReferenceLook(this)

  /** The facts of an event are complete. */
  eventEnd(time: Nanos): void {
    this.book.refill(time)
    this.prints.cross(time, (side) => this.book.growth(side))
    this.book.endEvent()
    this.settle(time)
  }

  /** Something happened: the ladder goes to where fills have it, then orders that act by themselves have their turn. */
  settle(time: Nanos): void {
    const shift = this.reports.reactionOf(this.book.instrument).shiftAt(time)
    if (shift !== this.book.shift) {
      const reached = this.book.move(shift)
      this.prints.cross(time, (side) => reached.get(side) ?? [])
    }
    this.look.run(time)
  }

  constructor(book: ReferenceBook, reports: ReferenceReports, places: ReferencePlaces) {
    this.book = book
    this.reports = reports
    this.places = places
  }

  /** Orders that wait for something outside the book, by arrival. */
  waiting = (...kinds: Waiting['for'][]): ReferenceOrder[] =>
    this.orders
      .filter((order) => leavesQty(order) > 0 && order.waiting && kinds.includes(order.waiting.for))
      .sort((a, b) => since(a) - since(b))

  wait(order: ReferenceOrder, what: Waiting['for']): void {
    order.waiting = { for: what, since: this.places.nextArrival(), lastTrade: this.trades.count }
  }

  /** An order is neither in the book nor waiting any more. */
  take = (order: ReferenceOrder): void => {
    this.book.take(order)
    order.waiting = undefined
  }

  /** A resting order is filled at its limit, at most the part that is met. */
  fillResting(time: Nanos, order: ReferenceOrder, qty: number): void {
    const wasShown = shownQty(order)
    this.reports.trade(time, order, qty, limit(order), 'added')
    order.part -= qty
    if (leavesQty(order) === 0) this.take(order)
    else if (!isHidden(order) && qty === wasShown) this.places.refresh(this.book, order, time)
  }
}

const since = (order: ReferenceOrder): number => order.waiting?.since ?? 0
