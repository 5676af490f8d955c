import { type Nanos } from '../../base/time.js'
import { type OrdType, type TimeInForce } from '../command.js'
import { type OrderTerms } from '../event.js'
import { formatPrice, formatQuantity, type Instrument } from '../instrument.js'
import { type OrderQualifiers } from '../order-qualifiers.js'
import { refusal, type Refusal } from '../refusal.js'
import { type Price, type Quantity } from '../units.js'
import { checkCombination } from './combinations.js'

/** An iceberg shows itself in no more parts than this: each part that is met is a fill, and a walk is not to last for ever. */
export const MOST_PARTS = 10_000

/** What is checked of an order, new or as replaced. */
export interface CheckedTerms {
  readonly ordType: OrdType
  readonly timeInForce: TimeInForce
  readonly orderQty: Quantity
  readonly price: Price
  readonly qualifiers?: OrderQualifiers | undefined
}

/** Types that go without a limit, whatever was sent. */
export const hasLimit = (ordType: OrdType): boolean =>
  ordType === 'limit' || ordType === 'stopLimit' || ordType === 'pegged'

/**
 * Why an order with these terms cannot be taken, whatever the market is like; undefined where it can. The first reason,
 * in the README's order.
 */
export function checkTerms(instrument: Instrument, terms: CheckedTerms, now: Nanos): Refusal | undefined {
  const { ordType, timeInForce, orderQty, price, qualifiers } = terms
  if (!(orderQty > 0)) return refusal('PP1002', formatQuantity(instrument, orderQty))
  if (orderQty % instrument.lotSize !== 0) return offLot(instrument, orderQty)
  if (qualifiers !== undefined || ordType !== 'limit' || timeInForce === 'gtd') {
    const combination = checkCombination(ordType, timeInForce, qualifiers)
    if (combination !== undefined) return combination
  }
  const limit = hasLimit(ordType) && !(ordType === 'pegged' && price === 0)
  if (limit) {
    if (price === 0) return refusal('PP1006')
    const wrong = checkPrice(instrument, price)
    if (wrong !== undefined) return wrong
  }
  return qualifiers === undefined ? undefined : checkQualifiers(instrument, qualifiers, orderQty, now)
}

function checkQualifiers(
  instrument: Instrument,
  { stopPx, minQty, displayQty, peg, expireTime }: OrderQualifiers,
  orderQty: Quantity,
  now: Nanos
): Refusal | undefined {
  if (stopPx !== undefined) {
    const wrong = checkPrice(instrument, stopPx)
    if (wrong !== undefined) return wrong
  }
  if (minQty !== undefined) {
    const wrong = checkPart(instrument, 'minQty', minQty)
    if (wrong !== undefined) return wrong
    if (minQty > orderQty)
      return refusal('PP1019', 'minQty', formatQuantity(instrument, minQty), formatQuantity(instrument, orderQty))
  }
  if (displayQty !== undefined) {
    const wrong = checkPart(instrument, 'displayQty', displayQty)
    if (wrong !== undefined) return wrong
    if (displayQty > 0 && orderQty > displayQty * MOST_PARTS)
      return refusal(
        'PP1026',
        formatQuantity(instrument, displayQty),
        formatQuantity(instrument, orderQty),
        String(MOST_PARTS)
      )
  }
  if (peg !== undefined && peg.offset % instrument.tickSize !== 0) return offTick(instrument, peg.offset as Price)
  if (expireTime !== undefined && !(expireTime > now)) return refusal('PP1021')
  return undefined
}

function checkPrice(instrument: Instrument, price: Price): Refusal | undefined {
  if (!(price > 0)) return refusal('PP1005', formatPrice(instrument, price))
  return price % instrument.tickSize === 0 ? undefined : offTick(instrument, price)
}

function checkPart(instrument: Instrument, name: string, qty: Quantity): Refusal | undefined {
  if (!(qty >= 0)) return refusal('PP1018', name, formatQuantity(instrument, qty))
  return qty % instrument.lotSize === 0 ? undefined : offLot(instrument, qty)
}

const offTick = (instrument: Instrument, price: Price): Refusal =>
  refusal('PP1003', formatPrice(instrument, price), formatPrice(instrument, instrument.tickSize))

const offLot = (instrument: Instrument, qty: Quantity): Refusal =>
  refusal('PP1004', formatQuantity(instrument, qty), formatQuantity(instrument, instrument.lotSize))

/** Times in force under which what a walk leaves rests on the book. */
export const isLasting = (timeInForce: TimeInForce): boolean =>
  timeInForce === 'day' || timeInForce === 'gtc' || timeInForce === 'gtd'

/** Whether what its walk leaves of an order rests on the book. */
export const mayRest = ({ ordType, timeInForce }: OrderTerms): boolean =>
  (ordType === 'limit' || ordType === 'pegged') && isLasting(timeInForce)
