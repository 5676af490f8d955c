import { nanos, type Nanos } from '../../base/time.js'
import type { EndOfDay, PhaseChange } from '../../exchange/command.js'
import type { PhasePlan } from '../../market/market-source.js'
import type { PhaseTimetable } from './phase-timetable.js'

/** What goes on without end, as a plan. */
class EndlessPlan implements PhasePlan {
  readonly #rest: Generator<PhaseChange | EndOfDay, never>
  #next: PhaseChange | EndOfDay

  constructor(rest: Generator<PhaseChange | EndOfDay, never>) {
    this.#rest = rest
    this.#next = rest.next().value
  }

  get due(): Nanos {
    return this.#next.time
  }

  take(): PhaseChange | EndOfDay {
    const taken = this.#next
    this.#next = this.#rest.next().value
    return taken
  }
}

/** Several plans as one, in order of time; at one time that of the plan listed first comes first. */
export class PhaseSchedule implements PhasePlan {
  readonly #plans: readonly PhasePlan[]

  constructor(plans: readonly (PhasePlan | Generator<PhaseChange | EndOfDay, never>)[]) {
    this.#plans = plans.map((plan) => ('take' in plan ? plan : new EndlessPlan(plan)))
  }

  /** When the next change is due; undefined without any. */
  get due(): Nanos | undefined {
    return this.#first()?.due
  }

  /** The next change is over. */
  take(): PhaseChange | EndOfDay | undefined {
    return this.#first()?.take()
  }

  #first(): PhasePlan | undefined {
    let first: PhasePlan | undefined
    for (const plan of this.#plans) {
      if (plan.due !== undefined && (first?.due === undefined || plan.due < first.due)) first = plan
    }
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
