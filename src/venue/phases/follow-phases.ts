import type { EpochSeconds, Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { Command } from '../../exchange/command.js'
import type { Instrument } from '../../exchange/instrument.js'
import { phasesOf, type TradingConfig } from '../config/trading-config.js'
import type { Venue } from '../venue.js'
import { openingPhases, PhaseSchedule } from './phase-schedule.js'
import { PhaseTimetable } from './phase-timetable.js'
import { ToldPhases } from './told-phases.js'
import { dayEnds } from './trading-days.js'

export interface FollowOptions {
  readonly trading: TradingConfig
  readonly instruments: readonly Instrument[]
  readonly epoch: EpochSeconds
  readonly seed: number
  /** Venue time at which the session begins or goes on. */
  readonly start: Nanos
  /** Whether what was before `start` is recorded: the phases are what they were then. */
  readonly continued: boolean
  readonly record: (command: Command) => void
}

/**
 * Lets a venue's phases change and its trading days end by its configuration: first the phases that hold where the session
 * begins, then each at its time, an end of the day behind the changes of its moment. A session that is continued has the
 * changes up to then in its journal. Where the market tells phases as it is fed, instruments without phases in the
 * configuration follow it.
 */
export function followPhases(venue: Venue, options: FollowOptions): void {
  const { trading, instruments, epoch, seed, start, continued, record } = options
  const timetables = instruments.flatMap(({ no: instrument, symbol }) => {
    const table = phasesOf(trading, symbol)
    return table === undefined ? [] : [new PhaseTimetable({ instrument, symbol, table, epoch, seed })]
  })
  const after = continued ? venue.time : start
  const ends = trading.endOfDay === undefined ? [] : [dayEnds(trading.endOfDay, epoch, after)]
  const own = venue.market.phases?.()
  if (own?.due !== undefined) {
    if (timetables.length > 0)
      throw new UserError('the scenario has phases of its own, and so has /trading: leave one of them out')
    venue.follow(new PhaseSchedule([own, ...ends]), record)
    return
  }
  if (!continued) {
    for (const change of openingPhases(timetables, start)) {
      record(change)
      venue.submit(change)
    }
  }
  const tables = timetables.map((timetable) => timetable.after(after))
  const told = venue.market.tellsPhases ? new ToldPhases(new Set(timetables.map((each) => each.instrument))) : undefined
  venue.follow(new PhaseSchedule([...tables, ...(told ? [told] : []), ...ends]), record, told)
}
