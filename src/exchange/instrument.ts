import { decimalsOf, formatDecimal, parseDecimal, powerOfTen } from '../base/decimal.js'
import { tradingRules, type TradingRules } from './trading-rules.js'
import { price, quantity, type InstrumentNo, type Price, type Quantity } from './units.js'

/** How much the feed of an instrument tells: every order, price levels, or the best quote and trades. */
export type FeedKind = 'l3' | 'l2' | 'l1'

export interface Instrument {
  readonly no: InstrumentNo
  readonly symbol: string
  /** Decimals of a price unit. At least the tick's decimals; more where the feed prints inside the tick. */
  readonly priceScale: number
  /** Minimum price increment of an order, in price units. */
  readonly tickSize: Price
  /** Decimals of a quantity unit. */
  readonly quantityScale: number
  /** Minimum quantity increment of an order, in quantity units. */
  readonly lotSize: Quantity
  /** Decimals that every price leaves with: those of the tick as it was written. */
  readonly priceDecimals: number
  /** Decimals that every quantity leaves with: those of the lot as it was written. */
  readonly quantityDecimals: number
  readonly feed: FeedKind
  /** ISO 4217, tag 15. */
  readonly currency: string
  /** ISO 10383 market identifier, tag 30. */
  readonly market: string
  readonly rules: TradingRules
}

/** More do not fit beside a digit before the point: 2^53 has 16 digits. */
const MOST_DECIMALS = 15

/** An instrument as a person writes it: decimals as text, never as floating point. */
export interface InstrumentTerms {
  readonly symbol: string
  readonly tickSize: string
  readonly lotSize: string
  readonly priceScale?: number
  readonly quantityScale?: number
  readonly feed?: FeedKind
  readonly currency?: string
  readonly market?: string
  readonly rules?: Partial<TradingRules>
}

/** @throws RangeError where tick or lot is no positive decimal or does not fit its scale, a scale is out of range, or a rule has no such value. */
export function instrument(no: InstrumentNo, terms: InstrumentTerms): Instrument {
  const priceDecimals = decimalsOf(terms.tickSize)
  const quantityDecimals = decimalsOf(terms.lotSize)
  const priceScale = terms.priceScale ?? priceDecimals
  const quantityScale = terms.quantityScale ?? quantityDecimals
  for (const scale of [priceScale, quantityScale]) {
    if (!(scale >= 0 && scale <= MOST_DECIMALS)) {
      throw new RangeError(`${terms.symbol} has ${scale} decimals; expected at most ${MOST_DECIMALS}`)
    }
  }
  const tickSize = parseDecimal(terms.tickSize, priceScale)
  const lotSize = parseDecimal(terms.lotSize, quantityScale)
  if (!(tickSize > 0))
    throw new RangeError(
      `tick size "${terms.tickSize}" of ${terms.symbol} is no positive decimal at scale ${priceScale}`
    )
  if (!(lotSize > 0))
    throw new RangeError(
      `lot size "${terms.lotSize}" of ${terms.symbol} is no positive decimal at scale ${quantityScale}`
    )
  return Object.freeze({
    no,
    symbol: terms.symbol,
    priceScale,
    tickSize: price(tickSize),
    quantityScale,
    lotSize: quantity(lotSize),
    priceDecimals,
    quantityDecimals,
    feed: terms.feed ?? 'l2',
    currency: terms.currency ?? 'USD',
    market: terms.market ?? 'XPPT',
    rules: tradingRules(terms.rules ?? {})
  })
}

/** "577.20": exactly the tick's decimals, more only for a price inside the tick. */
export function formatPrice(instrument: Instrument, value: Price): string {
  return formatDecimal(value, instrument.priceScale, instrument.priceDecimals)
}

export function formatQuantity(instrument: Instrument, value: Quantity): string {
  return formatDecimal(value, instrument.quantityScale, instrument.quantityDecimals)
}

/** Price units times quantity units of one unit of money: 10^(priceScale + quantityScale). */
export function notionalUnit(instrument: Instrument): number {
  return powerOfTen(instrument.priceScale + instrument.quantityScale)
}
