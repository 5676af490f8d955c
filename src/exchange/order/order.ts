import { type Level } from '../book/level.js'
import { type Notional, type OrderState, type OrderTerms, type OrdStatus } from '../event.js'
import { quantity } from '../units.js'
import { addNotional } from './notional.js'

/**
 * A client order as the exchange works on it. Its terms are immutable and change as a whole; the links into the book and
 * into the list of working orders are gone once it is done, so that a done order holds nothing but what it came to.
 */
export class Order {
  terms: OrderTerms
  status: OrdStatus = 'new'
  cumQty = 0
  /** 0 once the order is done, and only then. */
  leavesQty: number
  notional: Notional = 0

  /** Where it rests; undefined where it does not. */
  level: Level | undefined = undefined
  /** Its place in the book's order of arrival; grows with every order that takes a place. */
  rank = 0
  ahead: Order | undefined = undefined
  behind: Order | undefined = undefined

  previousWorking: Order | undefined = undefined
  nextWorking: Order | undefined = undefined

  constructor(terms: OrderTerms) {
    this.terms = terms
    this.leavesQty = terms.orderQty
  }

  get working(): boolean {
    return this.leavesQty > 0
  }

  /** Books a fill; the order is `filled` when nothing is left. */
  fill(qty: number, price: number): void {
    this.cumQty += qty
    this.leavesQty -= qty
    this.notional = addNotional(this.notional, price, qty)
    this.status = this.leavesQty === 0 ? 'filled' : 'partiallyFilled'
  }

  /** An accepted replace. At or below what is executed, the order is filled. */
  replace(terms: OrderTerms): void {
    this.terms = terms
    this.leavesQty = terms.orderQty - this.cumQty
    if (this.leavesQty === 0) this.status = 'filled'
  }

  /** Ends the order without a fill. */
  end(status: OrdStatus): void {
    this.leavesQty = 0
    this.status = status
  }

  state(): OrderState {
    return {
      terms: this.terms,
      status: this.status,
      cumQty: quantity(this.cumQty),
      leavesQty: quantity(this.leavesQty),
      notional: this.notional
    }
  }
}
