import { portableExp } from '../../base/portable-math.js'
import type { Random } from '../../base/random.js'

/** A self-exciting point process with intensity mu + sum over past events of n beta e^(-beta (t - t_i)). */
export interface HawkesTerms {
  /** mu: events a second that nothing excited. */
  readonly rate: number
  /** n: how many events an event brings about, on average, directly. Below 1. */
  readonly branching: number
  /** beta, per second: how fast the excitement goes. */
  readonly decay: number
}

/**
 * Arrivals of a Hawkes (1971) process with an exponential kernel, drawn by Ogata's (1981) thinning. The mean rate in the long
 * run is mu / (1 - n).
 */
export class HawkesProcess {
  readonly #terms: HawkesTerms
  readonly #random: Random
  /** Intensity above mu just behind the last event. */
  #excitement = 0

  constructor(terms: HawkesTerms, random: Random) {
    this.#terms = terms
    this.#random = random
  }

  /** Seconds from the last event to the next. `factor` multiplies mu. */
  next(factor = 1): number {
    const { branching, decay } = this.#terms
    const rate = this.#terms.rate * factor
    let waited = 0
    for (;;) {
      const bound = rate + this.#excitement
      if (!(bound > 0)) return Number.POSITIVE_INFINITY
      const wait = this.#random.exponential(1 / bound)
      waited += wait
      this.#excitement *= portableExp(-decay * wait)
      if (this.#random.uniform() * bound < rate + this.#excitement) break
      if (rate === 0 && this.#excitement < 1e-9) return Number.POSITIVE_INFINITY
    }
    this.#excitement += branching * decay
    return waited
  }
}
