import { describe, expect, it } from 'vitest'
import { type Estimate } from '../../../src/analysis/calibration/bootstrap.js'
import { calibrate, REGULAR_DAY, type InstrumentCalibration } from '../../../src/analysis/calibration/calibrate.js'
import { solveToeplitz } from '../../../src/analysis/calibration/levinson.js'
import { seededRandom } from '../../../src/base/random.js'
import { SECOND } from '../../../src/base/time.js'
import { BUY, SELL, type Side } from '../../../src/exchange/units.js'
import { FINE, ScriptedMarket } from './support/scripted-market.js'

const SECONDS = REGULAR_DAY / SECOND
const PRICE = 1_000_000

function calibrated(market: ScriptedMarket): InstrumentCalibration {
  return calibrate(market, [FINE]).instruments[0]
}

/** How many of several estimates hold the truth in their 95 % interval. */
function holding(estimates: readonly Estimate[], truth: number): number {
  return estimates.filter(({ low, high }) => low <= truth && truth <= high).length
}

const SEEDS = [1, 2, 3, 4, 5, 6]

/** A random walk with a daily volatility of 2 %, a spread of 200 or 400, and trades of 100 shares on average in 3 of 10 seconds. */
function randomWalk(seed: number): ScriptedMarket {
  const random = seededRandom(seed, 'random walk')
  const market = new ScriptedMarket()
  let logPrice = Math.log(PRICE)
  for (let second = 0; second <= SECONDS; second++) {
    logPrice += (0.02 / Math.sqrt(SECONDS)) * random.normal()
    const mid = Math.exp(logPrice)
    const half = 100 * (1 + random.below(2))
    const [bid, ask] = [Math.round(mid) - half, Math.round(mid) + half]
    market.quote(second * SECOND, bid, ask)
    if (random.below(10) >= 3) continue
    const side: Side = random.below(2) === 0 ? BUY : SELL
    market.trade(second * SECOND + 1, side, side === BUY ? ask : bid, 1 + random.below(199))
  }
  return market
}

/** Best bids that trades sweep away; 40 % of them return, half of those within 20 s. */
function depletions(seed: number): ScriptedMarket {
  const random = seededRandom(seed, 'depletions')
  const market = new ScriptedMarket()
  market.quote(0, PRICE, PRICE + 100)
  for (let cycle = 1; cycle <= 400; cycle++) {
    const time = cycle * 70 * SECOND
    market.trade(time, SELL, PRICE, 100)
    market.quote(time, PRICE - 50, PRICE + 100)
    const back = random.uniform() < 0.4 ? random.exponential((20 * SECOND) / Math.LN2) : Number.POSITIVE_INFINITY
    market.quote(time + Math.min(Math.round(back), 65 * SECOND), PRICE, PRICE + 100)
  }
  return market
}

const KERNEL = { size: 60, scale: 5, decay: 0.5 }

/** Trades with persistent signs whose impact fades by the kernel, on top of noise. */
function propagated(seed: number): ScriptedMarket {
  const random = seededRandom(seed, 'propagated')
  const market = new ScriptedMarket()
  const count = 12_000
  const powers = Array.from({ length: count }, () => Math.max(1, Math.round(100 * Math.exp(random.normal() / 2))))
  const mean = powers.reduce((sum, qty) => sum + qty ** 0.6, 0) / count
  const kernel = Array.from(
    { length: 4_000 },
    (_, lag) => KERNEL.size * (1 + (lag / KERNEL.scale) ** 2) ** (-KERNEL.decay / 2)
  )
  const impulses = new Float64Array(count)
  let sign: Side = BUY
  let noise = 0
  for (let n = 0; n < count; n++) {
    let mid = PRICE + noise
    for (let lag = 1; lag < kernel.length && lag <= n; lag++) mid += impulses[n - lag] * kernel[lag]
    const bid = Math.round(mid) - 50
    market.quote(n * SECOND, bid, bid + 100)
    if (random.below(10) < 3) sign = random.below(2) === 0 ? BUY : SELL
    impulses[n] = (sign * powers[n] ** 0.6) / mean
    market.trade(n * SECOND + 1, sign, sign === BUY ? bid + 100 : bid, powers[n])
    noise += 15 * random.normal()
  }
  return market
}

