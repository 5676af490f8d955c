import type { Weekday } from '../../fix/session/schedule.js'
import type { Phase } from '../../exchange/phase.js'

/** One line of a timetable. */
export interface PhaseEntry {
  /** Local time of day in seconds. */
  readonly at: number
  readonly phase: Phase
  /** The phase ends up to this much later than the next line says, by chance, in ns; 0: on time. */
  readonly randomEnd: number
}

/** The phases of a trading day, in order of their times. */
export interface PhaseTable {
  /** IANA time zone. */
  readonly timeZone: string
  /** Days that have these phases; on others nothing changes. */
  readonly days: readonly Weekday[]
  readonly entries: readonly PhaseEntry[]
}
