import { parseDuration } from '../base/duration.js'
import { DAY, epochOf, nanos, type EpochSeconds, type Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'

/** When a made-up market begins where nobody says: a Monday, as New York opens. */
export const DEFAULT_START = '2026-01-05T14:30:00Z'

/** Beyond this, times since the epoch are no longer exact. */
const LONGEST = 100 * DAY

/** A moment of venue time. */
export interface MarketMoment {
  readonly epoch: EpochSeconds
  readonly now: Nanos
}

/** The text of --start as a moment. @throws UserError where it is none */
export function marketMoment(text: string): MarketMoment {
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) throw new UserError(`--start "${text}": expected a time such as ${DEFAULT_START}`)
  const epoch = epochOf(milliseconds)
  return { epoch, now: nanos(Math.round((milliseconds - epoch * 1000) * 1e6)) }
}

/** The text of --duration. @throws UserError where it is none */
export function marketSpan(text: string): Nanos {
  const duration = parseDuration(text)
  if (duration === undefined || duration <= 0 || duration > LONGEST)
    throw new UserError(`--duration "${text}": expected a duration up to 100 days, such as 90s, 10m or 6.5h`)
  return duration
}