describe('calibration recovers what generated a tape', () => {
  it('volatility, volume and spread: in nearly all of six tapes within the interval', () => {
    const found = SEEDS.map((seed) => calibrated(randomWalk(seed)).activity)
    expect(
      holding(
        found.map(({ volatility }) => volatility),
        0.02
      )
    ).toBeGreaterThanOrEqual(5)
    expect(
      holding(
        found.map(({ volume }) => volume),
        0.3 * 100 * SECONDS
      )
    ).toBeGreaterThanOrEqual(5)
    expect(
      holding(
        found.map(({ spread }) => spread),
        300
      )
    ).toBeGreaterThanOrEqual(5)
    for (const { volatility, volume } of found) {
      expect(volatility.high - volatility.low).toBeLessThan(0.009)
      expect(volume.high / volume.low).toBeLessThan(1.1)
    }
  })

  it('how much of what was swept away returns, and how fast', () => {
    const found = SEEDS.map((seed) => calibrated(depletions(seed)).resiliency)
    expect(found.map((each) => each?.depletions)).toEqual(SEEDS.map(() => 400))
    const known = found.filter((each) => each !== undefined)
    expect(
      holding(
        known.map(({ probability }) => probability),
        0.4
      )
    ).toBeGreaterThanOrEqual(5)
    expect(
      holding(
        known.map(({ halfLife }) => halfLife),
        20 * SECOND
      )
    ).toBeGreaterThanOrEqual(5)
    for (const { halfLife } of known) expect(halfLife.high / halfLife.low).toBeLessThan(3)
  })

  it('the propagator’s kernel, lag by lag and in its parameters', () => {
    const found = [1, 2, 3].map((seed) => calibrated(propagated(seed)).propagator)
    const known = found.filter((each) => each !== undefined)
    expect(known.length).toBe(3)
    for (const { size, scale, decay } of known) {
      expect([size.low <= KERNEL.size && KERNEL.size <= size.high, size.high / size.low < 2]).toEqual([true, true])
      expect([scale.low <= KERNEL.scale && KERNEL.scale <= scale.high]).toEqual([true])
      expect([decay.low <= KERNEL.decay && KERNEL.decay <= decay.high]).toEqual([true])
    }
    const points = known.flatMap(({ kernel }) => kernel.map(({ lag, impact }) => ({ lag, impact })))
    const held = points.filter(({ lag, impact }) => {
      const truth = KERNEL.size * (1 + (lag / KERNEL.scale) ** 2) ** (-KERNEL.decay / 2)
      return impact.low <= truth && truth <= impact.high
    })
    expect(held.length / points.length).toBeGreaterThan(0.85)
  })

  it('the same tape and seed give the same figures', () => {
    expect(calibrated(randomWalk(1)).activity).toEqual(calibrated(randomWalk(1)).activity)
  })
})

describe('what a tape is too short for is left out', () => {
  it('no propagator from a few trades, no resiliency from a few depletions', () => {
    const market = new ScriptedMarket()
    market.quote(0, PRICE, PRICE + 100)
    for (let i = 1; i < 50; i++) {
      market.trade(i * SECOND, BUY, PRICE + 100, 10)
      market.quote(i * SECOND, PRICE + (i % 3), PRICE + 100 + (i % 3))
    }
    const { propagator, resiliency } = calibrated(market)
    expect([propagator, resiliency]).toEqual([undefined, undefined])
  })

  it('a tape without quotes on both sides is refused', () => {
    expect(() => calibrate(new ScriptedMarket(), [FINE])).toThrow(/no instrument of the tape ever has a bid and an ask/)
  })
})

describe('Toeplitz systems', () => {
  it('T x = b is solved as by elimination', () => {
    const t = Float64Array.from([4, 1.5, 0.8, -0.2, 0.1])
    const x = solveToeplitz(t, Float64Array.from([1, 2, 3, 4, 5]))
    const back = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].reduce((sum, j) => sum + t[Math.abs(i - j)] * x[j], 0))
    back.forEach((value, i) => expect(value).toBeCloseTo(i + 1, 9))
  })
})
