import { seededRandom } from '../../base/random.js'

/** An estimate with the interval that holds the truth in 95 of 100 tapes, as far as the bootstrap tells. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

export const REPLICATES = 400

/**
 * A percentile interval by the bootstrap (Efron 1979): the estimator is applied to `count` units drawn with replacement,
 * again and again. Units are stretches of time where values hang together (Künsch 1989), single cases where not.
 * @param estimate takes the drawn unit numbers
 */
export function bootstrap(
  purpose: string,
  seed: number,
  count: number,
  estimate: (units: Int32Array) => number,
  replicates = REPLICATES
): Estimate {
  const [only] = bootstrapAll(purpose, seed, count, (units) => [estimate(units)], replicates)
  return only
}

/** The same for several figures that come of one estimation. A replicate without a finite result is left out. */
export function bootstrapAll(
  purpose: string,
  seed: number,
  count: number,
  estimate: (units: Int32Array) => readonly number[],
  replicates = REPLICATES
): Estimate[] {
  const values = estimate(Int32Array.from({ length: count }, (_, i) => i))
  const random = seededRandom(seed, `bootstrap ${purpose}`)
  const drawn = values.map((): number[] => [])
  const units = new Int32Array(count)
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (let i = 0; i < count; i++) units[i] = random.below(count)
    estimate(units).forEach((value, i) => {
      if (Number.isFinite(value)) drawn[i].push(value)
    })
  }
  return values.map((value, i) => {
    const sorted = Float64Array.from(drawn[i]).sort()
    return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
  })
}

/** The p-quantile of sorted values, linearly between neighbours; NaN of none. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
