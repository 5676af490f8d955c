import { daysFromCivil } from './timestamp.js'

const DAY = 86_400

/**
 * The wall clock of an IANA time zone, daylight saving included. What a wall clock shows is told in seconds since 1970 as if it
 * were UTC.
 */
export class TimeZone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat

  /** @throws RangeError where the zone is not known */
  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric'
    })
  }

  /** Whether a name is that of a zone. */
  static isKnown(name: string): boolean {
    try {
      new Intl.DateTimeFormat('en-US', { timeZone: name })
      return true
    } catch {
      return false
    }
  }

  /** Seconds by which the wall clock is ahead of UTC at a moment, in seconds since 1970. */
  offset(unix: number): number {
    const whole = Math.floor(unix)
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of this.#format.formatToParts(whole * 1000)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second - whole
  }

  /**
   * The moment at which the wall clock shows `wall`, in seconds since 1970. A time that a change of the clocks skips is taken
   * as the hour later, one that comes twice is taken the first time.
   */
  moment(wall: number): number {
    const before = wall - this.offset(wall - DAY)
    const after = wall - this.offset(wall + DAY)
    if (before + this.offset(before) === wall) return before
    return after + this.offset(after) === wall ? after : before
  }
}
