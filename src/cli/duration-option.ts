import { parseDuration } from '../base/duration.js'
import type { Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'

/** A length of time above 0 from a command's option. @throws UserError where it is none */
export function durationOption(name: string, text: string): Nanos {
  const duration = parseDuration(text)
  if (duration !== undefined && duration > 0) return duration
  throw new UserError(`--${name}: expected a length of time such as 250ms, 1s or 1m, got "${text}"`)
}
