import { TimeZone } from '../../base/time-zone.js'

/** Days on which a session opens, in words. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** When a session may be logged on. */
export interface ScheduleTerms {
  /** Local time of day, "08:00" or "08:00:00". */
  readonly start: string
  /** Local time of day; at or before `start` it is that of the next day, unless there is an `endDay`. */
  readonly end: string
  /** The day on which it closes, for a session that stays open for days: "sun" to "fri". Needs a single one of `days`. */
  readonly endDay?: Weekday | undefined
  /** Days on which it opens. */
  readonly days: readonly Weekday[]
  /** IANA time zone, "Europe/London". */
  readonly timeZone: string
  /** Both numbers back to 1 whenever it opens. */
  readonly resetAtStart: boolean
}

/** A time in which a session may be logged on, in seconds since 1970, `close` not included. */
export interface SessionWindow {
  readonly open: number
  readonly close: number
}

const DAY = 86_400
const WEEK = 7 * DAY
/** The next opening is at most a week away, and a day for the zone; the last is no longer ago. */
const DAYS_AROUND = 8

/** The opening times of a session in its time zone. */
export class SessionSchedule {
  readonly terms: ScheduleTerms
  readonly #start: number
  readonly #end: number
  readonly #days: ReadonlySet<number>
  readonly #zone: TimeZone

  /** @throws RangeError where the time zone is not known */
  constructor(terms: ScheduleTerms) {
    this.terms = terms
    this.#start = secondsOf(terms.start)
    const end = secondsOf(terms.end) + daysOpen(terms) * DAY
    this.#end = end <= this.#start ? end + (terms.endDay === undefined ? DAY : WEEK) : end
    this.#days = new Set(terms.days.map((day) => WEEKDAYS.indexOf(day)))
    this.#zone = new TimeZone(terms.timeZone)
  }

  /** The window that holds a moment, given in seconds since 1970; undefined where the session is closed then. */
  windowAt(unix: number): SessionWindow | undefined {
    const today = this.#localDay(unix)
    for (let ago = 0; ago <= DAYS_AROUND; ago++) {
      const window = this.#windowOf(today - ago * DAY)
      if (window && window.open <= unix && unix < window.close) return window
    }
    return undefined
  }

  /** When the next window behind a moment opens; infinity where none ever does. */
  nextOpen(unix: number): number {
    const today = this.#localDay(unix)
    for (let ahead = -1; ahead <= DAYS_AROUND; ahead++) {
      const window = this.#windowOf(today + ahead * DAY)
      if (window && window.open > unix) return window.open
    }
    return Number.POSITIVE_INFINITY
  }

  /** @param day a local date, as the seconds of its midnight as if it were UTC */
  #windowOf(day: number): SessionWindow | undefined {
    if (!this.#days.has(new Date(day * 1000).getUTCDay())) return undefined
    return { open: this.#zone.moment(day + this.#start), close: this.#zone.moment(day + this.#end) }
  }

  #localDay(unix: number): number {
    return Math.floor((unix + this.#zone.offset(unix)) / DAY) * DAY
  }
}

/** Midnights between the day of opening and the day of closing. */
function daysOpen({ days, endDay }: ScheduleTerms): number {
  if (endDay === undefined) return 0
  return (WEEKDAYS.indexOf(endDay) - WEEKDAYS.indexOf(days[0]) + 7) % 7
}

function secondsOf(timeOfDay: string): number {
  const [hours, minutes, seconds = 0] = timeOfDay.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}
