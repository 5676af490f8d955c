import type { TimeTerms } from '../csv/table.js'
import type { ImportOptions } from '../import-options.js'

export const NEW_YORK = 'America/New_York'
const DAY_SECONDS = 86_400

/**
 * How times are written, by those of the first row: since 1970, with the date, or of the day with the date beside it.
 * @param first what a column has in the first row
 * @returns undefined where they are no times; 'no date' where nothing tells the date
 */
export function timesAs(
  column: string | undefined,
  dateColumn: string | undefined,
  first: (name: string) => string,
  { date, timeZone }: ImportOptions
): TimeTerms | 'no date' | undefined {
  column ??= dateColumn
  if (column === undefined) return undefined
  const text = first(column)
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return { kind: 'unix', column, unit: 'auto' }
  const zone = timeZone ?? (/gmt|utc/i.test(column) ? 'UTC' : NEW_YORK)
  if (/^(\d{8}|\d{4}[-/.]\d{2}[-/.]\d{2}|\d{2}\.\d{2}\.\d{4})[T -]/.test(text)) return { kind: 'iso', column, zone }
  // With slashes and the year at the end: as in the United States.
  if (/^\d{1,2}\/\d{1,2}\/\d{4} /.test(text)) return { kind: 'iso', column, zone, dateOrder: 'mdy' }
  const isClock = /^\d{1,2}:\d{2}/.test(text)
  const sinceMidnight = /^\d{1,8}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!isClock && !(sinceMidnight < DAY_SECONDS * 1000)) return undefined
  const unit = isClock ? 'clock' : sinceMidnight < DAY_SECONDS ? 's' : 'ms'
  if (dateColumn !== undefined && dateColumn !== column) {
    return { kind: 'clock', column, unit, date: { column: dateColumn }, zone, dateOrder: 'mdy' }
  }
  // A number alone may be anything.
  if (date === undefined) return isClock ? 'no date' : undefined
  return isClock ? { kind: 'clock', column, unit, date: { is: date }, zone } : undefined
}
