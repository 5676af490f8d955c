import { TimeZone } from '../base/time-zone.js'
import { daysFromCivil } from '../base/timestamp.js'

/**
 * The moment at which a day begins in a time zone, in seconds since 1970.
 * @param date "2012-06-21"
 * @param timeZone an IANA name
 */
export function localMidnight(date: string, timeZone: string): number {
  const [year, month, day] = date.split('-').map(Number)
  return new TimeZone(timeZone).moment(daysFromCivil(year, month, day) * 86_400)
}

/** Whether a text is a date of the calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}
