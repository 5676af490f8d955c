import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import type { BusinessReject } from '../business-reject.js'

/** BusinessMessageReject (35=j) on a message that is valid FIX and that the venue does not serve. */
export function writeBusinessMessageReject(out: MessageWriter, message: FixMessage, reject: BusinessReject): void {
  out.int(Tag.RefSeqNum, message.msgSeqNum).string(Tag.Text, reject.text).string(Tag.RefMsgType, message.msgType)
  const clOrdId = message.string(Tag.ClOrdID)
  if (clOrdId !== undefined) out.string(Tag.BusinessRejectRefID, clOrdId)
  out.int(Tag.BusinessRejectReason, reject.reason)
}
