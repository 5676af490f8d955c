import { fromUnixNanos, toUnixNanos, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { localMidnight } from '../local-midnight.js'
import type { TapeFile } from '../tape/tape-file.js'

const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/**
 * A moment as people write it: "09:45" or "09:45:30", the market's local time on the tape's first day, or ISO 8601 with a
 * zone, "2012-06-21T13:45:00Z". Answers time since the tape's epoch.
 */
export function momentOf(text: string, tape: TapeFile): Nanos {
  const match = TIME_OF_DAY.exec(text)
  if (match) {
    const [, hour, minute, second] = match
    const ofDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0)
    const { timeZone } = tape.metadata
    const midnight = localMidnight(localDate(tape, timeZone), timeZone)
    if (ofDay < 86_400) return fromUnixNanos(BigInt(midnight + ofDay) * 1_000_000_000n, tape.epoch)
  }
  const milliseconds = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(milliseconds)) {
    throw new UserError(`expected a time like 09:45:30 or 2012-06-21T13:45:00Z, got "${text}"`)
  }
  return fromUnixNanos(BigInt(milliseconds) * 1_000_000n, tape.epoch)
}

/** The date on which a tape starts, where its market is. */
function localDate(tape: TapeFile, timeZone: string): string {
  const milliseconds = Number(toUnixNanos(tape.span()[0], tape.epoch) / 1_000_000n)
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(milliseconds)
}
