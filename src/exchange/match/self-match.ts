import { type Nanos } from '../../base/time.js'
import { type Book } from '../book/book.js'
import { type OrderTerms } from '../event.js'
import { type Order } from '../order/order.js'
import { type WorkingOrders } from '../order/working-orders.js'
import { refusal } from '../refusal.js'
import { type Reports } from '../reports.js'
import { type SelfMatchMode, type TradingRules } from '../trading-rules.js'
import { quantity } from '../units.js'

/** What an order belongs to whose orders do not trade with each other; undefined: it trades with all. */
export const selfOf = ({ session, qualifiers }: OrderTerms, { selfMatch }: TradingRules): string | number | undefined =>
  qualifiers?.selfMatch?.id ?? (selfMatch === undefined ? undefined : session)

/** What happens when this order meets one that it does not trade with. */
export const selfMatchMode = ({ terms }: Order, { selfMatch }: TradingRules): SelfMatchMode =>
  terms.qualifiers?.selfMatch?.mode ?? selfMatch ?? 'cancelNewest'

/** Keeps orders of one firm or session from trading with each other. */
export class SelfMatchPrevention {
  readonly #book: Book
  readonly #reports: Reports
  readonly #working: WorkingOrders

  constructor(book: Book, reports: Reports, working: WorkingOrders) {
    this.#book = book
    this.#reports = reports
    this.#working = working
  }

  /** `aggressor` meets `resting`, which it may not trade with: one of them is gone afterwards, or both. */
  meet(time: Nanos, aggressor: Order, resting: Order): void {
    switch (selfMatchMode(aggressor, this.#book.instrument.rules)) {
      case 'cancelNewest':
        this.#cancel(time, aggressor)
        return
      case 'cancelOldest':
        this.#cancel(time, resting)
        return
      case 'cancelBoth':
        this.#cancel(time, resting)
        this.#cancel(time, aggressor)
        return
      case 'decrement': {
        const qty = Math.min(aggressor.leavesQty, resting.leavesQty)
        this.#decrement(time, resting, qty)
        this.#decrement(time, aggressor, qty)
      }
    }
  }

  #cancel(time: Nanos, order: Order): void {
    this.#book.take(order)
    this.#working.remove(order)
    order.end('canceled')
    this.#reports.canceled(time, order, undefined, refusal('PP3009'))
  }

  #decrement(time: Nanos, order: Order, qty: number): void {
    if (qty === order.leavesQty) {
      this.#cancel(time, order)
      return
    }
    const { level } = order
    if (level !== undefined) this.#book.shrink(order, level, qty)
    order.leavesQty -= qty
    order.terms = { ...order.terms, orderQty: quantity(order.terms.orderQty - qty) }
    this.#reports.restated(time, order, 'selfMatch', undefined)
  }
}
