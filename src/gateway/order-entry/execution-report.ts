import type { Nanos } from '../../base/time.js'
import type { OrderProgress, OrderRejected, OrderTerms, OrderTraded, OrdStatus } from '../../exchange/event.js'
import type { Instrument } from '../../exchange/instrument.js'
import { formatNotional } from '../../exchange/notional-text.js'
import { refusalText, type Refusal } from '../../exchange/refusal.js'
import type { Quantity } from '../../exchange/units.js'
import { Tag } from '../../fix/wire/tag.js'
import type { MessageWriter } from '../../fix/wire/message-writer.js'
import { AVERAGE_EXTRA_DIGITS, averagePrice } from '../../exchange/average-price.js'
import { ExecType, liquidityCode, ordStatusCode, ordTypeCode, sideCode, timeInForceCode } from '../codes.js'
import type { PendingStatus } from '../requests-under-way.js'
import { NO_EXEC_ID, NO_ORDER_ID, type OrderIds } from '../order-ids.js'
import { REJECT_REASONS } from '../reject-reasons.js'
import { execInstOf } from './exec-inst.js'
import { writeOrderTags } from './order-tags.js'
import { writePeggedPrice, writePegOffset, writeQuantityQualifiers, writeStopPx } from './write-qualifiers.js'

/** CommType (13): Commission (12) is an amount of money. */
const ABSOLUTE = '3'.charCodeAt(0)
/** Commission (12) where no fees are configured: every fill says what it cost. */
const NO_COMMISSION = '0.00'

/** What every report needs besides the event. */
export interface ReportContext {
  readonly ids: OrderIds
  /** Model preset, told on every fill: under which assumptions it came about. undefined: the session wants no tags of the venue. */
  readonly preset: string | undefined
  instrument(terms: OrderTerms): Instrument
}

/** What one ExecutionReport says beyond the order and its progress. */
export interface ReportDetails {
  readonly execType: number
  readonly ordStatus: OrdStatus | PendingStatus | 'pendingNew'
  /** ExecID (17); undefined for a status report, which executes nothing. */
  readonly execId: string | undefined
  readonly time: Nanos
  /** ClOrdID (11) of the report and, where the report answers a request that names another, OrigClOrdID (41). */
  readonly clOrdId: string
  readonly origClOrdId?: string | undefined
  readonly reason?: Refusal | undefined
  /** ExecRestatementReason (378). */
  readonly restatement?: number
  readonly fill?: OrderTraded
  readonly queueAhead?: Quantity | undefined
  /** OrdStatusReqID (790) of the request that a status report answers. */
  readonly statusRequestId?: string | undefined
}

