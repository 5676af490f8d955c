import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import { WEEKDAYS, type Weekday } from '../../fix/session/schedule.js'
import { phasesOf, type TradingConfig } from '../config/trading-config.js'

/** Tells of a venue time whether it lies on a day on which some instrument has its phases; without any timetable always. */
export function isTradingDay(
  trading: TradingConfig,
  instruments: readonly Instrument[],
  epoch: EpochSeconds
): (time: Nanos) => boolean {
  const tables = new Set(instruments.map(({ symbol }) => phasesOf(trading, symbol)))
  if (tables.has(undefined)) return () => true
  const days = [...tables].flatMap((table) => {
    if (table === undefined) return []
    return [{ ...table, weekday: new Intl.DateTimeFormat('en-US', { timeZone: table.timeZone, weekday: 'short' }) }]
  })
  return (time) =>
    days.some(({ days, weekday }) => {
      const name = weekday.format((epoch + time / 1e9) * 1000).toLowerCase()
      return WEEKDAYS.includes(name as Weekday) && days.includes(name as Weekday)
    })
}
