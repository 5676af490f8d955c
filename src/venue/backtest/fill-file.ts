import { toUnixNanos, type EpochSeconds } from '../../base/time.js'
import type { ExchangeEvent } from '../../exchange/event.js'
import { formatPrice, formatQuantity, type Instrument } from '../../exchange/instrument.js'
import { refusalText } from '../../exchange/refusal.js'
import { BUY } from '../../exchange/units.js'
import { formatAveragePrice } from '../../exchange/average-price.js'
import { formatNotional } from '../../exchange/notional-text.js'
import { orderIds } from '../../gateway/order-ids.js'
import { eventStatus } from '../../exchange/event-status.js'
import { formatTime } from './parse-time.js'

/** The header of fills.csv: one row per execution report. */
export const FILL_COLUMNS =
  'time,clOrdId,orderId,execId,execType,ordStatus,symbol,side,lastQty,lastPx,leavesQty,cumQty,avgPx,liquidity,text'

/** A last column where the venue charges: Commission (12) of a trade, in money. */
export const COMMISSION_COLUMN = ',commission'

/** Writes events as rows of fills.csv. `clientId` turns a request's id back into the name that the order file used. */
export function fillRow(
  epoch: EpochSeconds,
  instruments: readonly Instrument[],
  clientId: (clOrdId: string) => string,
  withCommission = false
): (event: ExchangeEvent) => string {
  const ids = orderIds(epoch)
  return (event) => {
    const terms = event.kind === 'requestRejected' ? event.order?.terms : event.terms
    const progress = event.kind === 'requestRejected' ? event.order : event.kind === 'rejected' ? undefined : event
    const instrument = terms && instruments[terms.instrument]
    const fill = event.kind === 'trade' ? event : undefined
    const clOrdId =
      event.kind === 'rejected' || event.kind === 'requestRejected'
        ? event.clOrdId
        : (event.kind === 'canceled' && event.clOrdId) || event.terms.clOrdId
    return [
      formatTime(toUnixNanos(event.publishAt, epoch)),
      clientId(clOrdId),
      terms ? ids.orderId(terms) : '',
      ids.execId(event.execId),
      event.kind === 'requestRejected' ? `${event.request}Rejected` : event.kind,
      eventStatus(event),
      instrument?.symbol ?? '',
      terms ? (terms.side === BUY ? 'buy' : 'sell') : '',
      fill && instrument ? formatQuantity(instrument, fill.lastQty) : '',
      fill && instrument ? formatPrice(instrument, fill.lastPx) : '',
      progress && instrument ? formatQuantity(instrument, progress.leavesQty) : '0',
      progress && instrument ? formatQuantity(instrument, progress.cumQty) : '0',
      progress && instrument ? formatAveragePrice(instrument, progress.notional, progress.cumQty) : '0',
      fill?.liquidity ?? '',
      quoted(textOf(event)),
      ...(withCommission
        ? [fill?.commission === undefined || !instrument ? '' : formatNotional(instrument, fill.commission)]
        : [])
    ].join(',')
  }
}

function textOf(event: ExchangeEvent): string {
  if (event.kind === 'rejected' || event.kind === 'requestRejected') return refusalText(event.refusal)
  if (event.kind === 'canceled' || event.kind === 'expired') return event.reason ? refusalText(event.reason) : ''
  return ''
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
