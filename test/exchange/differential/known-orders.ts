import { type ExchangeEvent, type OrderTerms, type OrderTraded } from '../../../src/exchange/event.js'
import { isBetter, type Price } from '../../../src/exchange/units.js'

/** An order as its events tell it. */
export interface KnownOrder {
  terms: OrderTerms
  cumQty: number
  notional: bigint
  isDone: boolean
  /** Grows each time an order takes a new place; undefined where nobody outside can know (icebergs). */
  arrival: number | undefined
  /** What was left when it became FOK or all-or-none, and what was filled since. */
  whole: { readonly leaves: number; filled: number } | undefined
}

/** The price at which an order stands; undefined where it has none. */
export function standsAt({ ordType, price, qualifiers }: OrderTerms): Price | undefined {
  if (ordType === 'pegged') return qualifiers?.peg?.price
  return ordType === 'limit' ? price : undefined
}

/** Whether an order, if it works, rests in the book as far as its terms say. */
export function restsByTerms(terms: OrderTerms): boolean {
  if (terms.qualifiers?.allOrNone || terms.timeInForce === 'atc') return false
  return standsAt(terms) !== undefined
}

export const isHidden = ({ qualifiers }: OrderTerms): boolean => qualifiers?.displayQty === 0
export const isIceberg = ({ qualifiers }: OrderTerms): boolean => (qualifiers?.displayQty ?? 0) > 0

/** Whether `a` is filled before `b` on the same side, for sure. */
export function isBefore(a: KnownOrder, b: KnownOrder): boolean {
  const [at, other] = [standsAt(a.terms), standsAt(b.terms)]
  if (at === undefined || other === undefined) return false
  if (at !== other) return isBetter(a.terms.side, at, other)
  if (isHidden(a.terms) !== isHidden(b.terms)) return isHidden(b.terms)
  return a.arrival !== undefined && b.arrival !== undefined && a.arrival < b.arrival
}

export const isPassive = ({ liquidity }: OrderTraded): boolean => liquidity === 'added'
export const isTrade = (event: ExchangeEvent): event is OrderTraded => event.kind === 'trade'
export const sum = (trades: readonly OrderTraded[]): number => trades.reduce((total, { lastQty }) => total + lastQty, 0)
