import type { Price, Quantity } from './units.js'

/** What an auction comes to: the price, the quantity that trades at it, and what is left over at it (buyers' where positive). */
export interface Uncross {
  readonly price: Price
  readonly qty: Quantity
  readonly surplus: number
}
