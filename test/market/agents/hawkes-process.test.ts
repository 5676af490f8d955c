import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { HawkesProcess, type HawkesTerms } from '../../../src/market/agents/hawkes-process.js'
import { fitHawkes } from './support/fit-hawkes.js'

/** Arrivals in seconds, up to `end`. */
function arrivals(terms: HawkesTerms, seed: number, end: number): number[] {
  const process = new HawkesProcess(terms, seededRandom(seed, 'hawkes'))
  const times: number[] = []
  for (let at = process.next(); at < end; at += process.next()) times.push(at)
  return times
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1)
  return { mean, error: Math.sqrt(variance / values.length) }
}

describe('HawkesProcess', () => {
  it.each([
    { rate: 0.5, branching: 0, decay: 2 },
    { rate: 0.5, branching: 0.4, decay: 2 },
    { rate: 0.3, branching: 0.7, decay: 1 }
  ])('arrives at the mean rate mu / (1 - n) in the long run: $rate, n $branching', (terms) => {
    const end = 40_000
    const rates = Array.from({ length: 8 }, (_, seed) => arrivals(terms, seed, end).length / end)
    const { mean, error } = meanAndError(rates)
    expect(Math.abs(mean - terms.rate / (1 - terms.branching))).toBeLessThan(4 * error)
    expect(error / mean).toBeLessThan(0.02)
  })

  it.each([
    { rate: 0.5, branching: 0.3, decay: 3 },
    { rate: 0.5, branching: 0.6, decay: 2 },
    { rate: 0.3, branching: 0.8, decay: 1 }
  ])('its branching ratio is recovered from its arrivals, within 3 standard errors: n $branching', (terms) => {
    const fits = Array.from({ length: 10 }, (_, seed) => fitHawkes(arrivals(terms, seed, 3000), 3000))
    const n = meanAndError(fits.map(({ branching }) => branching))
    const beta = meanAndError(fits.map(({ decay }) => decay))
    expect(Math.abs(n.mean - terms.branching)).toBeLessThan(Math.max(3 * n.error, 0.01))
    expect(n.error).toBeLessThan(0.02)
    expect(Math.abs(beta.mean - terms.decay)).toBeLessThan(Math.max(3 * beta.error, 0.02))
  })

  it('arrivals come in clusters: the variance of counts is (1 - n)^-2 of their mean', () => {
    const times = arrivals({ rate: 0.5, branching: 0.5, decay: 5 }, 3, 200_000)
    const counts = new Array<number>(2000).fill(0)
    for (const at of times) counts[Math.floor(at / 100)]++
    const mean = times.length / counts.length
    const variance = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / counts.length
    // The standard error of a variance of 2,000 counts is sqrt(2 / 2000), 3 %.
    expect(variance / mean).toBeGreaterThan(4 * 0.9)
    expect(variance / mean).toBeLessThan(4 * 1.1)
  })
})
