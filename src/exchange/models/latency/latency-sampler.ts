import { portableExp } from '../../../base/portable-math.js'
import { normalCdf, normalQuantile } from '../../../base/portable-normal.js'
import { type Random } from '../../../base/random.js'
import { nanos, type Nanos } from '../../../base/time.js'
import { type LatencyDistribution } from './latency-settings.js'

/** Random numbers have 32 bits; their middle is never 0 or 1. */
const HALF_STEP = 2 ** -33

/**
 * Draws the latencies of one stream of messages, in order. Each message uses one random number for the distribution and
 * two more where there are spikes, whatever comes of them, so that a stream depends on the count of messages alone.
 */
export class LatencySampler {
  readonly #distribution: LatencyDistribution
  readonly #random: Random
  readonly #burst: number
  readonly #fresh: number
  /** The AR(1) residual of the last message; NaN before the first. */
  #residual = Number.NaN
  draws = 0

  constructor(distribution: LatencyDistribution, random: Random) {
    this.#distribution = distribution
    this.#random = random
    this.#burst = distribution.burst ?? 0
    this.#fresh = Math.sqrt(1 - this.#burst * this.#burst)
  }

  /** The residual that the next draw starts from, for the state's hash. */
  get residual(): number {
    return this.#residual
  }

  /** @param feedLatency the latency that the feed had last, in ns */
  next(feedLatency: number): Nanos {
    const { spikes } = this.#distribution
    let latency = this.#base(feedLatency)
    if (spikes !== undefined) {
      const hit = this.#uniform() < spikes.probability
      const size = spikes.min + Math.floor(this.#uniform() * (spikes.max - spikes.min + 1))
      if (hit) latency += size
    }
    return nanos(latency)
  }

  #base(feedLatency: number): number {
    const distribution = this.#distribution
    switch (distribution.kind) {
      case 'constant':
        return distribution.value
      case 'feed':
        return whole(distribution.factor * feedLatency + distribution.offset)
      case 'uniform': {
        const { min, max } = distribution
        return min + Math.floor(this.#probability() * (max - min + 1))
      }
      case 'empirical': {
        const { values } = distribution
        return values[Math.floor(this.#probability() * values.length)]
      }
      case 'normal':
        return whole(distribution.mean + distribution.deviation * this.#normal())
      case 'lognormal':
        return whole(distribution.median * portableExp(distribution.sigma * this.#normal()))
    }
  }

  #uniform(): number {
    this.draws++
    return this.#random.uniform()
  }

  /** A standard normal, correlated with the one before where there are bursts. */
  #normal(): number {
    const fresh = normalQuantile(this.#uniform() + HALF_STEP)
    this.#residual =
      this.#burst === 0 || Number.isNaN(this.#residual) ? fresh : this.#burst * this.#residual + this.#fresh * fresh
    return this.#residual
  }

  #probability(): number {
    if (this.#burst === 0) return this.#uniform()
    return Math.min(normalCdf(this.#normal()), 1 - HALF_STEP)
  }
}

/** The nearest whole number that is not negative; a latency of an hour at most. */
function whole(latency: number): number {
  return latency <= 0 ? 0 : Math.min(3.6e12, Math.floor(latency + 0.5))
}
