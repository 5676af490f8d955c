import { type Nanos } from '../../base/time.js'
import { type Book } from '../book/book.js'
import { type Level } from '../book/level.js'
import { type Order } from '../order/order.js'
import { type WorkingOrders } from '../order/working-orders.js'
import { type Reports } from '../reports.js'

/** Books and reports the fills of client orders in one book. */
export class ClientFills {
  readonly #book: Book
  readonly #reports: Reports
  readonly #working: WorkingOrders

  constructor(book: Book, reports: Reports, working: WorkingOrders) {
    this.#book = book
    this.#reports = reports
    this.#working = working
  }

  /** The aggressor takes `qty` at the price of what it meets. */
  aggressor(time: Nanos, order: Order, qty: number, price: number): void {
    order.fill(qty, price)
    this.#book.trades.note(price)
    this.#reports.traded(time, order, qty, price, 'removed')
    if (order.leavesQty === 0) this.#working.remove(order)
  }

  /**
   * A resting order gives `qty` of what it shows at its own limit. It leaves the book with the last of it; where only its
   * reserve is left, the next part takes a new place.
   */
  resting(time: Nanos, order: Order, qty: number): void {
    if (this.restingPart(time, order, qty)) this.#book.refresh(order, order.level as Level)
  }

  /** The same, but the next part is left to the caller. @returns whether there is one */
  restingPart(time: Nanos, order: Order, qty: number): boolean {
    const level = order.level as Level
    level.drop(order, qty)
    order.fill(qty, level.price)
    this.#reports.traded(time, order, qty, level.price, 'added')
    if (order.leavesQty > 0) return order.reserve === order.leavesQty
    this.#book.take(order)
    this.#working.remove(order)
    return false
  }

  /** The next part of an iceberg takes its place. */
  refresh(order: Order): void {
    this.#book.refresh(order, order.level as Level)
  }

  /** An order's share of an uncross, at the price of all; what rests gives its reserve after what it shows. */
  uncross(time: Nanos, order: Order, qty: number, price: number): void {
    const { level } = order
    if (level === undefined) order.fill(qty, price)
    else {
      const shown = Math.min(qty, order.shown)
      level.drop(order, shown)
      order.reserve -= qty - shown
      level.hiddenQty -= qty - shown
      order.fill(qty, price)
    }
    this.#reports.traded(time, order, qty, price, 'auction')
    if (order.leavesQty === 0) {
      this.#book.take(order)
      order.waiting?.delete(order)
      this.#working.remove(order)
    } else if (level !== undefined && order.shown === 0) this.#book.refresh(order, level)
  }
}
