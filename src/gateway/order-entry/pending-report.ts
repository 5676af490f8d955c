import type { Nanos } from '../../base/time.js'
import type { NewOrder } from '../../exchange/command.js'
import type { OrderProgress, OrderState, OrderTerms } from '../../exchange/event.js'
import { orderId, quantity } from '../../exchange/units.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { ExecType } from '../codes.js'
import type { PendingStatus } from '../requests-under-way.js'
import { writeExecutionReport, type ReportContext } from './execution-report.js'

/** What an acknowledgement says beyond its order. */
export interface PendingDetails {
  /** Makes the ExecID. */
  readonly commandNo: number
  readonly time: Nanos
  readonly clOrdId: string
}

/** An order as its request asks for it, before the exchange has numbered it: its OrderID is among its tags. */
export function termsAsked(command: NewOrder): OrderTerms {
  const { session, instrument, clOrdId, side, ordType, timeInForce, orderQty, price, tags, qualifiers, time } = command
  return {
    orderId: orderId(0),
    session,
    instrument,
    clOrdId,
    side,
    ordType,
    timeInForce,
    orderQty,
    price,
    tags,
    qualifiers,
    enteredAt: time
  }
}

/** An order of which the exchange has not told anything. */
export function untouched(terms: OrderTerms): OrderProgress & { readonly terms: OrderTerms } {
  return { cumQty: quantity(0), leavesQty: terms.orderQty, notional: 0, terms }
}

/** ExecutionReport with 150=A and 39=A: the order has reached the venue. */
export function writePendingNew(
  out: MessageWriter,
  context: ReportContext,
  terms: OrderTerms,
  { commandNo, time, clOrdId }: PendingDetails
): void {
  writeExecutionReport(out, context, terms, untouched(terms), {
    execType: ExecType.PendingNew,
    ordStatus: 'pendingNew',
    execId: context.ids.pendingExecId(commandNo),
    time,
    clOrdId
  })
}

/** ExecutionReport with 150=6 or 150=E: a cancel or a replace has reached the venue; the order is as it was. */
export function writePendingRequest(
  out: MessageWriter,
  context: ReportContext,
  kind: 'cancel' | 'replace',
  order: Pick<OrderState, 'terms' | keyof OrderProgress>,
  details: PendingDetails & { readonly ordStatus: PendingStatus; readonly origClOrdId: string }
): void {
  writeExecutionReport(out, context, order.terms, order, {
    execType: kind === 'cancel' ? ExecType.PendingCancel : ExecType.PendingReplace,
    ordStatus: details.ordStatus,
    execId: context.ids.pendingExecId(details.commandNo),
    time: details.time,
    clOrdId: details.clOrdId,
    origClOrdId: details.origClOrdId
  })
}
