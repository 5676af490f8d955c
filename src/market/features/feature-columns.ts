import { powerOfTen } from '../../base/decimal.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { Features } from './features.js'

/** A column of a table of features: a number in the instrument's currency, in quantity, or without a unit; NaN where it is not defined. */
export interface FeatureColumn {
  readonly name: string
  value(features: Features, instrument: Instrument): number
}

type Numbers = Exclude<keyof Features, 'time'>

const asPrice = (name: Numbers): FeatureColumn => ({
  name,
  value: (features, { priceScale }) => features[name] / powerOfTen(priceScale)
})
const asQuantity = (name: Numbers): FeatureColumn => ({
  name,
  value: (features, { quantityScale }) => features[name] / powerOfTen(quantityScale)
})
const plain = (name: Numbers): FeatureColumn => ({ name, value: (features) => features[name] })

/** A best price is not defined where nothing stands there. */
const best = (name: 'bidPrice' | 'askPrice', qty: 'bidQty' | 'askQty'): FeatureColumn => ({
  name,
  value: (features, { priceScale }) => (features[qty] > 0 ? features[name] / powerOfTen(priceScale) : Number.NaN)
})

/** In the order of the files; README.md says what each is. */
export const FEATURE_COLUMNS: readonly FeatureColumn[] = [
  best('bidPrice', 'bidQty'),
  asQuantity('bidQty'),
  best('askPrice', 'askQty'),
  asQuantity('askQty'),
  asPrice('spread'),
  asPrice('microprice'),
  plain('imbalance1'),
  plain('imbalance5'),
  plain('imbalance10'),
  asQuantity('bidDepth'),
  asQuantity('askDepth'),
  asQuantity('tradeFlow'),
  plain('realisedVariance')
]

/** The columns of one row as CSV cells: the shortest decimal that is the number, nothing for one that is not defined. */
export function featureCells(features: Features, instrument: Instrument): string {
  return FEATURE_COLUMNS.map(({ value }) => {
    const number = value(features, instrument)
    return Number.isNaN(number) ? '' : String(number)
  }).join(',')
}
