import { nanos, type Nanos } from '../../base/time.js'
import type { PhaseChange } from '../../exchange/command.js'
import type { PhaseTimetable } from './phase-timetable.js'

interface Coming {
  readonly rest: Generator<PhaseChange, never>
  next: PhaseChange
}

/** The phase changes of all instruments in order of their time, from a moment on. */
export class PhaseSchedule {
  readonly #coming: readonly Coming[]

  /** @param after changes up to this moment are over */
  constructor(timetables: readonly PhaseTimetable[], after: Nanos) {
    this.#coming = timetables.map((timetable) => {
      const rest = timetable.after(after)
      return { rest, next: rest.next().value }
    })
  }

  /** When the next change is due; undefined without any timetable. */
  get due(): Nanos | undefined {
    return this.#first()?.next.time
  }

  /** The next change is over. */
  take(): PhaseChange | undefined {
    const first = this.#first()
    if (first === undefined) return undefined
    const change = first.next
    first.next = first.rest.next().value
    return change
  }

  #first(): Coming | undefined {
    let first: Coming | undefined
    for (const each of this.#coming) if (first === undefined || each.next.time < first.next.time) first = each
    return first
  }
}

/** What the phases are where a session starts: the venue's first commands. */
export function openingPhases(timetables: readonly PhaseTimetable[], start: Nanos): readonly PhaseChange[] {
  return timetables.flatMap((timetable) => {
    const phase = timetable.phaseAt(start)
    return phase === undefined ? [] : [{ kind: 'phase', time: nanos(start), instrument: timetable.instrument, phase }]
  })
}
