import type { Random } from '../../base/random.js'
import { SECOND, type Nanos } from '../../base/time.js'

/** How the value of an instrument moves. All in ticks and seconds. */
export interface FairValueTerms {
  readonly start: number
  /** Standard deviation after one second. */
  readonly volatility: number
  /** Mean change in a second. */
  readonly drift: number
  /** Time in which a deviation from the start falls to 1/e; Infinity: it stays. */
  readonly reversion: number
}

/**
 * What an instrument is worth: a random walk with drift that may be drawn back to its start (Ornstein & Uhlenbeck), and that
 * news moves at once. It moves when it is looked at, so its numbers depend on the times of the agents alone.
 */
export class FairValue {
  readonly #terms: FairValueTerms
  readonly #random: Random
  #value: number
  #home: number
  #at: Nanos

  constructor(terms: FairValueTerms, random: Random, start: Nanos) {
    this.#terms = terms
    this.#random = random
    this.#value = terms.start
    this.#home = terms.start
    this.#at = start
  }

  /** In ticks, at least 1. */
  at(time: Nanos): number {
    if (time > this.#at) {
      const { volatility, drift, reversion } = this.#terms
      const seconds = (time - this.#at) / SECOND
      this.#home += drift * seconds
      const back = Math.min(1, seconds / reversion) * (this.#home - this.#value)
      const step = this.#random.normal() * volatility * Math.sqrt(seconds)
      this.#value = Math.max(1, this.#value + drift * seconds + back + step)
      this.#at = time
    }
    return this.#value
  }

  /** News: the value is another by this fraction, -0.05 for five percent less, for good. */
  news(time: Nanos, fraction: number): void {
    const change = this.at(time) * fraction
    this.#value = Math.max(1, this.#value + change)
    this.#home = Math.max(1, this.#home + change)
  }

  /** The time between `at` and the next look is passed over: the market slept. */
  shift(by: number): void {
    this.#at = (this.#at + by) as Nanos
  }
}
