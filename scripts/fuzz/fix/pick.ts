import { type Random } from '../../../src/base/random.js'

/** One of these, each as likely as the others. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)]
}

/** One of these by weight. */
export function weighted<T>(random: Random, from: readonly (readonly [weight: number, value: T])[]): T {
  let at = random.uniform() * from.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, value] of from) if ((at -= weight) < 0) return value
  return from[from.length - 1][1]
}

export function chance(random: Random, probability: number): boolean {
  return random.uniform() < probability
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1)
}
