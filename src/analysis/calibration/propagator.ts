import { bootstrapAll, type Estimate } from './bootstrap.js'
import { solveToeplitz } from './levinson.js'
import { fitKernel } from './kernel-fit.js'
import { type MarketPath } from './market-path.js'

/** How prices move by trades of a mean size and forget them (Bouchaud, Gefen, Potters, Wyart 2004). */
export interface Propagator {
  readonly trades: number
  /** The mean of v^delta over trades, v in quantity units: the trade that the kernel is for. */
  readonly meanPower: number
  /** delta, as given. */
  readonly exponent: number
  /** By lag from 1: G in price units, as regressed and as fitted; mean response; correlation of signed volume. */
  readonly kernel: readonly {
    readonly lag: number
    readonly impact: Estimate
    readonly fit: number
    readonly response: number
    readonly correlation: number
  }[]
  /** G0 in price units, l0 in trades and beta of G0 (1 + (l / l0)^2)^(-beta/2). */
  readonly size: Estimate
  readonly scale: Estimate
  readonly decay: Estimate
}

const MOST_LAGS = 256
/** Trades for each lag that is estimated. */
const TRADES_PER_LAG = 25
const BLOCKS = 48
const REPLICATES = 200

/**
 * Regresses the move of the mid from before one trade to before the next on this and earlier trades, x = sign v^delta
 * over its mean; G(l) is the sum of the first l coefficients. Intervals: blocks of trades drawn with replacement.
 * @returns undefined where there are too few trades
 */
export function measurePropagator(path: MarketPath, exponent: number, seed: number): Propagator | undefined {
  const { trades } = path
  const lags = Math.min(MOST_LAGS, Math.floor(trades.time.length / TRADES_PER_LAG))
  if (lags < 8) return undefined
  const { x, moves, meanPower } = regressors(path, exponent)
  const sums = blockSums(x, moves, lags)
  const shown = logLags(lags)
  const kernelOf = (units: Int32Array): Float64Array => {
    const correlation = new Float64Array(lags)
    const cross = new Float64Array(lags)
    for (const unit of units) {
      for (let lag = 0; lag < lags; lag++) {
        correlation[lag] += sums.correlation[unit * lags + lag]
        cross[lag] += sums.cross[unit * lags + lag]
      }
    }
    const steps = solveToeplitz(correlation, cross)
    for (let lag = 1; lag < lags; lag++) steps[lag] += steps[lag - 1]
    return steps
  }
  const estimates = bootstrapAll(
    'propagator',
    seed,
    BLOCKS,
    (units) => {
      const kernel = kernelOf(units)
      const { size, scale, decay } = fitKernel(
        shown,
        shown.map((lag) => kernel[lag - 1])
      )
      return [size, scale, decay, ...shown.map((lag) => kernel[lag - 1])]
    },
    REPLICATES
  )
  const [size, scale, decay, ...impacts] = estimates
  const response = responseOf(x, moves, lags)
  const correlation = autocorrelation(x, lags)
  return {
    trades: trades.time.length,
    meanPower,
    exponent,
    kernel: shown.map((lag, i) => ({
      lag,
      impact: impacts[i],
      fit: size.value * (1 + (lag / scale.value) ** 2) ** (-decay.value / 2),
      response: response[lag - 1],
      correlation: correlation[lag - 1]
    })),
    size,
    scale,
    decay
  }
}

interface Regressors {
  readonly x: Float64Array
  /** Move of the mid, in price units, from before each trade to before the next. */
  readonly moves: Float64Array
  readonly meanPower: number
}

function regressors({ trades, quotes }: MarketPath, exponent: number): Regressors {
  const count = trades.time.length - 1
  const x = new Float64Array(count)
  const moves = new Float64Array(count)
  let power = 0
  for (let n = 0; n < count; n++) power += trades.qty[n] ** exponent
  const meanPower = power / count
  for (let n = 0; n < count; n++) {
    x[n] = (trades.sign[n] * trades.qty[n] ** exponent) / meanPower
    const [from, to] = [trades.quote[n], trades.quote[n + 1]]
    moves[n] = (quotes.bid[to] + quotes.ask[to] - quotes.bid[from] - quotes.ask[from]) / 2
  }
  return { x, moves, meanPower }
}

/** Sums of x[n] x[n - k] and move[n] x[n - k], by block of n and lag k. */
function blockSums(x: Float64Array, moves: Float64Array, lags: number) {
  const correlation = new Float64Array(BLOCKS * lags)
  const cross = new Float64Array(BLOCKS * lags)
  for (let n = lags; n < x.length; n++) {
    const at = Math.floor(((n - lags) * BLOCKS) / (x.length - lags)) * lags
    for (let lag = 0; lag < lags; lag++) {
      correlation[at + lag] += x[n] * x[n - lag]
      cross[at + lag] += moves[n] * x[n - lag]
    }
  }
  return { correlation, cross }
}

/** E[x[n] (m[n + l] - m[n])] / E[x^2] for l from 1. */
function responseOf(x: Float64Array, moves: Float64Array, lags: number): Float64Array {
  const response = new Float64Array(lags)
  let squares = 0
  for (let n = 0; n + lags <= x.length; n++) {
    squares += x[n] * x[n]
    let moved = 0
    for (let lag = 0; lag < lags; lag++) {
      moved += moves[n + lag]
      response[lag] += x[n] * moved
    }
  }
  return response.map((sum) => sum / squares)
}

function autocorrelation(x: Float64Array, lags: number): Float64Array {
  const correlation = new Float64Array(lags)
  let squares = 0
  for (let n = 0; n + lags < x.length; n++) {
    squares += x[n] * x[n]
    for (let lag = 1; lag <= lags; lag++) correlation[lag - 1] += x[n] * x[n + lag]
  }
  return correlation.map((sum) => sum / squares)
}

/** Lags from 1 that are about even in their logarithm. */
function logLags(lags: number): number[] {
  const chosen: number[] = []
  for (let lag = 1; lag < lags; lag = Math.max(lag + 1, Math.round(lag * 1.25))) chosen.push(lag)
  return chosen
}
