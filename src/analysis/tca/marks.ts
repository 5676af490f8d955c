import { powerOfTen } from '../../base/decimal.js'
import { type Instrument } from '../../exchange/instrument.js'
import { times, type Exact } from '../exact.js'
import { decimalText, formatRatio, type Ratio } from '../ratio.js'

/**
 * Marks: the unit that all prices of one instrument's analysis are whole numbers in. A mid may lie half a price unit off
 * the grid, so a price unit has two marks; where clients gave decision prices with more decimals than the instrument
 * has, it has 2 x 10^n. Amounts are marks x quantity units, whole as well, so that sums are exact.
 */
export interface MarkScale {
  readonly instrument: Instrument
  /** n: decimals beyond the instrument's price scale, 0 to {@link MAX_FINE_DECIMALS}. */
  readonly fineDecimals: number
  /** Marks in half a price unit. */
  readonly perHalf: number
  /** Marks in a price unit. */
  readonly perUnit: number
}

/** Finer decision prices are rounded to this many decimals beyond the price scale. */
export const MAX_FINE_DECIMALS = 3

export function markScale(instrument: Instrument, fineDecimals: number): MarkScale {
  const perHalf = powerOfTen(fineDecimals)
  return { instrument, fineDecimals, perHalf, perUnit: 2 * perHalf }
}

const DECIMAL = /^(-?)(\d*)(?:\.(\d*))?$/

/** Decimals that a price needs beyond the instrument's scale, trailing zeros apart; undefined where it is no decimal. */
export function fineDecimalsOf(text: string, instrument: Instrument): number | undefined {
  const match = DECIMAL.exec(text)
  if (!match || (match[2] === '' && !match[3])) return undefined
  const decimals = (match[3] ?? '').replace(/0+$/, '').length
  return Math.min(Math.max(decimals - instrument.priceScale, 0), MAX_FINE_DECIMALS)
}

/** A decimal price as marks, rounded half away from zero where it is finer than them; NaN where it is no positive price. */
export function parseMark(text: string, scale: MarkScale): number {
  const match = DECIMAL.exec(text)
  if (!match || match[1] === '-' || (match[2] === '' && !match[3])) return Number.NaN
  const decimals = scale.instrument.priceScale + scale.fineDecimals
  const fraction = (match[3] ?? '').padEnd(decimals + 1, '0')
  const units = BigInt(match[2] + fraction.slice(0, decimals)) + (fraction.charCodeAt(decimals) >= 53 ? 1n : 0n)
  const marks = Number(2n * units)
  return marks > 0 && Number.isSafeInteger(marks) ? marks : Number.NaN
}

/** A price in marks as decimal text: at least the tick's decimals, more only where it needs them. Never rounded. */
export function formatMark(mark: number, { instrument, fineDecimals }: MarkScale): string {
  // A mark is 1/(2 x 10^n) of a unit, that is 5 of the next decimal.
  return decimalText(BigInt(mark) * 5n, instrument.priceScale + fineDecimals + 1, instrument.priceDecimals)
}

/** A price that is a fraction of marks (an average), rounded to `decimals` decimals. */
export function formatMarkRatio({ numerator, denominator }: Ratio, scale: MarkScale, decimals: number): string {
  return formatRatio({ numerator, denominator: times(denominator, marksPerPrice(scale)) }, decimals)
}

/** Marks of a price of 1. */
export function marksPerPrice({ instrument, perUnit }: MarkScale): number {
  return perUnit * powerOfTen(instrument.priceScale)
}

/** An amount of money as a decimal: `units` at `scale` decimals. */
export interface Money {
  readonly units: bigint
  readonly scale: number
}

/** An amount (marks x quantity units) as money, exactly. */
export function toMoney(amount: Exact, { instrument, fineDecimals }: MarkScale): Money {
  return {
    units: BigInt(amount) * 5n,
    scale: instrument.priceScale + fineDecimals + instrument.quantityScale + 1
  }
}

export function addMoney(a: Money, b: Money): Money {
  const scale = Math.max(a.scale, b.scale)
  return {
    units: a.units * 10n ** BigInt(scale - a.scale) + b.units * 10n ** BigInt(scale - b.scale),
    scale
  }
}

/** Money exactly, with at least two decimals. */
export function formatMoney({ units, scale }: Money): string {
  return decimalText(units, scale, 2)
}

/** Money rounded to whole cents, half away from zero. */
export function formatCents({ units, scale }: Money): string {
  return formatRatio({ numerator: units, denominator: 10n ** BigInt(scale) }, 2)
}
