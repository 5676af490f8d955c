import { MINUTE, SECOND, type Nanos } from '../../base/time.js'
import { bootstrap, type Estimate } from './bootstrap.js'
import { type MarketPath } from './market-path.js'

/** Realised volatility at one sampling interval. */
export interface SignaturePoint {
  readonly interval: number
  readonly volatility: number
}

export interface Activity {
  /** sigma: daily volatility as a fraction. */
  readonly volatility: Estimate
  /** The sampling interval it was measured at, ns. */
  readonly interval: number
  /** How the estimate depends on the interval: flat where the mid is a random walk. */
  readonly signature: readonly SignaturePoint[]
  /** Market volume of a day, in quantity units. */
  readonly volume: Estimate
  /** Time-weighted mean spread in price units. */
  readonly spread: Estimate
}

/** Offsets at which a grid of returns is laid, and averaged: subsampling (Zhang, Mykland, Aït-Sahalia 2005). */
const OFFSETS = 10
const SIGNATURE = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].map((seconds) => seconds * SECOND)

/** Volatility, volume and spread of a path; `day` is the length of a trading day. */
export function measureActivity(path: MarketPath, day: Nanos, seed: number): Activity {
  const span = path.end - path.start
  const interval = samplingInterval(span)
  const squares = squaredReturns(path, interval)
  const perDay = day / interval
  const scaled = (units: Int32Array): number => {
    let sum = 0
    for (const unit of units) sum += squares[unit]
    return Math.sqrt((sum / units.length) * perDay)
  }
  const blocks = blocksOf(path, Math.max(SECOND, Math.min(MINUTE, span / 60)))
  const mean = (values: Float64Array, by: number) => (units: Int32Array) => {
    let sum = 0
    for (const unit of units) sum += values[unit]
    return (sum / units.length) * by
  }
  return {
    volatility: bootstrap('volatility', seed, squares.length, scaled),
    interval,
    signature: SIGNATURE.filter((each) => span / each >= 20).map((each) => {
      const of = squaredReturns(path, each)
      return {
        interval: each,
        volatility: Math.sqrt((of.reduce((sum, value) => sum + value, 0) / of.length) * (day / each))
      }
    }),
    volume: bootstrap('volume', seed, blocks.volume.length, mean(blocks.volume, day / blocks.length)),
    spread: bootstrap('spread', seed, blocks.spread.length, mean(blocks.spread, 1))
  }
}

/** Five minutes on a day of five hours and more; shorter where there are fewer than 60 such. */
function samplingInterval(span: number): number {
  const wanted = [300, 60, 30, 10, 5, 2, 1].map((seconds) => seconds * SECOND)
  return wanted.find((interval) => span / interval >= 60) ?? Math.max(1, Math.floor(span / 60))
}

/** Mean squared log return of the mid over each whole interval, averaged over shifted grids. */
function squaredReturns({ quotes, start, end }: MarketPath, interval: number): Float64Array {
  const count = Math.floor((end - start) / interval) - 1
  if (count < 1) return new Float64Array([Number.NaN])
  const squares = new Float64Array(count)
  for (let offset = 0; offset < OFFSETS; offset++) {
    const from = start + (offset * interval) / OFFSETS
    let row = 0
    let last = Number.NaN
    for (let i = 0; i <= count; i++) {
      const at = from + i * interval
      while (row + 1 < quotes.time.length && quotes.time[row + 1] <= at) row++
      const mid = quotes.time[row] <= at ? Math.log((quotes.bid[row] + quotes.ask[row]) / 2) : Number.NaN
      if (i > 0 && !Number.isNaN(last)) squares[i - 1] += (mid - last) ** 2 / OFFSETS
      last = mid
    }
  }
  return squares
}

interface Blocks {
  readonly length: number
  readonly volume: Float64Array
  readonly spread: Float64Array
}

/** Volume and time-weighted mean spread of stretches of `length` ns. */
function blocksOf({ quotes, volume, start, end }: MarketPath, length: number): Blocks {
  const count = Math.max(1, Math.floor((end - start) / length))
  const volumes = new Float64Array(count)
  for (let i = 0; i < volume.time.length; i++) {
    const block = Math.floor((volume.time[i] - start) / length)
    if (block < count) volumes[block] += volume.qty[i]
  }
  const spreads = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < quotes.time.length; i++) {
    let from = quotes.time[i]
    const until = i + 1 < quotes.time.length ? quotes.time[i + 1] : end
    while (from < until) {
      const block = Math.floor((from - start) / length)
      if (block >= count) break
      const to = Math.min(until, start + (block + 1) * length)
      if (!(to > from)) break
      spreads[block] += (to - from) * (quotes.ask[i] - quotes.bid[i])
      weights[block] += to - from
      from = to
    }
  }
  const known = spreads
    .map((sum, block) => (weights[block] > 0 ? sum / weights[block] : Number.NaN))
    .filter((s) => !Number.isNaN(s))
  return { length, volume: volumes, spread: known.length > 0 ? known : new Float64Array([Number.NaN]) }
}
