import { portablePower } from '../../../base/portable-math.js'
import { type Side } from '../../units.js'
import { RecentFills } from './recent-fills.js'
import { type PriceReaction, type ReactionUnits } from './price-reaction.js'
import { type ReactionSettings } from './reaction-settings.js'

type Settings = Extract<ReactionSettings, { kind: 'propagator' }>

/**
 * Bouchaud, Gefen, Potters, Wyart (2004): each own trade of v moves the price by f(v) G(l) after l further trades of the
 * market, G(l) = (1 + (l / l0)^2)^(-beta/2), f = sigma P Y (v / ADV)^delta. Own fills between two prints are one trade.
 */
export class PropagatorReaction implements PriceReaction {
  readonly #settings: Settings
  readonly #units: ReactionUnits
  /** G by lag; behind its end nothing is left. */
  readonly #kernel: Float64Array
  /** Own trades by the number of prints before them. */
  readonly #trades = new RecentFills()
  /** f(v) of each of them with its sign, and the price of the last. */
  #moves: number[] = []
  #prints = 0
  #price = 0
  /** m as of {@link #prints}; NaN where it must be computed. */
  #known = 0

  constructor(settings: Settings, units: ReactionUnits) {
    this.#settings = settings
    this.#units = units
    this.#kernel = new Float64Array(settings.memory)
    for (let lag = 0; lag < settings.memory; lag++) {
      const x = lag / settings.scale
      this.#kernel[lag] = portablePower(1 + x * x, -(settings.decay / 2))
    }
  }

  fill(_time: number, side: Side, qty: number, price: number): void {
    const trades = this.#trades
    const before = trades.size
    trades.add(this.#prints, side * qty)
    this.#price = price
    const move = this.#moveOf(trades.qty(trades.size - 1), price)
    if (trades.size > before) this.#moves.push(move)
    else this.#moves[this.#moves.length - 1] = move
    this.#known = Number.NaN
  }

  print(): void {
    this.#prints++
    if (this.#moves.length > 0) this.#known = Number.NaN
  }

  at(): number {
    if (!Number.isNaN(this.#known)) return this.#known
    const trades = this.#trades
    while (trades.size > 0 && this.#prints - trades.time(0) >= this.#kernel.length) {
      trades.shift()
      this.#moves.shift()
    }
    let sum = 0
    for (let i = 0; i < trades.size; i++) sum += this.#moves[i] * this.#kernel[this.#prints - trades.time(i)]
    this.#known = sum
    return sum
  }

  state(): readonly number[] {
    return [this.#prints, this.#price, ...this.#trades.state(), ...this.#moves]
  }

  #moveOf(qty: number, price: number): number {
    const { volatility, volume } = this.#units
    const { factor, exponent } = this.#settings
    const size = volatility * price * factor * portablePower(Math.abs(qty) / volume, exponent)
    return qty < 0 ? -size : size
  }
}
