import { formatQuantity } from '../../exchange/instrument.js'
import { quantity } from '../../exchange/units.js'
import { plus, times } from '../exact.js'
import { formatRatio, ratio } from '../ratio.js'
import { type Recording } from '../recording/recording.js'
import { type Cost, type SpreadCost } from '../tca/cost.js'
import { formatMark, formatMarkRatio, type MarkScale } from '../tca/marks.js'
import { PARTICIPATION_RATES } from '../tca/participation-rates.js'
import { type SymbolCost } from '../tca/symbol-cost.js'
import { type Shortfall } from '../tca/shortfall.js'
import { basisPoints, figure, share, type Base } from './figures.js'
import { isoTime } from '../../base/iso-time.js'
import { exactSeconds } from './time-text.js'

/**
 * Costs as values for JSON: decimals are strings, what could not be measured is null, times are ISO 8601, lengths of
 * time seconds. The shape is described in README.md of this room.
 */
export type CostJson = ReturnType<typeof costJson>
export type SymbolJson = ReturnType<typeof symbolJson>

export function costJson(cost: Cost, { facts, sessionNames }: Recording) {
  const { scale, instrument, benchmarks } = cost
  const executedBase = (notional: Base['notional']): Base => ({ notional, quantity: cost.executed })
  const mark = (value: number | undefined) => (value === undefined ? null : formatMark(value, scale))
  const average = (value: Cost['averagePrice']) =>
    value ? formatMarkRatio(value, scale, instrument.priceDecimals + 6) : null
  const time = (value: number | undefined) => (value === undefined ? null : isoTime(value, facts.epoch))
  const { arrival, end, vwap, twap, participationWeighted } = benchmarks
  const since = (value: number | undefined) => (value === undefined ? null : exactSeconds(value - cost.arrivedAt))
  const at = (price: Cost['averagePrice']): Base['notional'] =>
    price && { numerator: times(price.numerator, cost.executed), denominator: price.denominator }
  return {
    id: cost.id,
    session: sessionNames[cost.session] ?? String(cost.session),
    symbol: instrument.symbol,
    currency: instrument.currency,
    side: cost.side > 0 ? 'buy' : 'sell',
    orders: cost.orders,
    fills: cost.fills,
    quantity: formatQuantity(instrument, quantity(cost.quantity)),
    executed: formatQuantity(instrument, quantity(cost.executed)),
    fillRatio: share(cost.executed, cost.quantity),
    passiveShare: share(cost.addedQty, cost.executed),
    participation: share(cost.executed, plus(cost.executed, cost.marketVolume)),
    averagePrice: average(cost.averagePrice),
    arrivedAt: time(cost.arrivedAt),
    firstFillAt: time(cost.firstFillAt),
    endedAt: time(cost.endedAt),
    timeToFirstFill: since(cost.firstFillAt),
    timeToCompletion: cost.executed === cost.quantity ? since(cost.endedAt) : null,
    benchmarks: {
      decision: mark(benchmarks.decision),
      decisionSource: benchmarks.decisionSource,
      arrival: mark(arrival),
      end: mark(end),
      vwap: average(vwap),
      twap: average(twap),
      ...byRate((i) => average(participationWeighted[i]))
    },
    shortfall: shortfallJson(cost.shortfall, { notional: cost.benchmarkNotional, quantity: cost.quantity }, scale),
    against: {
      arrival:
        arrival === undefined || cost.executed === 0
          ? null
          : figure(cost.shortfall.trading, executedBase(times(cost.executed, arrival)), scale),
      vwap: figure(cost.againstVwap, executedBase(at(vwap)), scale),
      twap: figure(cost.againstTwap, executedBase(at(twap)), scale),
      ...byRate((i) => figure(cost.againstParticipationWeighted[i], executedBase(at(participationWeighted[i])), scale))
    },
    reversion: cost.reversion.map(({ label, price }) => ({
      after: label,
      price: mark(price),
      bp: price === undefined || end === undefined ? null : formatRatio(basisPoints(price, end)!, 4)
    })),
    spread: spreadJson(cost.spread, scale)
  }
}

export function symbolJson(cost: SymbolCost) {
  const { instrument, scale } = cost
  const seconds = (value: number | undefined) => (value === undefined ? null : exactSeconds(value))
  return {
    symbol: instrument.symbol,
    currency: instrument.currency,
    parents: cost.parents,
    orders: cost.orders,
    fills: cost.fills,
    quantity: formatQuantity(instrument, quantity(cost.quantity)),
    executed: formatQuantity(instrument, quantity(cost.executed)),
    fillRatio: share(cost.executed, cost.quantity),
    passiveShare: share(cost.addedQty, cost.executed),
    timeToFirstFill: { ...cost.timeToFirstFill, median: seconds(cost.timeToFirstFill.median) },
    timeToCompletion: { ...cost.timeToCompletion, median: seconds(cost.timeToCompletion.median) },
    measuredParents: cost.measuredParents,
    shortfall:
      cost.measuredParents === 0
        ? null
        : shortfallJson(cost.shortfall, { notional: cost.benchmarkNotional, quantity: cost.measuredQuantity }, scale),
    spread: spreadJson(cost.spread, scale)
  }
}

/** Members for each participation rate: `pwp10`, `pwp20`. */
function byRate<T>(of: (index: number) => T): Record<ParticipationName, T> {
  return Object.fromEntries(PARTICIPATION_RATES.map((rate, i) => [`pwp${rate}`, of(i)])) as Record<ParticipationName, T>
}

type ParticipationName = `pwp${(typeof PARTICIPATION_RATES)[number]}`

function shortfallJson(shortfall: Shortfall, base: Base, scale: MarkScale) {
  const part = (amount: Shortfall['total']) => figure(amount, base, scale)
  return {
    delay: part(shortfall.delay),
    trading: part(shortfall.trading),
    opportunity: part(shortfall.opportunity),
    fees: part(shortfall.fees),
    total: part(shortfall.total)
  }
}

function spreadJson(spread: SpreadCost, scale: MarkScale) {
  const base = { notional: spread.midNotional, quantity: spread.qty }
  const quotient = ratio(spread.effective, spread.quoted)
  return {
    fills: spread.fills,
    effective: spread.fills === 0 ? null : figure(spread.effective, base, scale),
    quoted: spread.fills === 0 ? null : figure(spread.quoted, base, scale),
    effectiveOverQuoted: quotient ? formatRatio(quotient, 6) : null,
    improvement: spread.fills === 0 ? null : figure(spread.improvement, base, scale),
    horizons: spread.horizons.map((horizon) => {
      const known = horizon.measured > 0
      const its = { notional: horizon.midNotional, quantity: horizon.qty }
      return {
        after: horizon.label,
        measured: horizon.measured,
        censored: horizon.censored,
        missing: horizon.missing,
        effective: known ? figure(horizon.effective, its, scale) : null,
        realised: known ? figure(horizon.realised, its, scale) : null,
        impact: known ? figure(horizon.impact, its, scale) : null,
        markOut: known ? figure(horizon.markOut, its, scale) : null,
        adverseShare: share(horizon.adverseQty, horizon.qty)
      }
    })
  }
}
