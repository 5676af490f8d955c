import type { OrderTags, RefuseRequest } from '../../exchange/command.js'
import type { Refusal } from '../../exchange/refusal.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import { ROUTING_TAGS } from './order-routing.js'
import type { RequestContext } from './request-context.js'

/** What a report repeats of a refused order, as it was sent, in ascending tag order. */
const REPEATED: readonly number[] = [
  Tag.Account,
  Tag.ExecInst,
  Tag.OrderQty,
  Tag.OrdType,
  Tag.Price,
  Tag.Side,
  Tag.Symbol,
  Tag.TimeInForce,
  Tag.StopPx,
  Tag.MinQty,
  Tag.MaxFloor,
  ...ROUTING_TAGS,
  Tag.SecondaryClOrdID,
  Tag.OrderCapacity,
  Tag.ClOrdLinkID
]

/** The command that records a request which the exchange could not have represented. */
export function refuse(
  message: FixMessage,
  request: RefuseRequest['request'],
  refusal: Refusal,
  { time, session }: RequestContext
): RefuseRequest {
  return {
    kind: 'refuse',
    time,
    session,
    clOrdId: message.string(Tag.ClOrdID) ?? '',
    request,
    origClOrdId: message.string(Tag.OrigClOrdID) ?? '',
    refusal,
    tags: REPEATED.flatMap((tag): OrderTags => {
      const value = message.string(tag)
      return value === undefined ? [] : [[tag, value]]
    })
  }
}
