import { daysFromCivil } from '../../../base/timestamp.js'
import { TimeZone } from '../../../base/time-zone.js'
import type { CsvRow } from './csv-row.js'
import type { TimeTerms } from './table.js'

const DIGITS: Readonly<Record<'s' | 'ms' | 'us' | 'ns', number>> = { s: 0, ms: 3, us: 6, ns: 9 }
const POINT = 46
const COLON = 58
const MINUS = 45
const PLUS = 43
const Z = 90
const HOUR = 3600
const DAY = 86_400

/** Reads the times of a table as ns since an epoch, to the last digit. */
export class TimeColumn {
  readonly #terms: TimeTerms
  readonly #column: number
  readonly #dateColumn: number
  readonly #epoch: number
  /** Of times that carry none; undefined: UTC. */
  readonly #zone: TimeZone | undefined
  /** The text of the last date, and its days since 1970. */
  #dateText = Buffer.alloc(0)
  #days = Number.NaN
  /** Seconds since 1970 of the last local hour that was looked up, by its number of hours. */
  #localHour = Number.NaN
  #localSeconds = 0

  constructor(terms: TimeTerms, columnOf: (name: string) => number, epoch: number) {
    this.#terms = terms
    this.#column = columnOf(terms.column)
    this.#dateColumn = terms.kind === 'clock' && 'column' in terms.date ? columnOf(terms.date.column) : -1
    if (terms.kind === 'clock' && 'is' in terms.date) {
      const text = Buffer.from(terms.date.is, 'latin1')
      this.#days = readDate(text, 0, text.length)
    }
    this.#epoch = epoch
    if (terms.kind !== 'unix' && terms.zone !== 'UTC') this.#zone = new TimeZone(terms.zone)
  }

  get column(): number {
    return this.#column
  }

  /** How times are expected, for a message. */
  get expected(): string {
    const terms = this.#terms
    if (terms.kind === 'unix') return `a time in ${terms.unit === 'auto' ? 's, ms, us or ns' : terms.unit} since 1970`
    if (terms.kind === 'iso') return 'a time such as 2024-05-08T13:30:00.123Z'
    return terms.unit === 'clock' ? 'a time such as 9:30:00.123' : `a time in ${terms.unit} after midnight`
  }

