import { BUY, SELL } from '../../exchange/units.js'
import { Agent, type AgentSetting } from './agent.js'
import { HawkesProcess, type HawkesTerms } from './hawkes-process.js'

/** Market orders that come in clusters. */
export interface HawkesTakerTerms extends HawkesTerms {
  /** Mean size in lots. */
  readonly size: number
  /** How strongly orders lean to where the value is: 0 buys and sells alike, 1 always towards it. */
  readonly informed: number
  /** Distance of the value from the mid, in ticks, at which the lean is full. */
  readonly scale: number
}

/** Takes liquidity at the times of a Hawkes process, more or less knowing the value. */
export class HawkesTaker extends Agent {
  readonly #terms: HawkesTakerTerms
  readonly #arrivals: HawkesProcess
  #begun = false

  constructor(setting: AgentSetting, terms: HawkesTakerTerms) {
    super(setting)
    this.#terms = terms
    this.#arrivals = new HawkesProcess(terms, setting.random)
  }

  protected override wait(): number {
    return this.#arrivals.next(this.activity)
  }

  protected override act(): void {
    if (!this.#begun) {
      // It wakes first at the opening, which is no arrival.
      this.#begun = true
      return
    }
    const { informed, scale, size } = this.#terms
    const fair = this.fair.at(this.floor.time)
    const gap = fair - (this.floor.mid() ?? fair)
    const lean = informed * Math.max(-1, Math.min(1, gap / scale))
    this.floor.market(this.owner, this.random.uniform() < (1 + lean) / 2 ? BUY : SELL, this.size(size))
  }
}
