import { times, type Exact } from '../exact.js'
import { formatRatio, ratio, type Ratio } from '../ratio.js'
import { formatMarkRatio, toMoney, type MarkScale } from '../tca/marks.js'

/** One measure in the three ways that people read it, decimals as text; undefined where it could not be measured. */
export interface Figure {
  /** In the instrument's currency, to the cent unless it is exact in fewer. */
  readonly money: string
  /** In basis points of the measure's benchmark notional; undefined where that is 0. */
  readonly bp: string | undefined
  /** In price, per unit of the measure's quantity; undefined where that is 0. */
  readonly price: string | undefined
}

/** What a measure refers to: the notional of its basis points and the quantity of its price. */
export interface Base {
  readonly notional: Exact | undefined
  readonly quantity: Exact
}

const MONEY_DECIMALS = 4
const BP_DECIMALS = 4

/** A measure as text. `amount` is in marks x quantity units, whole or a fraction. */
export function figure(amount: Exact | Ratio | undefined, { notional, quantity }: Base, scale: MarkScale): Figure | undefined {
  if (amount === undefined) return undefined
  const { numerator, denominator } = typeof amount === 'object' ? amount : { numerator: amount, denominator: 1 }
  const perNotional = ratio(times(numerator, 10_000), times(denominator, notional ?? 0))
  const perUnit = ratio(numerator, times(denominator, quantity))
  const money = toMoney(numerator, scale)
  return {
    money: formatRatio(
      { numerator: money.units, denominator: times(denominator, 10n ** BigInt(money.scale)) },
      MONEY_DECIMALS
    ),
    bp: perNotional && formatRatio(perNotional, BP_DECIMALS),
    price: perUnit && formatMarkRatio(perUnit, scale, scale.instrument.priceDecimals + 4)
  }
}

/** A share of something between 0 and 1, as text; undefined where there is nothing to share. */
export function share(part: Exact, whole: Exact): string | undefined {
  const value = ratio(part, whole)
  return value && formatRatio(value, 6)
}
