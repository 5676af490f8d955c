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
  /** Venue time at which its last replace was accepted, so that an earlier id names it no more. */
  replacedAt = Number.NEGATIVE_INFINITY
  /** The price it rests at and walks within; 0 where its type has none. */
  limit: number
  /** What is not shown of a resting order's leaves. */
  reserve = 0
  /** Whether it stands among the hidden orders of its level. */
  dark = false
  /** Orders with the same one do not trade with each other; undefined: with anybody. */
  self: string | number | undefined = undefined

  /** Whether trades have reached it as a stop, though nothing was looked at yet. */
  elected = false
  /** The orders that the exchange holds outside the book, if it is among them. */
  waiting: Set<Order> | undefined = undefined
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
    this.limit = limitOf(terms)
  }

  get working(): boolean {
    return this.leavesQty > 0
  }

  get pegged(): boolean {
    return this.terms.ordType === 'pegged'
  }

  /** What a resting order gives at its place before it takes a new one. */
  get shown(): number {
    return this.leavesQty - this.reserve
  }

  /** The exchange itself changed the terms; what is executed and left stays. */
  restate(terms: OrderTerms): void {
    this.terms = terms
    this.limit = limitOf(terms)
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
    this.restate(terms)
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

const limitOf = ({ ordType, price, qualifiers }: OrderTerms): number =>
  ordType === 'pegged' ? (qualifiers?.peg?.price ?? 0) : price
