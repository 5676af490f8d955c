import { type Side } from '../../units.js'
import { type PriceReaction } from './price-reaction.js'

/** Where a reaction has the feed's ladder: m in whole ticks. */
export class LadderShift {
  readonly #reaction: PriceReaction
  readonly #tick: number
  #lastPrice = 0

  constructor(reaction: PriceReaction, tick: number) {
    this.#reaction = reaction
    this.#tick = tick
  }

  fill(time: number, side: Side, qty: number, price: number): void {
    this.#lastPrice = price
    this.#reaction.fill(time, side, qty, price)
  }

  print(): void {
    this.#reaction.print()
  }

  /** The shift in price units: a whole number of ticks, at most half of the last fill's price. */
  at(time: number): number {
    const tick = this.#tick
    const most = Math.floor(this.#lastPrice / (2 * tick))
    const ticks = roundHalfEven(this.#reaction.at(time) / tick)
    return tick * Math.max(-most, Math.min(most, ticks)) + 0
  }

  state(): readonly number[] {
    return [this.#lastPrice, ...this.#reaction.state()]
  }
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}
