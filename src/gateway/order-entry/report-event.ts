import type { ExchangeEvent, OrderProgress, RequestRejected } from '../../exchange/event.js'
import { quantity } from '../../exchange/units.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { ExecType, restatementCode } from '../codes.js'
import { eventStatus } from '../../exchange/event-status.js'
import type { PendingStatus } from '../requests-under-way.js'
import { writeExecutionReport, writeRejectedRequest, type ReportContext } from './execution-report.js'

const NOTHING_DONE: OrderProgress = { cumQty: quantity(0), leavesQty: quantity(0), notional: 0 }

/**
 * The ExecutionReport (35=8) of an event: 150 and 39 by FIX 4.4 vol. 4, appendix D.
 * @param pending what is pending for the order still
 */
export function writeEventReport(
  out: MessageWriter,
  context: ReportContext,
  event: Exclude<ExchangeEvent, RequestRejected>,
  pending?: PendingStatus
): void {
  const { time } = event
  const execId = context.ids.execId(event.execId)
  const ordStatus = pending ?? eventStatus(event)
  switch (event.kind) {
    case 'new':
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.New,
        ordStatus,
        execId,
        time,
        clOrdId: event.terms.clOrdId
      })
    case 'trade':
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.Trade,
        ordStatus,
        execId,
        time,
        clOrdId: event.terms.clOrdId,
        fill: event
      })
    case 'canceled':
      // An answer to a request carries the request's ClOrdID and names the order's own as OrigClOrdID.
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.Canceled,
        ordStatus,
        execId,
        time,
        clOrdId: event.clOrdId ?? event.terms.clOrdId,
        origClOrdId: event.clOrdId === undefined ? undefined : event.terms.clOrdId,
        reason: event.reason
      })
    case 'expired':
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.Expired,
        ordStatus,
        execId,
        time,
        clOrdId: event.terms.clOrdId,
        reason: event.reason
      })
    case 'replaced':
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.Replaced,
        ordStatus,
        execId,
        time,
        clOrdId: event.terms.clOrdId,
        origClOrdId: event.origClOrdId
      })
    case 'restated':
      return writeExecutionReport(out, context, event.terms, event, {
        execType: ExecType.Restated,
        ordStatus,
        execId,
        time,
        clOrdId: event.terms.clOrdId,
        restatement: restatementCode[event.cause]
      })
    case 'rejected':
      if (!event.terms) return writeRejectedRequest(out, context, event)
      return writeExecutionReport(out, context, event.terms, NOTHING_DONE, {
        execType: ExecType.Rejected,
        ordStatus,
        execId,
        time,
        clOrdId: event.clOrdId,
        reason: event.refusal
      })
  }
}
