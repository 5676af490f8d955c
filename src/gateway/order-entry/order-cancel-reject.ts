import type { RequestRejected } from '../../exchange/event.js'
import { refusalText } from '../../exchange/refusal.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { ordStatusCode, responseToCode } from '../codes.js'
import type { PendingStatus } from '../requests-under-way.js'
import { NO_CL_ORD_ID, NO_ORDER_ID, type OrderIds } from '../order-ids.js'
import { REJECT_REASONS } from '../reject-reasons.js'
import { writeOrderTags } from './order-tags.js'

/**
 * OrderCancelReject (35=9) on a refused cancel or replace. An order that is not known is rejected by OrderID NONE (FIX 4.4
 * vol. 4), and a request that names none by OrigClOrdID NONE, as the field is required.
 */
export function writeOrderCancelReject(
  out: MessageWriter,
  ids: OrderIds,
  event: RequestRejected,
  pending?: PendingStatus
): void {
  const { order } = event
  const tags = order?.terms.tags ?? []
  let kept = writeOrderTags(out, tags, 0, Tag.ClOrdID)
  out
    .string(Tag.ClOrdID, event.clOrdId)
    .string(Tag.OrderID, order ? ids.orderId(order.terms) : NO_ORDER_ID)
    .char(Tag.OrdStatus, order ? ordStatusCode[pending ?? order.status] : ordStatusCode.rejected)
    .string(Tag.OrigClOrdID, event.origClOrdId || NO_CL_ORD_ID)
    .string(Tag.Text, refusalText(event.refusal))
    .timestamp(Tag.TransactTime, event.time)
    .int(Tag.CxlRejReason, REJECT_REASONS[event.refusal.code].cxlRejReason)
    .char(Tag.CxlRejResponseTo, responseToCode[event.request])
  // 35=9 has no OrderCapacity; the links and the client's own tags are repeated.
  for (; kept < tags.length; kept++) {
    const [tag, value] = tags[kept]
    if (tag !== Tag.OrderCapacity && tag > Tag.CxlRejResponseTo) out.string(tag, value)
  }
}
