import type { Nanos } from '../../base/time.js'
import { parseSessionName } from '../../fix/session/session-settings.js'
import type { JournalReader, JournalVisitor } from '../../journal/journal.js'
import { BACKTEST_CLIENT } from '../backtest/backtest-client.js'
import type { Venue } from '../venue.js'

/** Where a run again ended. */
export interface RunAgain {
  /** Venue time of the last recorded turn; undefined where nothing was recorded. */
  readonly venueTime: Nanos | undefined
  readonly marketShift: number
  readonly commands: number
}

/**
 * Runs a journal again: the market is fed and every command acts at its recorded time. What the venue brings forth goes to
 * its listener.
 * @param along is shown what the journal holds meanwhile, in its order; a command before it acts
 * @param before is told each time that the venue is about to be brought to, before anything of it happens
 */
export function runAgain(
  venue: Venue,
  reader: JournalReader,
  along: JournalVisitor = {},
  before: (time: Nanos) => void = () => undefined
): RunAgain {
  reader.sessionNames.forEach((name, no) => (venue.clients[no] = parseSessionName(name).targetCompId))
  if (reader.sessionNames.length === 0) venue.clients[0] = BACKTEST_CLIENT
  let venueTime: Nanos | undefined
  let marketShift = 0
  let commands = 0
  const advance = (to: Nanos): void => {
    before(to)
    venue.advance(to)
  }
  reader.forEach({
    ...along,
    run(run) {
      venue.market.shift(run.marketShift - marketShift)
      marketShift = run.marketShift
      along.run?.(run)
    },
    jump(jump) {
      advance(jump.time)
      venue.jump(jump)
      marketShift = jump.marketShift
      along.jump?.(jump)
    },
    command(command) {
      advance(command.time)
      along.command?.(command)
      venue.submit(command)
      commands++
    },
    turnEnd(turn, wallTime, time) {
      venueTime = time
      advance(time)
      along.turnEnd?.(turn, wallTime, time)
    }
  })
  return { venueTime, marketShift, commands }
}
