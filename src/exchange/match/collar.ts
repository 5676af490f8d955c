import { type Book } from '../book/book.js'
import { mulDivFloor } from '../mul-div.js'
import { formatPrice } from '../instrument.js'
import { type CheckedTerms } from '../order/order-checks.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Price, type Side } from '../units.js'

/**
 * How far orders of a side may trade now: a buy no higher, a sell no lower than this price; undefined where the
 * instrument has no collar, or nothing to measure it from. Measured from the last trade, else from the middle of the
 * displayed quotes.
 */
export function collarPrice(book: Book, side: Side): number | undefined {
  const { collar } = book.instrument.rules
  if (collar === undefined) return undefined
  const reference = referenceOf(book)
  if (reference === undefined) return undefined
  const width =
    collar.kind === 'ticks'
      ? collar.ticks * book.instrument.tickSize
      : mulDivFloor(reference, collar.basisPoints, 10_000)
  return reference + side * width
}

function referenceOf({ trades, bids, asks }: Book): number | undefined {
  if (!Number.isNaN(trades.last)) return trades.last
  const bid = bids.bestDisplayed()
  const ask = asks.bestDisplayed()
  return bid === undefined || ask === undefined ? undefined : Math.floor((bid.price + ask.price) / 2)
}

/** Why the collar does not take an order: its limit is further than orders of its side may trade. */
export function checkCollar(book: Book, terms: CheckedTerms & { readonly side: Side }): Refusal | undefined {
  const { side, price, ordType } = terms
  if (ordType !== 'limit' && ordType !== 'stopLimit') return undefined
  const bound = collarPrice(book, side)
  if (bound === undefined || side * (price - bound) <= 0) return undefined
  return refusal('PP1020', formatPrice(book.instrument, price), formatPrice(book.instrument, bound as Price))
}
