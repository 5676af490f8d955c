import { describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { AgentMarket } from '../../../src/market/agents/agent-market.js'
import { AGENT_DEFAULTS } from '../../../src/market/agents/scenario/agent-defaults.js'
import type { Scenario } from '../../../src/market/agents/scenario/scenario.js'
import { SILENCE } from '../../../src/market/agents/silence.js'
import { plainSpread } from './support/plain-zero-intelligence.js'

const MU = 1
const ALPHA = 0.05
const BAND = 150

function marketOf(delta: number, seed: number, decay = 0, marketRate = MU): AgentMarket {
  const scenario: Scenario = {
    name: 'flow',
    about: '',
    seed,
    instruments: [
      {
        terms: { symbol: 'ZI', tickSize: '1', lotSize: '1', feed: 'l3' },
        price: 10_000,
        volatility: 0,
        drift: 0,
        reversion: Infinity
      }
    ],
    agents: {
      zeroIntelligence: {
        ...AGENT_DEFAULTS.zeroIntelligence,
        limitRate: ALPHA,
        marketRate,
        cancelRate: delta,
        band: BAND,
        decay,
        size: 1,
        sizes: 'constant'
      }
    },
    timeline: [],
    repeat: undefined
  }
  return new AgentMarket({ scenario, epoch: 0, start: nanos(0) })
}

function meanSpread(market: AgentMarket, delta: number, lives: number): number {
  const [{ floor }] = market.floors
  let [sum, looks] = [0, 0]
  for (let at = 10 / delta; at < (10 + lives) / delta; at += 0.5) {
    market.advance(nanos(Math.round(at * SECOND)), SILENCE)
    const { bid, ask } = floor.quote()
    if (bid === undefined || ask === undefined) continue
    sum += ask - bid
    looks++
  }
  return sum / looks
}

const mean = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0) / values.length

describe('ZeroIntelligence', () => {
  it.each([0.02, 0.1, 0.4])('has the spread of a plain simulation of the same rates: delta %s', (delta) => {
    const seeds = [1, 2, 3, 4, 5, 6]
    const spreads = seeds.map((seed) => meanSpread(marketOf(delta, seed), delta, 100))
    const plain = seeds.map((seed) => plainSpread({ alpha: ALPHA, mu: MU, delta, band: BAND }, seed, 100))
    const error = Math.sqrt(
      [spreads, plain].reduce(
        (sum, values) =>
          sum + values.reduce((all, each) => all + (each - mean(values)) ** 2, 0) / values.length / (values.length - 1),
        0
      )
    )
    expect(Math.abs(mean(spreads) - mean(plain))).toBeLessThan(4 * error)
    expect(error / mean(plain)).toBeLessThan(0.04)
  })

  it('the spread widens with the rate of cancellations as published: by about (mu / alpha) 1.86 epsilon^(3/4)', () => {
    // Rates of both sides together: epsilon = delta / 2 mu.
    const [low, high] = [0.02, 0.2]
    const rise = mean(
      [1, 2, 3, 4, 5, 6].map(
        (seed) => meanSpread(marketOf(high, seed), high, 150) - meanSpread(marketOf(low, seed), low, 150)
      )
    )
    const published = (MU / ALPHA) * 1.86 * ((high / 2) ** 0.75 - (low / 2) ** 0.75)
    expect(rise / published).toBeGreaterThan(0.85)
    expect(rise / published).toBeLessThan(1.15)
  })

  it('far from the best prices alpha / delta orders stand at a price', () => {
    const delta = 0.01
    const market = marketOf(delta, 1)
    const [{ floor }] = market.floors
    let [orders, looks] = [0, 0]
    for (let at = 5; at < 100; at++) {
      market.advance(nanos(Math.round((at / delta) * SECOND)), SILENCE)
      const ask = floor.quote().ask ?? 0
      for (let distance = 90; distance < 110; distance++, looks++)
        orders += floor.bids.level(ask - distance)?.queue.length ?? 0
    }
    expect(orders / looks).toBeGreaterThan((0.95 * ALPHA) / delta)
    expect(orders / looks).toBeLessThan((1.05 * ALPHA) / delta)
  })

  it('with a decay, orders come the less often the further from the other side', () => {
    const market = marketOf(0.05, 1, 1, 0.02)
    const counts = new Array<number>(BAND + 1).fill(0)
    const [{ floor }] = market.floors
    market.advance(nanos(10 * SECOND), SILENCE)
    const sink = {
      ...SILENCE,
      add: (_t: number, _no: number, _id: number, side: number, at: number) => {
        const other = side > 0 ? floor.asks.best : floor.bids.best
        if (other !== undefined) counts[Math.abs(other - at)]++
      }
    }
    market.advance(nanos(40_000 * SECOND), sink)
    // limitRate / i: 0.05 a second at 1, a tenth of it at 10.
    expect(counts[1] / 39_990 / (2 * ALPHA)).toBeCloseTo(1, 1)
    // 400 orders, so a standard error of 5 %.
    expect(counts[10] / 39_990 / (2 * ALPHA)).toBeGreaterThan(0.08)
    expect(counts[10] / 39_990 / (2 * ALPHA)).toBeLessThan(0.12)
  })
})
