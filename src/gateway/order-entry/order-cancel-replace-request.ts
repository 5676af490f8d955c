import type { OrderTags, RefuseRequest, ReplaceOrder } from '../../exchange/command.js'
import { hasLimit } from '../../exchange/order/order-checks.js'
import { refusal } from '../../exchange/refusal.js'
import type { OrderState } from '../../exchange/event.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import { ordTypeOf, sideOf, timeInForceOf } from '../codes.js'
import { replacingTags } from './order-routing.js'
import { orderTagsOf } from './order-tags.js'
import { isRefusal, readOrderQty, readPrice } from './order-values.js'
import { readQualifiers } from './read-qualifiers.js'
import { refuse } from './refuse.js'
import type { RequestContext } from './request-context.js'

/**
 * OrderCancelReplaceRequest (35=G) as the command it stands for. `order` is what OrigClOrdID names now, if anything: it
 * tells that the request keeps the order's instrument and side, which no replace can change. `old` are the order's tags, which
 * are known as soon as it is asked for.
 */
export function orderCancelReplaceRequest(
  message: FixMessage,
  order: OrderState | undefined,
  old: OrderTags,
  context: RequestContext
): ReplaceOrder | RefuseRequest {
  const no = (...details: Parameters<typeof refusal>): RefuseRequest =>
    refuse(message, 'replace', refusal(...details), context)
  const symbol = message.string(Tag.Symbol) ?? ''
  const instrument = context.instrumentOf(symbol)
  if (!instrument) return no('PP1007', symbol)
  const halt = context.haltOf(instrument)
  if (halt) return refuse(message, 'replace', halt, context)
  const side = sideOf(message.char(Tag.Side))
  if (order && instrument.no !== order.terms.instrument) return no('PP2005', 'Symbol')
  if (order && side !== order.terms.side) return no('PP2005', 'Side')
  const ordType = ordTypeOf(message.char(Tag.OrdType))
  if (!ordType) return no('PP1008', message.string(Tag.OrdType) ?? '')
  const timeInForce = message.has(Tag.TimeInForce) ? timeInForceOf(message.char(Tag.TimeInForce)) : undefined
  if (message.has(Tag.TimeInForce) && !timeInForce) return no('PP1009', message.string(Tag.TimeInForce) ?? '')
  const orderQty = readOrderQty(message, instrument)
  if (isRefusal(orderQty)) return refuse(message, 'replace', orderQty, context)
  const limit = hasLimit(ordType) ? readPrice(message, instrument) : undefined
  if (isRefusal(limit)) return refuse(message, 'replace', limit, context)
  const qualifiers = readQualifiers(message, instrument, context, order?.terms.qualifiers)
  if (isRefusal(qualifiers)) return refuse(message, 'replace', qualifiers, context)
  return {
    kind: 'replace',
    time: context.time,
    session: context.session,
    clOrdId: message.string(Tag.ClOrdID) ?? '',
    origClOrdId: message.string(Tag.OrigClOrdID) ?? '',
    orderQty,
    price: limit,
    ordType,
    timeInForce,
    tags: replacingTags(orderTagsOf(message), old),
    qualifiers
  }
}
