import { portablePower } from '../../../base/portable-math.js'
import { type Side } from '../../units.js'
import { RecentFills } from './recent-fills.js'
import { type PriceReaction, type ReactionUnits } from './price-reaction.js'
import { type ReactionSettings } from './reaction-settings.js'

type Settings = Extract<ReactionSettings, { kind: 'squareRoot' }>

/**
 * The square-root law of meta-orders (Toth et al. 2011): sigma P Y (q / ADV)^delta G(t) for a fill of q, with
 * G(t) = max(Ginf, (1 + t / tau0)^-gamma). Several fills act through their net quantity X, each counted with
 * G^(1/delta): how an order is sliced does not change what it comes to, and who is flat again leaves nothing for good.
 */
export class SquareRootReaction implements PriceReaction {
  readonly #settings: Settings
  readonly #units: ReactionUnits
  /** Quantities whose kernel has not come down to its floor. */
  readonly #recent = new RecentFills()
  /** The kernel's exponent and floor, in quantity. */
  readonly #decay: number
  readonly #floor: number
  /** Net quantity of all fills. */
  #net = 0
  #price = 0

  constructor(settings: Settings, units: ReactionUnits) {
    this.#settings = settings
    this.#units = units
    this.#decay = -(settings.decay / settings.exponent)
    this.#floor = portablePower(settings.permanent, 1 / settings.exponent)
  }

  fill(time: number, side: Side, qty: number, price: number): void {
    this.#recent.add(time, side * qty)
    this.#net += side * qty
    this.#price = price
  }

  print(): void {}

  at(time: number): number {
    const { exponent, factor } = this.#settings
    let flow = this.#net * this.#floor
    const recent = this.#recent
    while (recent.size > 0 && this.#above(time - recent.time(0)) <= 0) recent.shift()
    for (let i = 0; i < recent.size; i++) flow += recent.qty(i) * this.#above(time - recent.time(i))
    if (flow === 0) return 0
    const { volatility, volume } = this.#units
    const size = volatility * this.#price * factor * portablePower(Math.abs(flow) / volume, exponent)
    return flow < 0 ? -size : size
  }

  state(): readonly number[] {
    return [this.#net, this.#price, ...this.#recent.state()]
  }

  /** By how much the kernel in quantity is above its floor. */
  #above(elapsed: number): number {
    return portablePower(1 + elapsed / this.#settings.scale, this.#decay) - this.#floor
  }
}
