import { half, minus, times } from '../exact.js'
import { type HorizonCost, type SpreadCost } from './cost.js'
import { type ExecutionSums } from './execution-sums.js'
import { HORIZONS } from './horizons.js'

/** The spread measures of one row of sums. */
export function spreadCost(sums: ExecutionSums, row: number): SpreadCost {
  const allEffective = times(2, sums.paid[row])
  return {
    fills: sums.midFills[row],
    qty: sums.midQty[row],
    midNotional: sums.midNotional[row],
    effective: allEffective,
    quoted: sums.quoted[row],
    improvement: half(minus(sums.quoted[row], allEffective)),
    horizons: HORIZONS.map(({ label }, k): HorizonCost => {
      const horizon = sums.horizons[k]
      const effective = times(2, horizon.paid[row])
      const realised = times(2, horizon.kept[row])
      return {
        label,
        measured: horizon.measured[row],
        censored: horizon.censored[row],
        missing: horizon.missing[row],
        qty: horizon.qty[row],
        midNotional: horizon.midNotional[row],
        effective,
        realised,
        impact: minus(effective, realised),
        markOut: minus(0, horizon.kept[row]),
        adverseQty: horizon.adverseQty[row]
      }
    })
  }
}
