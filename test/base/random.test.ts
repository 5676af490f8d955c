import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '../../src/base/random.js'

const DRAWS = 50_000

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1) }
}

const random = (): Random => seededRandom(7, 'test')

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and purpose, others for another', () => {
    const first = Array.from({ length: 5 }, random().uniform)
    expect(Array.from({ length: 5 }, random().uniform)).toEqual(first)
    expect(Array.from({ length: 5 }, seededRandom(8, 'test').uniform)).not.toEqual(first)
    expect(Array.from({ length: 5 }, seededRandom(7, 'other').uniform)).not.toEqual(first)
  })

  // Standard errors at 50,000 draws: the bounds are about five of them.
  it('draws uniformly', () => {
    const { mean, variance } = moments(random().uniform)
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0065)
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002)
  })

  it('draws exponentially', () => {
    const source = random()
    const { mean, variance } = moments(() => source.exponential(3))
    expect(Math.abs(mean - 3)).toBeLessThan(0.07)
    expect(Math.abs(variance - 9)).toBeLessThan(0.6)
  })

  it('draws normally', () => {
    const { mean, variance } = moments(random().normal)
    expect(Math.abs(mean)).toBeLessThan(0.0225)
    expect(Math.abs(variance - 1)).toBeLessThan(0.032)
  })

  it('draws whole numbers below n', () => {
    const source = random()
    expect(new Set(Array.from({ length: 200 }, () => source.below(4)))).toEqual(new Set([0, 1, 2, 3]))
  })
})
