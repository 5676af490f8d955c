import { describe, expect, it } from 'vitest'
import { impactLaw } from '../../../scripts/study/impact/law.js'
import { IMPACT, impactOf } from '../../../scripts/study/impact/meta-order.js'
import { nanos, SECOND } from '../../../src/base/time.js'
import { REACTION_DEFAULTS } from '../../../src/exchange/models/reaction/reaction-defaults.js'
import { BUY, SELL } from '../../../src/exchange/units.js'
import { ModelFloor } from './support/model-floor.js'

const { squareRoot, obizhaevaWang } = REACTION_DEFAULTS
const every = nanos(5 * SECOND)
const RUNS = 24

describe('the square-root law, as found by trading meta-orders on noisy markets', () => {
  it.each([
    ['at one number of slices', () => 50],
    ['at one pace, where larger orders take longer', (part: number) => Math.ceil(part * 1000)]
  ])('%s, the exponent is one half within its interval', (_how, slices) => {
    const { exponent } = impactLaw(squareRoot, slices, RUNS)
    expect([exponent.low < 0.5, exponent.high > 0.5, exponent.high - exponent.low < 0.25]).toEqual([true, true, true])
  })

  it('a linear reaction has exponent 1, and not one half', () => {
    const { exponent } = impactLaw(obizhaevaWang, () => 50, RUNS)
    expect([exponent.low < 1, exponent.high > 1, exponent.low > 0.6]).toEqual([true, true, true])
  })

  it('the size is a third of sigma sqrt(Q / ADV) once the impact has settled', () => {
    for (const part of [0.01, 0.04, 0.1]) {
      const order = { quantity: part * IMPACT.averageDailyVolume, children: 50, every }
      const [impact] = impactOf(order, squareRoot, 1, [nanos(10 * SECOND)])
      expect(impact / ((IMPACT.volatility * Math.sqrt(part)) / 3)).toBeCloseTo(1, 1)
    }
  })
})

describe('impact decay', () => {
  const after = [0, 1, 3, 8, 60].map((seconds) => nanos(seconds * SECOND))
  const order = { quantity: 0.04 * IMPACT.averageDailyVolume, children: 40, every: nanos(0) }

  it('of one order: (1 + t)^-1/2 down to a third', () => {
    const decay = impactOf(order, squareRoot, 1, after)
    const truth = [1, 2 ** -0.5, 0.5, 1 / 3, 1 / 3]
    decay.forEach((impact, i) => expect(impact / (IMPACT.volatility * 0.2)).toBeCloseTo(truth[i], 1))
  })

  it('of Obizhaeva and Wang: half of what is transient every half-life', () => {
    const waits = [0, 60, 120, 1200].map((seconds) => nanos(seconds * SECOND))
    const decay = impactOf(order, obizhaevaWang, 1, waits)
    decay.forEach((impact, i) =>
      expect(impact / (10 * IMPACT.volatility * 0.04)).toBeCloseTo([1, 0.75, 0.625, 0.5][i], 1)
    )
  })
})

describe('refill half-life', () => {
  it('the mean of what is missing halves every half-life and settles at 1 - r', () => {
    const floor = new ModelFloor('l2', {
      preset: 'consume+refill',
      refill: { probability: 0.6, halfLife: nanos(20 * SECOND) }
    })
    const levels = 2_000
    const asks = Array.from({ length: levels }, (_, i) => 1001 + i)
    floor.levels(0, [BUY, 999, 100], ...asks.map((at) => [SELL, at, 64] as const))
    floor.order(1, BUY, 64 * levels, 0)
    const missing = [1, 21, 41, 401].map((second) => {
      floor.tick(second)
      const left = floor.exchange
        .depth(floor.exchange.instruments[0].no, SELL, levels)
        .reduce((sum, { qty }) => sum + qty, 0)
      return 1 - left / (64 * levels)
    })
    const bound = 4 * Math.sqrt(0.24 / levels)
    ;[1, 0.7, 0.55, 0.4].forEach((truth, i) => expect(Math.abs(missing[i] - truth)).toBeLessThan(bound + 1e-3))
  })
})
