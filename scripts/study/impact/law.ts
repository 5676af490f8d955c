import { bootstrap, type Estimate } from '../../../src/analysis/calibration/bootstrap.js'
import { nanos, SECOND } from '../../../src/base/time.js'
import { type ReactionSettings } from '../../../src/exchange/models/settings.js'
import { logSlope } from './log-slope.js'
import { IMPACT, moveOver } from './meta-order.js'

/** Parts of ADV, from 0.5 % to 10 %. */
export const SIZES = [0.005, 0.01, 0.02, 0.04, 0.07, 0.1]

export interface Law {
  /** Mean move of the mid by size, with its interval. */
  readonly points: readonly { readonly part: number; readonly impact: Estimate }[]
  readonly exponent: Estimate
}

/**
 * The law that a user would find who trades meta-orders on a noisy market: the mean move of the mid by size over `runs`
 * markets, and the exponent of a power law through the means, with intervals by the bootstrap over markets.
 */
export function impactLaw(reaction: ReactionSettings, slices: (part: number) => number, runs: number): Law {
  const moves = SIZES.map((part) =>
    Array.from({ length: runs }, (_, run) => {
      const order = { quantity: part * IMPACT.averageDailyVolume, children: slices(part), every: SECOND }
      return moveOver(order, reaction, run + 1, nanos(10 * SECOND))
    })
  )
  const mean = (values: readonly number[], units: Int32Array): number => {
    let sum = 0
    for (const unit of units) sum += values[unit]
    return sum / units.length
  }
  return {
    points: SIZES.map((part, i) => ({
      part,
      impact: bootstrap(`impact ${part}`, 1, runs, (units) => mean(moves[i], units))
    })),
    exponent: bootstrap(
      'exponent',
      1,
      runs,
      (units) => logSlope(SIZES.map((part, i) => [part, mean(moves[i], units)])).slope
    )
  }
}
