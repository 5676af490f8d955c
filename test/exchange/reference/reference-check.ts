import { type OrderTerms } from '../../../src/exchange/event.js'
import { formatPrice, formatQuantity, type Instrument } from '../../../src/exchange/instrument.js'
import { refusal, type Refusal } from '../../../src/exchange/refusal.js'

/** What is wrong with the terms of a new or replaced order, the first fault in the order of the rules. */
export function faultOf(terms: OrderTerms, instrument: Instrument): Refusal | undefined {
  const qty = formatQuantity(instrument, terms.orderQty)
  const limit = formatPrice(instrument, terms.price)
  const lot = formatQuantity(instrument, instrument.lotSize)
  const tick = formatPrice(instrument, instrument.tickSize)
  if (terms.orderQty <= 0) return refusal('PP1002', qty)
  if (terms.orderQty % instrument.lotSize !== 0) return refusal('PP1004', qty, lot)
  if (terms.ordType === 'market') return undefined
  if (terms.price === 0) return refusal('PP1006')
  if (terms.price < 0) return refusal('PP1005', limit)
  if (terms.price % instrument.tickSize !== 0) return refusal('PP1003', limit, tick)
  return undefined
}
