import type { Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { JournalReader } from '../journal/journal.js'
import { FirstDifference } from './rerun/first-difference.js'
import { runAgain } from './rerun/run-again.js'
import type { Venue } from './venue.js'

/** What a recovery came to. */
export interface Recovered {
  /** Venue time of the last recorded turn; undefined where nothing was recorded. */
  readonly venueTime: Nanos | undefined
  readonly marketShift: number
  readonly commands: number
  readonly events: number
}

/**
 * Runs a journal again, so that the venue stands where the last committed turn left it. Nothing is recorded or reported
 * while it runs.
 * @throws UserError where the run brings forth other events than were recorded: the market data or the program has changed.
 */
export function recover(venue: Venue, reader: JournalReader): Recovered {
  const comparison = new FirstDifference()
  venue.listener = { onEvent: (event) => comparison.again({ kind: 'event', event }) }
  let events = 0
  const ran = runAgain(venue, reader, {
    event(event) {
      events++
      comparison.recorded({ kind: 'event', event })
    }
  })
  if (comparison.found !== undefined) {
    throw new UserError(
      `${reader.path}: running the journal again parts from it behind ${comparison.found.behind} events: the market data ` +
        'or the program is not what it was; `paperpit rerun --check` tells where'
    )
  }
  return { ...ran, events }
}
