import type { Nanos } from '../../../base/time.js'
import type { Scenario, TimelineEntry } from './scenario.js'

/** Goes through the timeline of a scenario, round after round where it repeats. */
export class Timeline {
  readonly #entries: readonly TimelineEntry[]
  readonly #repeat: number
  #at = 0
  /** When the round that it is in began. */
  #round: number

  constructor({ timeline, repeat }: Pick<Scenario, 'timeline' | 'repeat'>, start: number) {
    this.#entries = timeline
    this.#repeat = repeat ?? Number.POSITIVE_INFINITY
    this.#round = start
  }

  /** Entries of a round. */
  get length(): number {
    return this.#entries.length
  }

  /** When the next entry happens; infinite behind the last. */
  get next(): number {
    return this.#at < this.#entries.length ? this.#round + this.#entries[this.#at].at : Number.POSITIVE_INFINITY
  }

  /** The next entry happened. */
  take(): TimelineEntry {
    const entry = this.#entries[this.#at++]
    if (this.#at === this.#entries.length && this.#repeat !== Number.POSITIVE_INFINITY) {
      this.#at = 0
      this.#round += this.#repeat
    }
    return entry
  }

  shift(by: number): void {
    this.#round += by
  }

  /** Another that goes on from here by itself. */
  fork(): Timeline {
    const fork = new Timeline({ timeline: this.#entries, repeat: this.#repeat as Nanos }, this.#round)
    fork.#at = this.#at
    return fork
  }
}
