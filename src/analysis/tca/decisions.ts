import { parseTimestamp } from '../../base/timestamp.js'
import { type Instrument } from '../../exchange/instrument.js'
import { rowsUpTo } from '../recording/column.js'
import { halfMid } from '../recording/quotes.js'
import { type Recording } from '../recording/recording.js'
import { fineDecimalsOf, markScale, parseMark, type MarkScale } from './marks.js'

/**
 * Where a decision price came from: the client's own DecisionPrice (9503), the mid at its TransactTime (60), or the mid
 * when the request came to the venue's edge.
 */
export type DecisionSource = 'client' | 'transactTime' | 'request'

export interface Decision {
  /** In marks; NaN where there was no mid. */
  readonly price: number
  readonly source: DecisionSource
}

/** The unit of every instrument's analysis, fine enough for the decision prices that clients gave. By instrument number. */
export function markScales({ facts, orders }: Recording): MarkScale[] {
  const fine = new Map<Instrument, number>()
  for (const [order, text] of orders.decisionPrice) {
    const instrument = facts.instruments[orders.instrument[order]]
    const decimals = fineDecimalsOf(text, instrument) ?? 0
    if (decimals > (fine.get(instrument) ?? 0)) fine.set(instrument, decimals)
  }
  return facts.instruments.map((instrument) => markScale(instrument, fine.get(instrument) ?? 0))
}

/**
 * P_d of an order. A DecisionPrice that is no positive decimal is passed over. A TransactTime counts where it lies
 * between the instrument's first quote and the request: a client that stamps wall time against a replayed day does not.
 */
export function decisionOf(recording: Recording, scale: MarkScale, order: number): Decision {
  const { orders, facts } = recording
  const quotes = recording.quotes[scale.instrument.no]
  const own = orders.decisionPrice.get(order)
  if (own !== undefined) {
    const price = parseMark(own, scale)
    if (!Number.isNaN(price)) return { price, source: 'client' }
  }
  const stamp = orders.transactTime.get(order)
  if (stamp !== undefined) {
    const bytes = Buffer.from(stamp, 'latin1')
    const time = parseTimestamp(bytes, 0, bytes.length, facts.epoch)
    if (time >= quotes.time[0] && time <= orders.requestedAt[order]) {
      return { price: halfMid(quotes, rowsUpTo(quotes.time, time) - 1) * scale.perHalf, source: 'transactTime' }
    }
  }
  return { price: halfMid(quotes, orders.requestQuote[order]) * scale.perHalf, source: 'request' }
}
