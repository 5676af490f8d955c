import { formatPrice, formatQuantity, type Instrument } from '../instrument.js'
import { refusal, type Refusal } from '../refusal.js'
import { type OrdType } from '../command.js'
import { type OrderTerms } from '../event.js'
import { type Price, type Quantity } from '../units.js'

/** Why an order with these terms cannot be taken, or undefined where it can. The first reason, in the README's order. */
export function checkTerms(
  instrument: Instrument,
  ordType: OrdType,
  orderQty: Quantity,
  price: Price
): Refusal | undefined {
  if (!(orderQty > 0)) return refusal('PP1002', formatQuantity(instrument, orderQty))
  if (orderQty % instrument.lotSize !== 0)
    return refusal('PP1004', formatQuantity(instrument, orderQty), formatQuantity(instrument, instrument.lotSize))
  if (ordType === 'market') return undefined
  if (price === 0) return refusal('PP1006')
  if (!(price > 0)) return refusal('PP1005', formatPrice(instrument, price))
  if (price % instrument.tickSize !== 0)
    return refusal('PP1003', formatPrice(instrument, price), formatPrice(instrument, instrument.tickSize))
  return undefined
}

/** Whether what its walk leaves of an order rests on the book. */
export const mayRest = ({ ordType, timeInForce }: OrderTerms): boolean =>
  ordType === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc')
