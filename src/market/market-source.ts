import type { EpochSeconds, Nanos } from '../base/time.js'
import type { EndOfDay, PhaseChange } from '../exchange/command.js'
import type { InstrumentTerms } from '../exchange/instrument.js'
import type { MarketSink } from '../exchange/market-sink.js'
import type { MarketView } from './market-view.js'

/**
 * A stream of market events in exchange-time order: a tape, a synthetic market, later a live feed. Instruments are
 * numbered by their position in `instruments`. The same source gives the same calls, however it is advanced.
 */
export interface MarketSource {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  /** Time of the first event. */
  readonly start: Nanos
  /** Time of the last event; undefined where the market runs for ever. */
  readonly end: Nanos | undefined
  /** Time of the next event; undefined behind the last. */
  nextTime(): Nanos | undefined
  /** Feeds every event with a time up to and including `to`. */
  advance(to: Nanos, sink: MarketSink): void
  /**
   * Feeds at least `count` events (fewer at the end) and then the rest of the last one's instant, so that no instant is
   * torn. Returns the time of the last event fed, or undefined when there was none.
   */
  step(count: number, sink: MarketSink): Nanos | undefined
  /** Every event still to come is later by `by` ns: a synthetic market slept while the venue was down. */
  shift(by: number): void
  /** From now on the market sees clients and reacts to them. Called before anything is fed; left out where none would. */
  meet?(view: MarketView): void
  /** The phases that are still to come, where the market has its own; the venue makes commands of them. */
  phases?(): PhasePlan
}

/** Phase changes and ends of trading days to come, in order of time. */
export interface PhasePlan {
  /** When the next change is due; undefined behind the last. */
  readonly due: Nanos | undefined
  /** The next change is over. */
  take(): PhaseChange | EndOfDay | undefined
}
