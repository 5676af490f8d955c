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
  /** Reads what comes next, so that feeding it need not wait for the disk. To be called between turns, as often as one likes. */
  readAhead?(): void
  /**
   * Begins to take the market back to a place of its own: the books as they stood behind the facts up to `position`, which is
   * a time of the market without any shift. Until it is taken the market goes on as it was. Left out where it cannot be had again.
   */
  rewind?(position: Nanos): Rewind
  /** From now on the market sees clients and reacts to them. Called before anything is fed; left out where none would. */
  meet?(view: MarketView): void
  /** Whether phases come between the facts, as a `TapeSink` is told them, so that nobody knows them beforehand. */
  readonly tellsPhases?: boolean
  /** The phases that are still to come, where the market knows its own; the venue makes commands of them. */
  phases?(): PhasePlan
}

/** A market on its way to an earlier place. */
export interface Rewind {
  /** Goes on by about `count` events. Returns whether it is there. */
  work(count: number): boolean
  /**
   * The market is there: the books are told next, at `position + shift`, as one event an instrument, and what comes behind
   * them is later than the market's own times by `shift` ns. Only when {@link work} is done; the sink's books are void.
   */
  take(shift: number): void
}

/** Phase changes and ends of trading days to come, in order of time. */
export interface PhasePlan {
  /** When the next change is due; undefined behind the last. */
  readonly due: Nanos | undefined
  /** The next change is over. */
  take(): PhaseChange | EndOfDay | undefined
}
