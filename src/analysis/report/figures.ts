import { times, type Exact } from '../exact.js'
import { formatRatio, ratio, type Ratio } from '../ratio.js'
import { formatMarkRatio, formatMoney, toMoney, type MarkScale } from '../tca/marks.js'

/** One measure in the three ways that people read it, decimals as text. */
export interface Figure {
  /** In the instrument's currency: exact where the amount is, so that parts add up; an average's to 6 decimals. */
  readonly money: string
  /** In basis points of the measure's benchmark notional; null where that is 0 or unknown. */
  readonly bp: string | null
  /** In price, per unit of the measure's quantity; null where that is 0. */
  readonly price: string | null
}

/** What a measure refers to: the notional of its basis points and the quantity of its price. */
export interface Base {
  readonly notional: Exact | Ratio | undefined
  readonly quantity: Exact
}

const BP_DECIMALS = 4
const MONEY_DECIMALS = 6

/** A measure as text, null where there is none. `amount` is in marks x quantity units, whole or a fraction. */
export function figure(
  amount: Exact | Ratio | undefined,
  { notional = 0, quantity }: Base,
  scale: MarkScale
): Figure | null {
  if (amount === undefined) return null
  const { numerator, denominator } = fraction(amount)
  const perUnit = ratio(numerator, times(denominator, quantity))
  const perNotional = basisPoints(amount, notional)
  return {
    money: typeof amount === 'object' ? roundedMoney(amount, scale) : formatMoney(toMoney(amount, scale)),
    bp: perNotional ? formatRatio(perNotional, BP_DECIMALS) : null,
    price: perUnit ? formatMarkRatio(perUnit, scale, scale.instrument.priceDecimals + 4) : null
  }
}

/** amount / notional in basis points; undefined where the notional is 0. */
export function basisPoints(amount: Exact | Ratio, notional: Exact | Ratio): Ratio | undefined {
  const a = fraction(amount)
  const n = fraction(notional)
  return ratio(times(times(a.numerator, n.denominator), 10_000), times(a.denominator, n.numerator))
}

/** A share of something between 0 and 1, as text; null where there is nothing to share. */
export function share(part: Exact, whole: Exact): string | null {
  const value = ratio(part, whole)
  return value ? formatRatio(value, 6) : null
}

function fraction(value: Exact | Ratio): Ratio {
  return typeof value === 'object' ? value : { numerator: value, denominator: 1 }
}

function roundedMoney({ numerator, denominator }: Ratio, scale: MarkScale): string {
  const money = toMoney(numerator, scale)
  return formatRatio(
    { numerator: money.units, denominator: times(denominator, 10n ** BigInt(money.scale)) },
    MONEY_DECIMALS
  )
}
