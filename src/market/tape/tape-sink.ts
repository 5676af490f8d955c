import type { Nanos } from '../../base/time.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import type { InstrumentNo } from '../../exchange/units.js'

/** What takes all that a tape tells: the facts of the market, and the phases that its instrument is in. */
export interface TapeSink extends MarketSink {
  /** The instrument goes into a phase. An exchange takes phases as commands only, so whoever feeds one makes them. */
  enterPhase?(time: Nanos, instrument: InstrumentNo, phase: Phase): void
}
