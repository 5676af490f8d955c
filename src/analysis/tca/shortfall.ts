import { minus, plus, times, type Exact } from '../exact.js'
import { type Side } from '../../exchange/units.js'

/** What an order wanted, got and stood against. Prices are marks (see marks.ts), NaN where there was none. */
export interface ShortfallInput {
  readonly side: Side
  /** X, in quantity units. */
  readonly quantity: number
  /** F, the executed part of it. */
  readonly executed: number
  /** Sum of price x quantity over the fills, in marks x quantity units. */
  readonly notional: Exact
  /** P_d, the price when it was decided to trade. */
  readonly decision: number
  /** P_0, the mid when the first order reached the exchange. */
  readonly arrival: number
  /** P_n, the mid at the end. */
  readonly end: number
  /** Explicit fees, in marks x quantity units; positive is paid. */
  readonly fees: Exact
}

/**
 * Implementation shortfall in its four parts, in marks x quantity units; positive is a cost. A part that lacks its
 * benchmark is undefined. Where all are known they add up to `total` exactly.
 */
export interface Shortfall {
  /** The market moved between decision and arrival: s X (P_0 - P_d). */
  readonly delay: Exact | undefined
  /** What executing cost against the arrival price: s (sum q p - F P_0). */
  readonly trading: Exact | undefined
  /** What was left undone, at the end's price: s (X - F) (P_n - P_0). */
  readonly opportunity: Exact | undefined
  readonly fees: Exact
  /** s [sum q p - F P_d] + s (X - F) (P_n - P_d) + fees. */
  readonly total: Exact | undefined
}

/**
 * Perold, "The implementation shortfall: paper versus reality" (1988), split as by Wagner and Edwards, "Best execution"
 * (1993). A benchmark that multiplies nothing is not needed: without fills there is no trading cost, without a rest no
 * opportunity cost, whatever the market did.
 */
export function implementationShortfall(input: ShortfallInput): Shortfall {
  const { side, quantity, executed, notional, decision, arrival, end, fees } = input
  const rest = quantity - executed
  const paid = (benchmark: number): Exact => times(side, minus(notional, times(executed, benchmark)))
  const missed = (benchmark: number): Exact | undefined => (rest === 0 ? 0 : moved(side, rest, benchmark, end))
  const missedTotal = missed(decision)
  return {
    delay: quantity === 0 ? 0 : moved(side, quantity, decision, arrival),
    trading: executed === 0 ? 0 : Number.isNaN(arrival) ? undefined : paid(arrival),
    opportunity: missed(arrival),
    fees,
    total:
      Number.isNaN(decision) || missedTotal === undefined ? undefined : plus(plus(paid(decision), missedTotal), fees)
  }
}

/** s q (to - from), undefined where a price is missing. */
function moved(side: Side, quantity: number, from: number, to: number): Exact | undefined {
  const move = to - from
  return Number.isNaN(move) ? undefined : times(side * quantity, move)
}
