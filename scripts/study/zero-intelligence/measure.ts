import { nanos, SECOND } from '../../../src/base/time.js'
import { AgentMarket } from '../../../src/market/agents/agent-market.js'
import type { Scenario } from '../../../src/market/agents/scenario/scenario.js'
import { SILENCE } from '../../../src/market/agents/silence.js'

/** What a market of orders without intelligence comes to, in units of its own (see {@link measure}). */
export interface Measured {
  /** Mean spread over mu / alpha. */
  readonly spread: number
  /** Variance of the mid per time, at short lags, over (mu / alpha)^2 delta. */
  readonly early: number
  /** The same at lags of several lives of an order. */
  readonly late: number
}

/** Market orders a second on each side. Only ratios matter. */
const MU = 1
/** mu / alpha, in ticks: so many that the tick does not matter. */
const SCALE = 50
/** Limit orders come at prices up to this many mu / alpha from the other side's best. */
const REACH = 8
/** Lags of the two variances: a part of the mean time between market orders, and lives of an order. */
const EARLY = 0.25
const LATE = 3

/**
 * Runs the flow of Smith, Farmer, Gillemot & Krishnamurthy (2003) in which every order is one lot, and measures it once the
 * book has settled.
 * @param epsilon delta sigma / mu, with mu for both sides together
 * @param lives for how many lives of an order, 1 / delta, it is watched
 */
export function measure(epsilon: number, seed: number, lives: number): Measured {
  const delta = epsilon * 2 * MU
  const market = new AgentMarket({ scenario: scenario(delta), epoch: 0, start: nanos(0), seed })
  const [{ floor }] = market.floors
  const step = EARLY / MU
  const lag = Math.round(LATE / delta / step)
  const mids: number[] = []
  let spreads = 0
  const settle = 10 / delta
  for (let i = 0; i * step < settle + lives / delta; i++) {
    market.advance(nanos(Math.round(i * step * SECOND)), SILENCE)
    const { bid, ask } = floor.quote()
    if (bid === undefined || ask === undefined || i * step < settle) continue
    spreads += ask - bid
    mids.push((bid + ask) / 2)
  }
  const rate = (by: number): number => {
    let sum = 0
    for (let i = by; i < mids.length; i++) sum += (mids[i] - mids[i - by]) ** 2
    return sum / (mids.length - by) / (by * step) / (SCALE * SCALE * delta)
  }
  return { spread: spreads / mids.length / SCALE, early: rate(1), late: rate(lag) }
}

function scenario(delta: number): Scenario {
  return {
    name: 'zero intelligence',
    about: '',
    seed: 1,
    instruments: [
      {
        terms: { symbol: 'ZI', tickSize: '1', lotSize: '1', feed: 'l3' },
        price: 1_000_000,
        volatility: 0,
        drift: 0,
        reversion: Number.POSITIVE_INFINITY
      }
    ],
    agents: {
      zeroIntelligence: {
        count: 1,
        limitRate: MU / SCALE,
        marketRate: MU,
        cancelRate: delta,
        band: SCALE * REACH,
        decay: 0,
        size: 1,
        sizes: 'constant'
      }
    },
    timeline: [],
    repeat: undefined
  }
}
