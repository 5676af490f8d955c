import { nanos, type Nanos } from '../../../base/time.js'
import type { PhaseChange } from '../../../exchange/command.js'
import { instrumentNo } from '../../../exchange/units.js'
import type { Timeline } from './timeline.js'

/** The phases that a scenario's timeline has, as commands for the venue. */
export class ScenarioPhases {
  readonly #timeline: Timeline
  readonly #instruments: number
  readonly #coming: PhaseChange[] = []

  constructor(timeline: Timeline, instruments: number) {
    this.#timeline = timeline
    this.#instruments = instruments
    this.#fill()
  }

  /** When the next change is due; undefined without any. */
  get due(): Nanos | undefined {
    return this.#coming[0]?.time
  }

  /** The next change is over. */
  take(): PhaseChange | undefined {
    const change = this.#coming.shift()
    if (this.#coming.length === 0) this.#fill()
    return change
  }

  /** Changes of the next entry that has any. */
  #fill(): void {
    // One round without a phase is followed by rounds without any.
    for (let left = this.#timeline.length; left > 0 && this.#timeline.next !== Number.POSITIVE_INFINITY; left--) {
      const time = nanos(this.#timeline.next)
      const { happening, instruments } = this.#timeline.take()
      if (happening.kind !== 'phase') continue
      const all = instruments ?? Array.from({ length: this.#instruments }, (_, no) => no)
      for (const no of all)
        this.#coming.push({ kind: 'phase', time, instrument: instrumentNo(no), phase: happening.phase })
      return
    }
  }
}
