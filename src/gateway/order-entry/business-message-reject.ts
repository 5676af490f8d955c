import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'

/** BusinessMessageReject (35=j) on a message that is valid FIX and that the venue does not serve. */
export function writeBusinessMessageReject(
  out: MessageWriter,
  message: FixMessage,
  reason: number,
  text: string
): void {
  out.int(Tag.RefSeqNum, message.msgSeqNum).string(Tag.Text, text).string(Tag.RefMsgType, message.msgType)
  const clOrdId = message.string(Tag.ClOrdID)
  if (clOrdId !== undefined) out.string(Tag.BusinessRejectRefID, clOrdId)
  out.int(Tag.BusinessRejectReason, reason)
}