/** ExecutionReport (35=8) on an order that the exchange knows. Fields in ascending tag order, kept tags between them. */
export function writeExecutionReport(
  out: MessageWriter,
  context: ReportContext,
  terms: OrderTerms,
  progress: OrderProgress,
  report: ReportDetails
): void {
  const instrument = context.instrument(terms)
  const { priceScale, priceDecimals, quantityScale, quantityDecimals } = instrument
  const { fill, reason, origClOrdId } = report
  const tags = terms.tags
  let kept = writeOrderTags(out, tags, 0, Tag.AvgPx)
  out
    .decimal(
      Tag.AvgPx,
      averagePrice(progress.notional, progress.cumQty),
      priceScale + AVERAGE_EXTRA_DIGITS,
      priceDecimals
    )
    .string(Tag.ClOrdID, report.clOrdId)
  if (fill) {
    const { commission } = fill
    out.string(Tag.Commission, commission === undefined ? NO_COMMISSION : formatNotional(instrument, commission))
    out.char(Tag.CommType, ABSOLUTE)
  }
  out
    .decimal(Tag.CumQty, progress.cumQty, quantityScale, quantityDecimals)
    .string(Tag.Currency, instrument.currency)
    .string(Tag.ExecID, report.execId ?? NO_EXEC_ID)
  const execInst = terms.qualifiers && execInstOf(terms.qualifiers)
  if (execInst !== undefined) out.string(Tag.ExecInst, execInst)
  if (fill) {
    out
      .string(Tag.LastMkt, instrument.market)
      .decimal(Tag.LastPx, fill.lastPx, priceScale, priceDecimals)
      .decimal(Tag.LastQty, fill.lastQty, quantityScale, quantityDecimals)
  }
  out
    .string(Tag.OrderID, context.ids.orderId(terms))
    .decimal(Tag.OrderQty, terms.orderQty, quantityScale, quantityDecimals)
    .char(Tag.OrdStatus, ordStatusCode[report.ordStatus])
    .char(Tag.OrdType, ordTypeCode[terms.ordType])
  if (origClOrdId !== undefined) out.string(Tag.OrigClOrdID, origClOrdId)
  if (terms.price !== 0) out.decimal(Tag.Price, terms.price, priceScale, priceDecimals)
  out.char(Tag.Side, sideCode(terms.side)).string(Tag.Symbol, instrument.symbol)
  if (reason) out.string(Tag.Text, refusalText(reason))
  out.char(Tag.TimeInForce, timeInForceCode[terms.timeInForce]).timestamp(Tag.TransactTime, report.time)
  writeStopPx(out, instrument, terms)
  if (report.execType === ExecType.Rejected && reason)
    out.int(Tag.OrdRejReason, REJECT_REASONS[reason.code].ordRejReason)
  writeQuantityQualifiers(out, instrument, terms)
  out.char(Tag.ExecType, report.execType).decimal(Tag.LeavesQty, progress.leavesQty, quantityScale, quantityDecimals)
  writePegOffset(out, instrument, terms)
  if (report.restatement !== undefined) out.int(Tag.ExecRestatementReason, report.restatement)
  kept = writeOrderTags(out, tags, kept, Tag.OrdStatusReqID)
  if (report.statusRequestId !== undefined) out.string(Tag.OrdStatusReqID, report.statusRequestId)
  kept = writeOrderTags(out, tags, kept, Tag.PeggedPrice)
  writePeggedPrice(out, instrument, terms)
  kept = writeOrderTags(out, tags, kept, Tag.LastLiquidityInd)
  const liquidity = fill && liquidityCode[fill.liquidity]
  if (liquidity !== undefined) out.int(Tag.LastLiquidityInd, liquidity)
  kept = writeOrderTags(out, tags, kept, Tag.ModelPreset)
  if (fill && context.preset !== undefined) out.string(Tag.ModelPreset, context.preset)
  if (report.queueAhead !== undefined) out.decimal(Tag.QueueAhead, report.queueAhead, quantityScale, quantityDecimals)
  writeOrderTags(out, tags, kept, Number.POSITIVE_INFINITY)
}

/** ExecutionReport that refuses an order which the exchange could not read: it repeats what was sent. */
export function writeRejectedRequest(out: MessageWriter, context: ReportContext, event: OrderRejected): void {
  const tags = event.request?.tags ?? []
  let kept = writeOrderTags(out, tags, 0, Tag.AvgPx)
  out.int(Tag.AvgPx, 0).string(Tag.ClOrdID, event.clOrdId).int(Tag.CumQty, 0)
  out.string(Tag.ExecID, context.ids.execId(event.execId))
  kept = writeOrderTags(out, tags, kept, Tag.OrderID)
  out.string(Tag.OrderID, NO_ORDER_ID)
  kept = writeOrderTags(out, tags, kept, Tag.OrdStatus)
  out.char(Tag.OrdStatus, ordStatusCode.rejected)
  kept = writeOrderTags(out, tags, kept, Tag.Text)
  out.string(Tag.Text, refusalText(event.refusal))
  kept = writeOrderTags(out, tags, kept, Tag.TransactTime)
  out.timestamp(Tag.TransactTime, event.time)
  kept = writeOrderTags(out, tags, kept, Tag.OrdRejReason)
  out.int(Tag.OrdRejReason, REJECT_REASONS[event.refusal.code].ordRejReason)
  kept = writeOrderTags(out, tags, kept, Tag.ExecType)
  out.char(Tag.ExecType, ExecType.Rejected).int(Tag.LeavesQty, 0)
  writeOrderTags(out, tags, kept, Number.POSITIVE_INFINITY)
}

/** An order as its client is to see it: with the status that what is pending for it gives it. */
export interface VisibleOrder {
  readonly order: OrderProgress & { readonly terms: OrderTerms }
  readonly ordStatus: ReportDetails['ordStatus']
}

/** ExecutionReport that answers a status request (35=H): 150=I, the order as it stands. */
export function writeStatusReport(
  out: MessageWriter,
  context: ReportContext,
  { order, ordStatus }: VisibleOrder,
  requestId: string | undefined,
  time: Nanos
): void {
  writeExecutionReport(out, context, order.terms, order, {
    execType: ExecType.OrderStatus,
    ordStatus,
    execId: undefined,
    time,
    clOrdId: order.terms.clOrdId,
    statusRequestId: requestId
  })
}
