import type { Nanos } from '../../base/time.js'
import { refusal, refusalText } from '../../exchange/refusal.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { ExecType, ordStatusCode } from '../codes.js'
import { NO_EXEC_ID, NO_ORDER_ID } from '../order-ids.js'
import { REJECT_REASONS } from '../reject-reasons.js'

/** ExecutionReport (35=8, 150=I) on a status request for an order that the venue does not have: 39=8, 103=5. */
export function writeUnknownOrderStatus(out: MessageWriter, message: FixMessage, time: Nanos): void {
  const clOrdId = message.string(Tag.ClOrdID) ?? ''
  const unknown = refusal('PP2001', clOrdId)
  out
    .int(Tag.AvgPx, 0)
    .string(Tag.ClOrdID, clOrdId)
    .int(Tag.CumQty, 0)
    .string(Tag.ExecID, NO_EXEC_ID)
    .string(Tag.OrderID, NO_ORDER_ID)
    .char(Tag.OrdStatus, ordStatusCode.rejected)
    .string(Tag.Side, message.string(Tag.Side) ?? '')
    .string(Tag.Symbol, message.string(Tag.Symbol) ?? '')
    .string(Tag.Text, refusalText(unknown))
    .timestamp(Tag.TransactTime, time)
    .int(Tag.OrdRejReason, REJECT_REASONS[unknown.code].ordRejReason)
    .char(Tag.ExecType, ExecType.OrderStatus)
    .int(Tag.LeavesQty, 0)
    .string(Tag.OrdStatusReqID, message.string(Tag.OrdStatusReqID) ?? '')
}
