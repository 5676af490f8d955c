import { type Exact } from './exact.js'

/** A fraction of whole numbers, kept as it is until somebody wants to read it: an average price, a number of basis points. */
export interface Ratio {
  readonly numerator: Exact
  readonly denominator: Exact
}

/** numerator / denominator, or undefined where the denominator is 0: there is no average of nothing. */
export function ratio(numerator: Exact, denominator: Exact): Ratio | undefined {
  // eslint-disable-next-line eqeqeq -- 0 and 0n are the same nothing
  return denominator == 0 ? undefined : { numerator, denominator }
}

/** The nearest double. For pictures and sorting; figures are written by {@link formatRatio}. */
export function toNumber({ numerator, denominator }: Ratio): number {
  if (typeof numerator === 'number' && typeof denominator === 'number') return numerator / denominator
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  const whole = n / d
  return Number(whole) + Number(n - whole * d) / Number(d)
}

/** numerator / denominator as decimal text with exactly `decimals` decimals, rounded half away from zero. */
export function formatRatio({ numerator, denominator }: Ratio, decimals: number): string {
  let n = BigInt(numerator) * 10n ** BigInt(decimals)
  let d = BigInt(denominator)
  if (d < 0n) {
    n = -n
    d = -d
  }
  const negative = n < 0n
  if (negative) n = -n
  const rounded = (2n * n + d) / (2n * d)
  return decimalText(negative ? -rounded : rounded, decimals, decimals)
}

/** A whole number at a decimal scale as text, with at least `decimals` decimals and more only where it needs them. */
export function decimalText(value: bigint, scale: number, decimals: number): string {
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  let fraction = digits.slice(digits.length - scale)
  let keep = fraction.length
  while (keep > decimals && fraction.charCodeAt(keep - 1) === 48) keep--
  fraction = fraction.slice(0, keep).padEnd(decimals, '0')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return negative ? `-${text}` : text
}
