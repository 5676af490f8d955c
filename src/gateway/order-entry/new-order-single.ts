import type { NewOrder, RefuseRequest } from '../../exchange/command.js'
import { hasLimit } from '../../exchange/order/order-checks.js'
import { refusal } from '../../exchange/refusal.js'
import { price, quantity } from '../../exchange/units.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import { ordTypeOf, sideOf, timeInForceCode, timeInForceOf } from '../codes.js'
import { orderTagsOf } from './order-tags.js'
import { isRefusal, readOrderQty, readPrice } from './order-values.js'
import { readQualifiers } from './read-qualifiers.js'
import { refuse } from './refuse.js'
import type { RequestContext } from './request-context.js'

/** NewOrderSingle (35=D) as the command it stands for. What the exchange itself checks (tick, lot, duplicates) is left to it. */
export function newOrderSingle(message: FixMessage, context: RequestContext): NewOrder | RefuseRequest {
  const symbol = message.string(Tag.Symbol) ?? ''
  const instrument = context.instrumentOf(symbol)
  if (!instrument) return refuse(message, 'new', refusal('PP1007', symbol), context)
  const halt = context.haltOf(instrument)
  if (halt) return refuse(message, 'new', halt, context)
  const side = sideOf(message.char(Tag.Side))
  if (!side) return refuse(message, 'new', refusal('PP1010', message.string(Tag.Side) ?? ''), context)
  const ordType = ordTypeOf(message.char(Tag.OrdType))
  if (!ordType) return refuse(message, 'new', refusal('PP1008', message.string(Tag.OrdType) ?? ''), context)
  // Absent TimeInForce means DAY (FIX 4.4 vol. 6, tag 59).
  const timeInForce = timeInForceOf(message.char(Tag.TimeInForce) || timeInForceCode.day)
  if (!timeInForce) return refuse(message, 'new', refusal('PP1009', message.string(Tag.TimeInForce) ?? ''), context)
  const orderQty = readOrderQty(message, instrument)
  if (isRefusal(orderQty)) return refuse(message, 'new', orderQty, context)
  const limit = hasLimit(ordType) ? readPrice(message, instrument) : undefined
  if (isRefusal(limit)) return refuse(message, 'new', limit, context)
  const qualifiers = readQualifiers(message, instrument, context)
  if (isRefusal(qualifiers)) return refuse(message, 'new', qualifiers, context)
  return {
    kind: 'new',
    time: context.time,
    session: context.session,
    clOrdId: message.string(Tag.ClOrdID) ?? '',
    instrument: instrument.no,
    side,
    ordType,
    timeInForce,
    orderQty: orderQty ?? quantity(0),
    price: limit ?? price(0),
    tags: orderTagsOf(message),
    qualifiers
  }
}
