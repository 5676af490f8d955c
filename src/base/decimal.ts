/**
 * Decimal numbers as integers at a scale: "577.20" at scale 2 is 57720. No floating point is ever involved, so a number
 * leaves exactly as it came.
 */

/** The reading of a decimal that is no number, or has more decimals than its scale can hold. */
export const NOT_A_NUMBER = Number.NaN

const POWERS = Array.from({ length: 23 }, (_, n) => Number(`1e${n}`))

/** 10^n for n from 0 to 22, exactly: a double holds no larger one. */
export function powerOfTen(n: number): number {
  return POWERS[n]
}

/**
 * Reads decimal text ("-1.5", "007", ".5", "2.") as an integer at `scale` decimals.
 * @returns the integer, or NaN when the text is no FIX float (FIX 4.4 vol. 1: digits, at most one point, an optional
 * leading minus; no plus, no exponent) or does not fit: a digit other than 0 past the scale, or beyond 2^53.
 */
export function parseDecimal(text: string, scale: number): number {
  let at = 0
  const negative = text.charCodeAt(0) === 45
  if (negative) at = 1
  let value = 0
  let digits = 0
  let decimals = -1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 46) {
      if (decimals >= 0) return NOT_A_NUMBER
      decimals = 0
      continue
    }
    const digit = code - 48
    if (digit < 0 || digit > 9) return NOT_A_NUMBER
    digits++
    if (decimals >= 0 && ++decimals > scale) {
      if (digit !== 0) return NOT_A_NUMBER
      continue
    }
    value = value * 10 + digit
  }
  if (digits === 0) return NOT_A_NUMBER
  value *= POWERS[scale - Math.min(Math.max(decimals, 0), scale)]
  if (value > Number.MAX_SAFE_INTEGER) return NOT_A_NUMBER
  return negative && value !== 0 ? -value : value
}

/**
 * Writes an integer at `scale` as decimal text with at least `decimals` decimals, and more only where the number needs
 * them: formatDecimal(5772000, 4, 2) is "577.20", formatDecimal(5771950, 4, 2) is "577.195".
 */
export function formatDecimal(value: number, scale: number, decimals: number = scale): string {
  const absolute = value < 0 ? -value : value
  const unit = POWERS[scale]
  const whole = Math.floor(absolute / unit)
  const sign = value < 0 ? '-' : ''
  let fraction = (absolute - whole * unit).toString().padStart(scale, '0')
  if (scale === 0) fraction = ''
  let keep = fraction.length
  while (keep > decimals && fraction.charCodeAt(keep - 1) === 48) keep--
  fraction = fraction.slice(0, keep).padEnd(decimals, '0')
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

/** The number of decimals that a decimal text is written with: 2 for "0.01", 0 for "1". */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}
