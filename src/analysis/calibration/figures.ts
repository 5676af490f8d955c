import { powerOfTen } from '../../base/decimal.js'
import { portablePower } from '../../base/portable-math.js'
import { type Estimate } from './bootstrap.js'
import { type InstrumentCalibration } from './calibrate.js'

/** A figure of a calibration as people read it. */
export interface Figure {
  readonly name: string
  readonly value: string
  /** The 95 % interval. */
  readonly interval: string
  readonly note: string
}

/** Three significant digits, without an exponent. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))))
  const text = value.toFixed(Math.min(decimals, 12))
  return decimals > 0 ? text : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A time in s with three significant digits, or in ms below one. */
export function timeText(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  return ns >= 1e9
    ? `${significant(ns / 1e9)} s`
    : ns >= 1e6
      ? `${significant(ns / 1e6)} ms`
      : `${significant(ns / 1e3)} µs`
}

/** Everything that was measured in one instrument. */
export function figures(calibration: InstrumentCalibration): Figure[] {
  const { activity, resiliency, propagator, instrument, mid } = calibration
  const qtyUnit = powerOfTen(instrument.quantityScale)
  const priceUnit = powerOfTen(instrument.priceScale)
  const figure = (name: string, estimate: Estimate, text: (value: number) => string, note: string): Figure => ({
    name,
    value: text(estimate.value),
    interval: `${text(estimate.low)} to ${text(estimate.high)}`,
    note
  })
  const percent = (value: number): string => `${significant(100 * value)} %`
  const basisPoints = (value: number): string => `${significant((1e4 * value) / mid)} bp`
  const rows = [
    figure('volatility a day', activity.volatility, percent, `returns over ${timeText(activity.interval)}`),
    figure('volume a day', activity.volume, (value) => significant(value / qtyUnit), 'all prints'),
    figure(
      'spread',
      activity.spread,
      (value) => significant(value / priceUnit),
      `${basisPoints(activity.spread.value)}, by time`
    )
  ]
  if (resiliency) {
    rows.push(
      figure(
        'refill: returns at all',
        resiliency.probability,
        percent,
        `${resiliency.depletions} best prices swept away`
      ),
      figure('refill: half-life', resiliency.halfLife, timeText, 'of those that return')
    )
  }
  if (propagator) {
    rows.push(
      figure('propagator: G0', propagator.size, basisPoints, `a mean trade; ${propagator.trades} trades`),
      figure('propagator: beta', propagator.decay, (value) => significant(value), 'decay'),
      figure('propagator: l0', propagator.scale, (value) => significant(value), 'trades before it decays')
    )
  }
  return rows
}

/** Y of the `propagator` reaction: G0 in units of sigma P times the mean of (v / ADV)^delta. */
export function propagatorFactor({ propagator, activity, mid }: InstrumentCalibration): number | undefined {
  if (!propagator) return undefined
  const mean = propagator.meanPower / portablePower(activity.volume.value, propagator.exponent)
  return propagator.size.value / (activity.volatility.value * mid * mean)
}
