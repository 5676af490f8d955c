import type { Nanos } from '../base/time.js'
import type { OrderQualifiers } from '../exchange/order-qualifiers.js'
import type { InstrumentNo, Price } from '../exchange/units.js'
import type { InstrumentText } from './instrument-text.js'

/**
 * Qualifiers as JSON that a person reads: prices and quantities as decimal text, times in ISO 8601; null without any.
 * `instrument` is undefined where it is not known: prices and quantities are left out then.
 */
export function qualifiersText(
  qualifiers: OrderQualifiers | undefined,
  instrument: InstrumentNo | undefined,
  text: InstrumentText,
  time: (at: Nanos) => string
): string | null {
  if (qualifiers === undefined) return null
  const { stopPx, minQty, displayQty, allOrNone, postOnly, peg, expireTime, selfMatch } = qualifiers
  const known = instrument !== undefined
  return JSON.stringify({
    stopPx: known && stopPx !== undefined ? text.price(instrument, stopPx) : undefined,
    minQty: known && minQty !== undefined ? text.quantity(instrument, minQty) : undefined,
    displayQty: known && displayQty !== undefined ? text.quantity(instrument, displayQty) : undefined,
    allOrNone,
    postOnly,
    peg: known &&
      peg && {
        reference: peg.reference,
        offset: text.price(instrument, peg.offset as Price),
        price: peg.price === undefined ? undefined : text.price(instrument, peg.price)
      },
    expireTime: expireTime === undefined ? undefined : time(expireTime),
    selfMatch
  })
}
