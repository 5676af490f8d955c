import { portablePower } from '../../../base/portable-math.js'
import { type Side } from '../../units.js'
import { RecentFills } from './recent-fills.js'
import { type PriceReaction, type ReactionUnits } from './price-reaction.js'
import { type ReactionSettings } from './reaction-settings.js'

type Settings = Extract<ReactionSettings, { kind: 'almgren2005' }>

/**
 * Almgren, Thum, Hauptmann, Li (2005): a permanent part gamma sigma (X/V)(Theta/V)^(1/4), linear in what was executed,
 * and a temporary one eta sigma |X/(V T)|^(3/5) that lasts while the execution does. The execution is what was filled
 * within the last `window`, net, and T its length in trading days.
 */
export class AlmgrenReaction implements PriceReaction {
  readonly #settings: Settings
  readonly #units: ReactionUnits
  readonly #perVolume: number
  /** The volume that trades within the window on average. */
  readonly #windowVolume: number
  readonly #recent = new RecentFills()
  #rate = 0
  #permanent = 0
  #price = 0

  constructor(settings: Settings, units: ReactionUnits) {
    const { permanent, outstanding, window, day } = settings
    this.#settings = settings
    this.#units = units
    this.#perVolume = permanent * units.volatility * Math.sqrt(Math.sqrt(outstanding))
    this.#windowVolume = (units.volume * window) / day
  }

  fill(time: number, side: Side, qty: number, price: number): void {
    this.#recent.add(time, side * qty)
    this.#rate += side * qty
    this.#permanent += side * ((this.#perVolume * price * qty) / this.#units.volume)
    this.#price = price
  }

  print(): void {}

  at(time: number): number {
    const recent = this.#recent
    while (recent.size > 0 && time - recent.time(0) >= this.#settings.window) {
      this.#rate -= recent.qty(0)
      recent.shift()
    }
    if (this.#rate === 0) return this.#permanent
    const size =
      this.#settings.temporary *
      this.#units.volatility *
      this.#price *
      portablePower(Math.abs(this.#rate) / this.#windowVolume, 0.6)
    return this.#permanent + (this.#rate < 0 ? -size : size)
  }

  state(): readonly number[] {
    return [this.#permanent, this.#rate, this.#price, ...this.#recent.state()]
  }
}
