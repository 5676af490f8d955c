import { nanos, type Nanos } from '../../base/time.js'
import type { Quantity } from '../../exchange/units.js'
import type { JournalReader } from '../../journal/journal.js'
import { FeatureSink } from '../../market/features/feature-sink.js'
import { emptyFeatures, type Features } from '../../market/features/features.js'
import type { MarketSource } from '../../market/market-source.js'
import { runAgain } from '../rerun/run-again.js'
import { Venue } from '../venue.js'
import { orderMoments, seenAt, type OrderMoment } from './order-moments.js'

export interface OrderFeatureOptions {
  /** How far back trade flow and realised variance look, in ns. */
  readonly window: Nanos
  /** Takes a row; the features are used again. `queueAhead`: of a placement as told then, of a fill just before it. */
  readonly row: (moment: OrderMoment, features: Features, queueAhead: Quantity | undefined) => void
}

/**
 * Runs a journal again and tells what the market looked like at each moment of its orders' lives: at decision, arrival and
 * replacement behind all facts of the market up to and including that time, at a fill before all facts of its time.
 * @param market what the journal's commands met, from its beginning
 */
export function orderFeatures(journal: JournalReader, market: MarketSource, options: OrderFeatureOptions): void {
  const { window, row } = options
  const { instruments, models } = journal.facts
  const venue = new Venue({ instruments, models, market })
  const sink = venue.watchMarket((next) => new FeatureSink(venue.exchange, next, { window }))
  const features = emptyFeatures()
  const moments = orderMoments(journal)
  let next = 0
  const tellBefore = (time: number): void => {
    for (; next < moments.length && seenAt(moments[next]) < time; next++) {
      const moment = moments[next]
      venue.advance(nanos(Math.max(Math.floor(seenAt(moment)), venue.time)))
      const { kind, session, clOrdId, instrument } = moment
      const ahead = kind === 'fill' ? venue.exchange.queueAhead(session, clOrdId) : moment.queueAhead
      row(moment, sink.read(venue.time, instrument, features), ahead)
    }
  }
  runAgain(venue, journal, {}, tellBefore)
  tellBefore(Number.POSITIVE_INFINITY)
}
