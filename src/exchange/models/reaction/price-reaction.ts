import { type Side } from '../../units.js'

/**
 * How one instrument's prices react to the clients' fills (models/README): m(t), in price units. Times never go back.
 * m is computed from whole numbers and portable mathematics, so it has the same bits on every machine; it depends on
 * fills, prints and t alone, not on when it is asked for.
 */
export interface PriceReaction {
  /** A client's fill, aggressive or passive. */
  fill(time: number, side: Side, qty: number, price: number): void
  /** A print of the feed. */
  print(): void
  /** m(t). */
  at(time: number): number
  /** Everything that m depends on. */
  state(): readonly number[]
}

/** The units that the formulas count an instrument in. */
export interface ReactionUnits {
  /** sigma. */
  readonly volatility: number
  /** ADV in quantity units. */
  readonly volume: number
}
