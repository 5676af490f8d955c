import type { CancelOrder } from '../../exchange/command.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import type { RequestContext } from './request-context.js'

/** OrderCancelRequest (35=F) as the command it stands for. The order is named by OrigClOrdID alone, as the chain demands. */
export function orderCancelRequest(message: FixMessage, { time, session }: RequestContext): CancelOrder {
  return {
    kind: 'cancel',
    time,
    session,
    clOrdId: message.string(Tag.ClOrdID) ?? '',
    origClOrdId: message.string(Tag.OrigClOrdID) ?? ''
  }
}
