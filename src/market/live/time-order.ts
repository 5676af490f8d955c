import type { Nanos } from '../../base/time.js'
import type { FeedInstrument } from './feed-instrument.js'

/** The latest time of each instrument's book, by the exchange's clock: what comes with an earlier one was overtaken. */
export class TimeOrder {
  readonly #latest = new Map<FeedInstrument, Nanos>()

  /** Whether a message of a later time came before. */
  isLate(instrument: FeedInstrument, time: Nanos | undefined): boolean {
    return time !== undefined && time < (this.#latest.get(instrument) ?? time)
  }

  /** A message with its time was taken. */
  took(instrument: FeedInstrument, time: Nanos | undefined): void {
    if (time !== undefined && !this.isLate(instrument, time)) this.#latest.set(instrument, time)
  }

  clear(): void {
    this.#latest.clear()
  }
}
