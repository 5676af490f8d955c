import { formatPrice, formatQuantity, type Instrument } from '../../exchange/instrument.js'
import { refusal, type Refusal } from '../../exchange/refusal.js'
import { price, quantity, type Price, type Quantity } from '../../exchange/units.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'

/** The most decimals that a value is read with to tell "off the tick" from "beyond what the exchange can represent". */
const MOST_DECIMALS = 15

/** A price, Price (44) unless told: undefined where absent, a refusal where the instrument's units cannot hold it. */
export function readPrice(
  message: FixMessage,
  instrument: Instrument,
  tag: number = Tag.Price,
  name = 'Price'
): Price | Refusal | undefined {
  const value = message.decimal(tag, instrument.priceScale)
  if (value === undefined) return undefined
  if (!Number.isNaN(value)) return price(value)
  const text = message.string(tag) ?? ''
  return hasMoreDecimals(text)
    ? refusal('PP1003', text, formatPrice(instrument, instrument.tickSize))
    : refusal('PP1011', name, text)
}

/** A quantity, OrderQty (38) unless told: undefined where absent, a refusal where the instrument's units cannot hold it. */
export function readQuantity(
  message: FixMessage,
  instrument: Instrument,
  tag: number = Tag.OrderQty,
  name = 'OrderQty'
): Quantity | Refusal | undefined {
  const value = message.decimal(tag, instrument.quantityScale)
  if (value === undefined) return undefined
  if (!Number.isNaN(value)) return quantity(value)
  const text = message.string(tag) ?? ''
  return hasMoreDecimals(text)
    ? refusal('PP1004', text, formatQuantity(instrument, instrument.lotSize))
    : refusal('PP1011', name, text)
}

export function isRefusal(value: number | object | undefined): value is Refusal {
  return typeof value === 'object' && 'code' in value
}

function hasMoreDecimals(text: string): boolean {
  const whole = text.split('.')[0].replace('-', '')
  return text.includes('.') && whole.length < MOST_DECIMALS
}
