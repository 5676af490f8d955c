import { TimeZone } from '../../base/time-zone.js'
import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { EndOfDay } from '../../exchange/command.js'
import { WEEKDAYS, type Weekday } from '../../fix/session/schedule.js'

const DAY = 86_400

/** When trading days end. */
export interface DayEnd {
  /** IANA time zone. */
  readonly timeZone: string
  readonly days: readonly Weekday[]
  /** Local time of day in seconds. */
  readonly at: number
}

/** The ends of trading days after a moment, without end: DAY orders expire, ClOrdIDs may be used again. */
export function* dayEnds(
  { timeZone, days, at }: DayEnd,
  epoch: EpochSeconds,
  after: Nanos
): Generator<EndOfDay, never> {
  const zone = new TimeZone(timeZone)
  const today = Math.floor((epoch + after / 1e9) / DAY) * DAY
  for (let day = today - DAY; ; day += DAY) {
    if (!days.includes(WEEKDAYS[new Date(day * 1000).getUTCDay()])) continue
    const time = nanos((zone.moment(day + at) - epoch) * 1e9)
    if (time > after) yield { kind: 'endOfDay', time }
  }
}
