import { type Book } from '../book/book.js'
import { price, type Price, type Side } from '../units.js'
import { type CheckedTerms } from './order-checks.js'

/** A post-only order that cannot be taken, as no price of its own keeps it from taking liquidity. */
export const TAKES_LIQUIDITY = 'takes liquidity'

/**
 * Where a post-only order goes that would take liquidity at its limit: one tick behind what it would meet.
 * @returns undefined where it goes to its limit
 */
export function postOnlyPrice(
  book: Book,
  { side, price: limit, qualifiers }: CheckedTerms & { readonly side: Side }
): Price | typeof TAKES_LIQUIDITY | undefined {
  const postOnly = qualifiers?.postOnly
  if (postOnly === undefined || !book.state.continuous) return undefined
  const met = book.opposite(side).bestReachable()
  if (met === undefined || side * (limit - met.price) < 0) return undefined
  if (postOnly === 'reject') return TAKES_LIQUIDITY
  const { tickSize } = book.instrument
  const ticks = met.price / tickSize
  const behind = (side === 1 ? Math.ceil(ticks) - 1 : Math.floor(ticks) + 1) * tickSize
  return behind > 0 ? price(behind) : TAKES_LIQUIDITY
}
