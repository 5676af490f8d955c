import type { Nanos } from '../../base/time.js'
import { formatPrice, formatQuantity } from '../../exchange/instrument.js'
import { BUY } from '../../exchange/units.js'
import type { JournalReader } from '../../journal/journal.js'
import { isoTime } from '../../base/iso-time.js'
import { FEATURE_COLUMNS, featureCells } from '../../market/features/feature-columns.js'
import type { MarketSource } from '../../market/market-source.js'
import { orderFeatures } from './order-features.js'

const HEAD = ['time', 'moment', 'session', 'orderId', 'clOrdId', 'symbol', 'side', 'lastQty', 'lastPx', 'queueAhead']

/** The features at each moment of a journal's orders as lines of CSV, the head first; README.md has the columns. */
export function orderFeatureTable(
  journal: JournalReader,
  market: MarketSource,
  window: Nanos,
  line: (text: string) => void
): void {
  const { instruments, epoch } = journal.facts
  const sessions = journal.sessionNames
  line([...HEAD, ...FEATURE_COLUMNS.map(({ name }) => name)].join(','))
  orderFeatures(journal, market, {
    window,
    row(moment, features, queueAhead) {
      const instrument = instruments[moment.instrument]
      const { time, kind, session, orderId, clOrdId, side, lastQty, lastPx } = moment
      const cells = [
        isoTime(time, epoch),
        kind,
        sessions[session] ?? String(session),
        orderId ?? '',
        clOrdId,
        instrument.symbol,
        side === BUY ? 'buy' : 'sell',
        lastQty === undefined ? '' : formatQuantity(instrument, lastQty),
        lastPx === undefined ? '' : formatPrice(instrument, lastPx),
        queueAhead === undefined ? '' : formatQuantity(instrument, queueAhead)
      ]
      line(`${cells.map(csvCell).join(',')},${featureCells(features, instrument)}`)
    }
  })
}

/** RFC 4180: quoted where it holds a comma, a quote or the end of a line. */
function csvCell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
