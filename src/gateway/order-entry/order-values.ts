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
  const offTick = (text: string): Refusal => refusal('PP1003', text, formatPrice(instrument, instrument.tickSize))
  const value = readUnits(message, tag, name, instrument.priceScale, offTick)
  return typeof value === 'number' ? price(value) : value
}

/** A quantity, OrderQty (38) unless told: undefined where absent, a refusal where the instrument's units cannot hold it. */
export function readQuantity(
  message: FixMessage,
  instrument: Instrument,
  tag: number = Tag.OrderQty,
  name = 'OrderQty'
): Quantity | Refusal | undefined {
  const offLot = (text: string): Refusal => refusal('PP1004', text, formatQuantity(instrument, instrument.lotSize))
  const value = readUnits(message, tag, name, instrument.quantityScale, offLot)
  return typeof value === 'number' ? quantity(value) : value
}

/** The quantity of an order by OrderQty (38), the only one of its three forms that the venue takes. */
export function readOrderQty(message: FixMessage, instrument: Instrument): Quantity | Refusal | undefined {
  if (message.has(Tag.OrderQty)) return readQuantity(message, instrument)
  if (message.has(Tag.CashOrderQty)) return refusal('PP1024', 'CashOrderQty')
  return message.has(Tag.OrderPercent) ? refusal('PP1024', 'OrderPercent') : undefined
}

/** @param between the refusal of a value that lies between two units */
function readUnits(
  message: FixMessage,
  tag: number,
  name: string,
  scale: number,
  between: (text: string) => Refusal
): number | Refusal | undefined {
  const value = message.decimal(tag, scale)
  if (value === undefined || !Number.isNaN(value)) return value
  const text = message.string(tag) ?? ''
  return hasMoreDecimals(text) ? between(text) : refusal('PP1011', name, text)
}

export function isRefusal(value: number | object | undefined): value is Refusal {
  return typeof value === 'object' && 'code' in value
}

function hasMoreDecimals(text: string): boolean {
  const whole = text.split('.')[0].replace('-', '')
  return text.includes('.') && whole.length < MOST_DECIMALS
}
