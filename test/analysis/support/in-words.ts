import { times, type Exact } from '../../../src/analysis/exact.js'
import { formatRatio, ratio, type Ratio } from '../../../src/analysis/ratio.js'
import { type Cost } from '../../../src/analysis/tca/cost.js'
import { formatMark, formatMarkRatio, formatMoney, toMoney } from '../../../src/analysis/tca/marks.js'

/** A cost as a person would write it down, for comparing with a calculation by hand. */
export function inWords(cost: Cost) {
  const { scale, benchmarks, shortfall, spread } = cost
  const mark = (value: number | undefined) => (value === undefined ? '–' : formatMark(value, scale))
  const price = (value: Ratio | undefined) => (value ? formatMarkRatio(value, scale, 6) : '–')
  const money = (value: Exact | undefined) => (value === undefined ? '–' : formatMoney(toMoney(value, scale)))
  const paid = (value: Ratio | undefined) =>
    value
      ? formatRatio({ numerator: toMoney(value.numerator, scale).units, denominator: moneyUnits(value, cost) }, 2)
      : '–'
  const bp = ratio(times(shortfall.total ?? 0, 10_000), cost.benchmarkNotional ?? 0)
  const soon = spread.horizons[0]
  return {
    decision: `${mark(benchmarks.decision)} ${benchmarks.decisionSource}`,
    arrival: mark(benchmarks.arrival),
    end: mark(benchmarks.end),
    vwap: price(benchmarks.vwap),
    twap: price(benchmarks.twap),
    average: price(cost.averagePrice),
    delay: money(shortfall.delay),
    trading: money(shortfall.trading),
    opportunity: money(shortfall.opportunity),
    fees: money(shortfall.fees),
    total: money(shortfall.total),
    totalBp: shortfall.total === undefined || !bp ? '–' : formatRatio(bp, 3),
    againstVwap: paid(cost.againstVwap),
    againstTwap: paid(cost.againstTwap),
    againstPwp: cost.againstParticipationWeighted.map(paid).join(', '),
    reversion: cost.reversion.map(({ label, price }) => `${label} ${mark(price)}`).join(', '),
    effective: money(spread.effective),
    at50ms:
      `${soon.measured} measured, ${soon.censored} censored, ${soon.missing} missing: ` +
      `${money(soon.effective)} = ${money(soon.realised)} + ${money(soon.impact)}`
  }
}

function moneyUnits({ denominator }: Ratio, { scale }: Cost): bigint {
  return BigInt(denominator) * 10n ** BigInt(toMoney(0, scale).scale)
}
