import { type Random } from '../../base/random.js'
import { type Instrument } from '../instrument.js'
import { type Order } from '../order/order.js'

/** Chance that knows how often it was asked, which is its whole state. */
export class CountedChance {
  readonly #random: Random
  draws = 0

  constructor(random: Random) {
    this.#random = random
  }

  below(n: number): number {
    this.draws++
    return this.#random.below(n)
  }
}

/** How much of an order is shown at a time. */
export class IcebergParts {
  readonly #lotSize: number
  readonly #spread: number
  readonly #chance: CountedChance

  constructor({ lotSize, rules }: Instrument, chance: CountedChance) {
    this.#lotSize = lotSize
    this.#spread = rules.icebergSpread
    this.#chance = chance
  }

  /** The order is about to take a place: what it shows, and what it keeps back. */
  first(order: Order): void {
    const displayQty = order.terms.qualifiers?.displayQty
    order.dark = displayQty === 0
    order.reserve = displayQty === undefined || order.dark ? 0 : Math.max(0, order.leavesQty - displayQty)
  }

  /** What was shown is gone. */
  next(order: Order): void {
    const size = this.#size(order.terms.qualifiers?.displayQty ?? order.leavesQty)
    order.reserve = Math.max(0, order.leavesQty - size)
  }

  /** The display quantity, less a random number of lots where the instrument's rules say so; at least one lot. */
  #size(displayQty: number): number {
    const most = Math.floor((displayQty * this.#spread) / 100 / this.#lotSize)
    if (most === 0) return displayQty
    return Math.max(this.#lotSize, displayQty - this.#chance.below(most + 1) * this.#lotSize)
  }
}