  /** The time of the current row; NaN where it is none. */
  read(row: CsvRow): number {
    const { bytes } = row
    const from = row.from(this.#column)
    const to = row.to(this.#column)
    const terms = this.#terms
    if (terms.kind === 'unix') return this.#unix(bytes, from, to, terms.unit)
    if (terms.kind === 'iso') return this.#iso(bytes, from, to)
    if (this.#dateColumn >= 0) this.#readDate(bytes, row.from(this.#dateColumn), row.to(this.#dateColumn))
    const [seconds, nanos] =
      terms.unit === 'clock' ? readClock(bytes, from, to) : split(bytes, from, to, DIGITS[terms.unit])
    return this.#local(seconds, nanos)
  }

  #unix(bytes: Buffer, from: number, to: number, unit: 's' | 'ms' | 'us' | 'ns' | 'auto'): number {
    let digits = unit === 'auto' ? 0 : DIGITS[unit]
    if (unit === 'auto') {
      let end = from
      while (end < to && bytes[end] !== POINT) end++
      // 10 digits are seconds from 2001 to 2286.
      digits = Math.min(9, Math.max(0, end - from - 10))
      digits -= digits % 3
    }
    const [seconds, nanos] = split(bytes, from, to, digits)
    return (seconds - this.#epoch) * 1e9 + nanos
  }

  #iso(bytes: Buffer, from: number, to: number): number {
    const compact = bytes[from + 4] !== MINUS && bytes[from + 4] !== 47
    const dateEnd = from + (compact ? 8 : 10)
    if (to < dateEnd + 2) return Number.NaN
    this.#readDate(bytes, from, dateEnd)
    let end = dateEnd + 1
    while (end < to && bytes[end] !== Z && bytes[end] !== PLUS && bytes[end] !== MINUS) end++
    const [seconds, nanos] = readClock(bytes, dateEnd + 1, end)
    if (end === to) return this.#local(seconds, nanos)
    const shift = bytes[end] === Z ? (end + 1 === to ? 0 : Number.NaN) : readShift(bytes, end, to)
    return (this.#days * DAY + seconds - shift - this.#epoch) * 1e9 + nanos
  }

  #readDate(bytes: Buffer, from: number, to: number): void {
    if (this.#dateText.length === to - from && this.#dateText.compare(bytes, from, to) === 0) return
    this.#dateText = Buffer.from(bytes.subarray(from, to))
    this.#days = readDate(bytes, from, to)
  }

  /** A local time of day on the date that was read. The zone is asked once an hour: its clock may change then. */
  #local(seconds: number, nanos: number): number {
    if (this.#zone === undefined) return (this.#days * DAY + seconds - this.#epoch) * 1e9 + nanos
    const hour = Math.floor(seconds / HOUR)
    const key = this.#days * 24 + hour
    if (Number.isNaN(key)) return Number.NaN
    if (key !== this.#localHour) {
      this.#localHour = key
      this.#localSeconds = this.#zone.moment(this.#days * DAY + hour * HOUR)
    }
    return (this.#localSeconds + (seconds - hour * HOUR) - this.#epoch) * 1e9 + nanos
  }
}

/** "2024-05-08", "2024/05/08" or "20240508" as days since 1970. */
function readDate(bytes: Buffer, from: number, to: number): number {
  const compact = to - from === 8
  if (!compact && to - from !== 10) return Number.NaN
  const gap = compact ? 0 : 1
  const year = digitsOf(bytes, from, from + 4)
  const month = digitsOf(bytes, from + 4 + gap, from + 6 + gap)
  const day = digitsOf(bytes, from + 6 + 2 * gap, to)
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN
  return daysFromCivil(year, month, day)
}

/** "9:30", "09:30:00.123456789" as seconds and ns. */
function readClock(bytes: Buffer, from: number, to: number): readonly [seconds: number, nanos: number] {
  const first = bytes.indexOf(COLON, from)
  if (first < 0 || first >= to || first - from > 2) return NONE
  const hour = digitsOf(bytes, from, first)
  const minuteEnd = Math.min(first + 3, to)
  const minute = digitsOf(bytes, first + 1, minuteEnd)
  if (minuteEnd === to) return [hour * HOUR + minute * 60, 0]
  if (bytes[minuteEnd] !== COLON) return NONE
  const [seconds, nanos] = split(bytes, minuteEnd + 1, to, 0)
  if (!(hour <= 24 && minute < 60 && seconds <= 60)) return NONE
  return [hour * HOUR + minute * 60 + seconds, nanos]
}

/** "+02:00", "-0500", "+02" in seconds. */
function readShift(bytes: Buffer, from: number, to: number): number {
  const sign = bytes[from] === MINUS ? -1 : 1
  const hours = digitsOf(bytes, from + 1, Math.min(from + 3, to))
  const minutesFrom = bytes[from + 3] === COLON ? from + 4 : from + 3
  const minutes = minutesFrom < to ? digitsOf(bytes, minutesFrom, to) : 0
  return sign * (hours * HOUR + minutes * 60)
}

const NONE: readonly [number, number] = [Number.NaN, Number.NaN]

/** A decimal number of 10^-`digits` seconds as whole seconds and ns; no digit is lost. */
function split(bytes: Buffer, from: number, to: number, digits: number): readonly [seconds: number, nanos: number] {
  let end = from
  while (end < to && bytes[end] >= 48 && bytes[end] <= 57) end++
  if (end === from) return NONE
  const whole = Math.max(from, end - digits)
  const seconds = whole === from ? 0 : digitsOf(bytes, from, whole)
  let nanos = digitsOf(bytes, whole, end, 0)
  let places = digits
  if (end < to) {
    if (bytes[end] !== POINT) return NONE
    for (let at = end + 1; at < to; at++) {
      const digit = bytes[at] - 48
      if (!(digit >= 0 && digit <= 9)) return NONE
      if (places < 9) {
        nanos = nanos * 10 + digit
        places++
      }
    }
  }
  for (; places < 9; places++) nanos *= 10
  return [seconds, nanos]
}

function digitsOf(bytes: Buffer, from: number, to: number, empty = Number.NaN): number {
  if (to <= from) return empty
  if (to - from > 15) return Number.NaN
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
