import { portableExp } from '../../base/portable-math.js'
import { SECOND } from '../../base/time.js'
import { BUY, SELL, type Side } from '../../exchange/units.js'
import { Agent, type AgentSetting } from './agent.js'

/** What a trader makes of where the price came from. Prices in ticks, quantities in lots, times in seconds. */
export interface TrendTraderTerms {
  /** Mean time between two looks. */
  readonly refresh: number
  /** The price is compared with its mean over about this time. */
  readonly window: number
  /** A deviation up to this is no signal. */
  readonly threshold: number
  readonly size: number
  /** The most that it holds, long or short. */
  readonly maxInventory: number
}

/**
 * Takes on a signal: the mid against its exponentially weighted mean. A momentum trader goes with the deviation, one who
 * believes in mean reversion against it; without a signal the inventory is worked off.
 */
export class TrendTrader extends Agent {
  readonly #terms: TrendTraderTerms
  readonly #direction: 1 | -1
  #mean: number | undefined
  #lookedAt = 0
  inventory = 0

  /** @param direction 1: with the trend; -1: against it */
  constructor(setting: AgentSetting, terms: TrendTraderTerms, direction: 1 | -1) {
    super(setting)
    this.#terms = terms
    this.#direction = direction
  }

  override shift(by: number): void {
    super.shift(by)
    this.#lookedAt += by
  }

  override filled(side: Side, _price: number, qty: number): void {
    this.inventory += side * qty
  }

  protected override wait(): number {
    return this.random.exponential(this.#terms.refresh / this.activity)
  }

  protected override act(): void {
    const mid = this.floor.mid()
    if (mid === undefined) return
    const { threshold, size, maxInventory } = this.#terms
    const deviation = mid - this.#updated(mid)
    const signal = Math.abs(deviation) > threshold ? Math.sign(deviation) * this.#direction : 0
    const wanted = signal * maxInventory - this.inventory
    if (wanted === 0) return
    // Without a signal it is in no hurry.
    if (signal === 0 && this.random.below(4) !== 0) return
    this.floor.market(this.owner, wanted > 0 ? BUY : SELL, Math.min(Math.abs(wanted), this.size(size)))
  }

  /** The mean that now holds, this mid included. */
  #updated(mid: number): number {
    const now = this.floor.time
    const weight = portableExp(-(now - this.#lookedAt) / (this.#terms.window * SECOND))
    this.#mean = this.#mean === undefined ? mid : weight * this.#mean + (1 - weight) * mid
    this.#lookedAt = now
    return this.#mean
  }
}
