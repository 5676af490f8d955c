import { type Instrument } from '../../exchange/instrument.js'
import { halfMid } from '../recording/quotes.js'
import { type Recording } from '../recording/recording.js'
import { fineDecimalsOf, markScale, parseMark, type MarkScale } from './marks.js'

/**
 * Where a decision price came from: the client's own DecisionPrice (9503), or the mid when the request came to the venue's
 * edge. (A client's TransactTime is wall time and says nothing about venue time when a recorded day is replayed.)
 */
export type DecisionSource = 'client' | 'request'

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

/** P_d of an order. A DecisionPrice that is no positive decimal is passed over. */
export function decisionOf(recording: Recording, scale: MarkScale, order: number): Decision {
  const { orders } = recording
  const own = orders.decisionPrice.get(order)
  if (own !== undefined) {
    const price = parseMark(own, scale)
    if (!Number.isNaN(price)) return { price, source: 'client' }
  }
  return {
    price: halfMid(recording.quotes[scale.instrument.no], orders.requestQuote[order]) * scale.perHalf,
    source: 'request'
  }
}
