import type { Nanos } from '../base/time.js'
import { parseSessionName } from '../fix/session/session-settings.js'
import { UserError } from '../base/user-error.js'
import type { JournalReader } from '../journal/journal.js'
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
 * Runs a journal again: the market is fed and every command acts at its recorded time, so that the venue stands where the
 * last committed turn left it. Nothing is recorded or reported while it runs.
 * @throws UserError where the run brings forth other events than were recorded: the tape or the program has changed.
 */
export function recover(venue: Venue, reader: JournalReader): Recovered {
  reader.sessionNames.forEach((name, no) => (venue.clients[no] = parseSessionName(name).targetCompId))
  let events = 0
  venue.listener = { onEvent: () => events++ }
  let venueTime: Nanos | undefined
  let marketShift = 0
  let commands = 0
  let recorded = 0
  reader.forEach({
    run(run) {
      if (venueTime !== undefined) venue.advance(venueTime)
      venue.market.shift(run.marketShift - marketShift)
      marketShift = run.marketShift
    },
    command(command) {
      venue.advance(command.time)
      venue.submit(command)
      commands++
    },
    event() {
      recorded++
    },
    turnEnd(_turn, _wall, time) {
      venueTime = time
    }
  })
  if (venueTime !== undefined) venue.advance(venueTime)
  if (events !== recorded) {
    throw new UserError(
      `${reader.path}: running the journal again brought ${events} events, but ${recorded} were recorded: ` +
        'the market data or the program is not what it was'
    )
  }
  return { venueTime, marketShift, commands, events: recorded }
}
