import { nanos, type Nanos } from '../../base/time.js'

/**
 * What the market side of a book shows at a moment, as a model takes it (README.md has the formulas). Prices and quantities
 * count in the instrument's units. NaN: not defined, as a side of the book is empty.
 */
export interface Features {
  time: Nanos
  /** The best prices and what stands there; 0 for an empty side. */
  bidPrice: number
  bidQty: number
  askPrice: number
  askQty: number
  spread: number
  /** Not a whole number of price units. */
  microprice: number
  /** From -1 (only offers) to 1 (only bids), over the best level, five and ten. */
  imbalance1: number
  imbalance5: number
  imbalance10: number
  /** Quantity of the ten best levels. */
  bidDepth: number
  askDepth: number
  /** Quantity bought less quantity sold by aggressors within the window. */
  tradeFlow: number
  /** Sum of squared logarithmic returns of the mid within the window. */
  realisedVariance: number
}

/** Features to be filled in. */
export function emptyFeatures(): Features {
  return {
    time: nanos(0),
    bidPrice: 0,
    bidQty: 0,
    askPrice: 0,
    askQty: 0,
    spread: Number.NaN,
    microprice: Number.NaN,
    imbalance1: Number.NaN,
    imbalance5: Number.NaN,
    imbalance10: Number.NaN,
    bidDepth: 0,
    askDepth: 0,
    tradeFlow: 0,
    realisedVariance: 0
  }
}
