import { daysFromCivil } from '../base/timestamp.js'

/**
 * The moment at which a day begins in a time zone, in seconds since 1970. Daylight saving time is the zone's own.
 * @param date "2012-06-21"
 * @param timeZone an IANA name
 */
export function localMidnight(date: string, timeZone: string): number {
  const [year, month, day] = date.split('-').map(Number)
  return localMoment(daysFromCivil(year, month, day) * 86_400, timeZone)
}

/**
 * The moment at which a zone's wall clock shows a time, in seconds since 1970.
 * @param wall what the clock shows, as if it were UTC, in seconds since 1970
 */
export function localMoment(wall: number, timeZone: string): number {
  // The offset at the answer is not known before the answer: once around corrects the first guess.
  const guess = wall - offset(wall, timeZone)
  return wall - offset(guess, timeZone)
}

/** Seconds by which a zone's wall clock is ahead of UTC at a moment. */
function offset(unixSeconds: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  })
  const parts = new Map(format.formatToParts(unixSeconds * 1000).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const days = daysFromCivil(part('year'), part('month'), part('day'))
  return days * 86_400 + part('hour') * 3600 + part('minute') * 60 + part('second') - unixSeconds
}

/** Whether a text is a date of the calendar, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}
