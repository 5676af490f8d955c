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
    this.#reports.traded(time, order, qty, price, 'removed')
    if (order.leavesQty === 0) this.#working.remove(order)
  }

  /** A resting order gives `qty` at its own limit, and leaves the book with the last of it. */
  resting(time: Nanos, order: Order, qty: number): void {
    const level = order.level as Level
    level.clientQty -= qty
    order.fill(qty, level.price)
    this.#reports.traded(time, order, qty, level.price, 'added')
    if (order.leavesQty > 0) return
    this.#book.take(order)
    this.#working.remove(order)
  }
}
