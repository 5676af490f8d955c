import { seededRandom } from '../../base/random.js'
import { TimeZone } from '../../base/time-zone.js'
import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { PhaseChange } from '../../exchange/command.js'
import type { Phase } from '../../exchange/phase.js'
import type { InstrumentNo } from '../../exchange/units.js'
import { WEEKDAYS } from '../../fix/session/schedule.js'
import type { PhaseTable } from './phase-table.js'

const DAY = 86_400
/** Weekends and holidays in a row that a timetable may pass over. */
const DAYS_BACK = 8

export interface TimetableOptions {
  readonly instrument: InstrumentNo
  readonly symbol: string
  readonly table: PhaseTable
  readonly epoch: EpochSeconds
  /** Of the random ends: the same seed ends the same auction at the same nanosecond. */
  readonly seed: number
}

/** When an instrument's phases change, in venue time, day after day. */
export class PhaseTimetable {
  readonly #options: TimetableOptions
  readonly #days: ReadonlySet<number>
  readonly #zone: TimeZone

  constructor(options: TimetableOptions) {
    this.#options = options
    this.#zone = new TimeZone(options.table.timeZone)
    this.#days = new Set(options.table.days.map((day) => WEEKDAYS.indexOf(day)))
  }

  get instrument(): InstrumentNo {
    return this.#options.instrument
  }

  /** The phase that a moment lies in; undefined where the timetable never began before it. */
  phaseAt(time: Nanos): Phase | undefined {
    const today = this.#localDay(time)
    for (let day = today + DAY; day > today - DAYS_BACK * DAY; day -= DAY) {
      const change = this.#changesOf(day).findLast((each) => each.time <= time)
      if (change !== undefined) return change.phase
    }
    return undefined
  }

  /** The changes after a moment, without end. */
  *after(time: Nanos): Generator<PhaseChange, never> {
    for (let day = this.#localDay(time) - DAY; ; day += DAY) {
      for (const change of this.#changesOf(day)) if (change.time > time) yield change
    }
  }

  /** @param day a local date, as the seconds of its midnight as if it were UTC */
  #changesOf(day: number): readonly PhaseChange[] {
    const { instrument, symbol, table, epoch, seed } = this.#options
    if (!this.#days.has(new Date(day * 1000).getUTCDay())) return []
    let late = 0
    return table.entries.map(({ at, phase, randomEnd }, line) => {
      const unix = this.#zone.moment(day + at)
      const time = nanos((unix - epoch) * 1e9 + late)
      const chance = seededRandom(seed, `end of phase ${line} of ${symbol} on ${day / DAY}`)
      late = randomEnd === 0 ? 0 : Math.floor(chance.uniform() * randomEnd)
      return { kind: 'phase', time, instrument, phase }
    })
  }

  /** The date of a moment in UTC; the local one is at most a day away from it. */
  #localDay(time: Nanos): number {
    return Math.floor((this.#options.epoch + time / 1e9) / DAY) * DAY
  }
}
