import { notionalUnit } from '../../exchange/instrument.js'
import { type Cost } from '../tca/cost.js'
import { type Tca } from '../tca/tca.js'

/**
 * The parents that cost or earned most, largest amount first; those without a measurable shortfall behind them, by
 * executed notional. Amounts of different currencies are compared as numbers.
 */
export function largestParents(tca: Tca, count: number): Cost[] {
  const ranked = Array.from({ length: tca.parents }, (_, row) => {
    const { shortfall, notional, scale } = tca.parentShortfall(row)
    const amount = Number(shortfall.total ?? notional) / scale.perUnit / notionalUnit(scale.instrument)
    return { row, measured: shortfall.total !== undefined, size: Math.abs(amount) }
  })
  ranked.sort((a, b) => Number(b.measured) - Number(a.measured) || b.size - a.size || a.row - b.row)
  return ranked.slice(0, count).map(({ row }) => tca.parent(row))
}
