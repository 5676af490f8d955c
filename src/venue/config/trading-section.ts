import { parseDecimal } from '../../base/decimal.js'
import { parseDuration } from '../../base/duration.js'
import { TimeZone } from '../../base/time-zone.js'
import { UserError, type SourcePosition } from '../../base/user-error.js'
import type { Collar, TradingRules } from '../../exchange/trading-rules.js'
import { WEEKDAYS } from '../../fix/session/schedule.js'
import type { PhaseTable } from '../phases/phase-table.js'
import type { DayEnd } from '../phases/trading-days.js'
import type { TradingConfig, TradingTerms } from './trading-config.js'
import type { TradingFile } from './trading-schema.js'

type Position = (path: string) => SourcePosition
type TermsFile = Omit<TradingFile, 'instruments' | 'firms' | 'endOfDay'>

/**
 * The trading rules and timetables of venue.yaml.
 * @throws UserError with file:line:column for a time zone that is none, times out of order, and a client of two firms
 */
export function tradingSection(file: TradingFile, positionOf: Position): TradingConfig {
  const { instruments = {}, firms = [], endOfDay, ...common } = file
  const members = firms.flatMap(({ name, sessions, selfMatch }, firm) =>
    sessions.map((client, at) => ({ client, id: name, mode: selfMatch, path: `/trading/firms/${firm}/sessions/${at}` }))
  )
  members.forEach(({ client, path }, at) => {
    if (members.findIndex((other) => other.client === client) !== at)
      throw new UserError(`${path} "${client}" is in a firm already`, positionOf(path))
  })
  return {
    ...termsOf(common, '/trading', positionOf),
    instruments: Object.fromEntries(
      Object.entries(instruments).map(([symbol, own]) => [
        symbol,
        termsOf(own, `/trading/instruments/${symbol}`, positionOf)
      ])
    ),
    firms: Object.fromEntries(members.map(({ client, id, mode }) => [client, { id, mode }])),
    endOfDay: endOfDay && dayEndOf(endOfDay, '/trading/endOfDay', positionOf)
  }
}

function termsOf({ phases, collar, ...rules }: TermsFile, path: string, positionOf: Position): TradingTerms {
  const own: Partial<TradingRules> = { ...rules, ...(collar && { collar: collarOf(collar, path, positionOf) }) }
  return { rules: own, phases: phases && tableOf(phases, `${path}/phases`, positionOf) }
}

function collarOf(collar: NonNullable<TermsFile['collar']>, path: string, positionOf: Position): Collar {
  if ('ticks' in collar) return { kind: 'ticks', ticks: collar.ticks }
  const basisPoints = parseDecimal(collar.percent, 2)
  if (basisPoints > 0) return { kind: 'percent', basisPoints }
  throw new UserError(`${path}/collar/percent must be more than 0`, positionOf(`${path}/collar/percent`))
}

function tableOf(
  { timeZone, days, times }: NonNullable<TermsFile['phases']>,
  path: string,
  positionOf: Position
): PhaseTable {
  checkTimeZone(timeZone, `${path}/timeZone`, positionOf)
  const entries = times.map(({ at, phase, randomEnd = '0' }) => ({
    at: secondsOf(at),
    phase,
    randomEnd: parseDuration(randomEnd) ?? 0
  }))
  entries.forEach(({ at }, line) => {
    const where = `${path}/times/${line}/at`
    if (line > 0 && at * 1e9 <= entries[line - 1].at * 1e9 + entries[line - 1].randomEnd)
      throw new UserError(
        `${where} "${times[line].at}" must be later than the line before it, its random end included`,
        positionOf(where)
      )
  })
  return { timeZone, days: days ?? WEEKDAYS, entries }
}

function dayEndOf(
  { timeZone, days, at }: NonNullable<TradingFile['endOfDay']>,
  path: string,
  positionOf: Position
): DayEnd {
  checkTimeZone(timeZone, `${path}/timeZone`, positionOf)
  return { timeZone, days: days ?? WEEKDAYS, at: secondsOf(at) }
}

function checkTimeZone(timeZone: string, path: string, positionOf: Position): void {
  if (TimeZone.isKnown(timeZone)) return
  throw new UserError(
    `${path} "${timeZone}" is no time zone: expected an IANA name such as "America/New_York"`,
    positionOf(path)
  )
}

function secondsOf(timeOfDay: string): number {
  const [hours, minutes, seconds = 0] = timeOfDay.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}
