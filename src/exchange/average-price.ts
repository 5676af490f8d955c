import { formatDecimal, powerOfTen } from '../base/decimal.js'
import type { Notional } from './event.js'
import type { Instrument } from './instrument.js'
import type { Quantity } from './units.js'

/** Digits that AvgPx (6) may have beyond the price scale. */
export const AVERAGE_EXTRA_DIGITS = 4

/**
 * Average price as an integer at price scale + {@link AVERAGE_EXTRA_DIGITS} digits, half away from zero; 0 when nothing
 * was executed.
 */
export function averagePrice(notional: Notional, cumQty: Quantity): number {
  if (cumQty === 0) return 0
  const extra = powerOfTen(AVERAGE_EXTRA_DIGITS)
  if (typeof notional === 'number' && cumQty < Number.MAX_SAFE_INTEGER / extra) {
    const whole = Math.floor(notional / cumQty)
    const rest = notional - whole * cumQty
    const average = whole * extra + Math.floor((rest * extra) / cumQty + 0.5)
    if (average <= Number.MAX_SAFE_INTEGER) return average
  }
  const twice = (BigInt(notional) * BigInt(extra) * 2n) / BigInt(cumQty)
  return Number((twice + 1n) / 2n)
}

/** The average price as text: the decimals of the tick, and up to {@link AVERAGE_EXTRA_DIGITS} beyond the price scale where needed. */
export function formatAveragePrice(instrument: Instrument, notional: Notional, cumQty: Quantity): string {
  const { priceScale, priceDecimals } = instrument
  return formatDecimal(averagePrice(notional, cumQty), priceScale + AVERAGE_EXTRA_DIGITS, priceDecimals)
}
