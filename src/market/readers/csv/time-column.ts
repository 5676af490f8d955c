import { TimeZone } from '../../../base/time-zone.js'
import type { CsvRow } from './csv-row.js'
import { beforeUtc, dateEnd, readClock, readDate, readSeconds, readShift, type DateOrder } from './read-time.js'
import type { TimeTerms } from './table.js'

const DIGITS: Readonly<Record<'s' | 'ms' | 'us' | 'ns', number>> = { s: 0, ms: 3, us: 6, ns: 9 }
const POINT = 46
const MINUS = 45
const PLUS = 43
const Z = 90
const HOUR = 3600
const DAY = 86_400

/** Times on a tape are ns since 1970 in 64 bits: until 2262. */
const LAST = 2 ** 63 / 1e9

/** Reads the times of a table as ns since an epoch, to the last digit. */
export class TimeColumn {
  readonly #terms: TimeTerms
  readonly #column: number
  readonly #dateColumn: number
  readonly #epoch: number
  /** Of times that carry none; undefined: UTC. */
  readonly #zone: TimeZone | undefined
  readonly #order: DateOrder | undefined
  /** The text of the last date, and its days since 1970. */
  #dateText = Buffer.alloc(0)
  #days = Number.NaN
  /** Seconds since 1970 of the last local hour that was looked up, by its number of hours. */
  #localHour = Number.NaN
  #localSeconds = 0
  /** Whether the hour comes twice, as when daylight saving time ends; and the last time in it, as the clock shows it. */
  #comesTwice = false
  #lastInHour = 0

  constructor(terms: TimeTerms, columnOf: (name: string) => number, epoch: number) {
    this.#terms = terms
    this.#column = columnOf(terms.column)
    this.#dateColumn = terms.kind === 'clock' && 'column' in terms.date ? columnOf(terms.date.column) : -1
    if (terms.kind === 'clock' && 'is' in terms.date) {
      const text = Buffer.from(terms.date.is, 'latin1')
      this.#days = readDate(text, 0, text.length, undefined)
    }
    this.#order = terms.kind === 'unix' ? undefined : terms.dateOrder
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
    if (terms.kind === 'iso') {
      const date = { dmy: '08/05/2024 ', mdy: '05/08/2024 ' }
      return `a time such as ${terms.dateOrder ? date[terms.dateOrder] : '2024-05-08T'}13:30:00.123`
    }
    return terms.unit === 'clock' ? 'a time such as 9:30:00.123' : `a time in ${terms.unit} after midnight`
  }

  /** The time of the current row; NaN where it is none, or one before 1970. */
  read(row: CsvRow): number {
    const time = this.#read(row)
    const seconds = time / 1e9 + this.#epoch
    return seconds >= 0 && seconds < LAST ? time : Number.NaN
  }

  #read(row: CsvRow): number {
    const { bytes } = row
    const from = row.from(this.#column)
    const to = row.to(this.#column)
    const terms = this.#terms
    if (terms.kind === 'unix') return this.#unix(bytes, from, to, terms.unit)
    if (terms.kind === 'iso') return this.#iso(bytes, from, to)
    if (this.#dateColumn >= 0) this.#readDate(bytes, row.from(this.#dateColumn), row.to(this.#dateColumn))
    const [seconds, nanos] =
      terms.unit === 'clock' ? readClock(bytes, from, to) : readSeconds(bytes, from, to, DIGITS[terms.unit])
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
    const [seconds, nanos] = readSeconds(bytes, from, to, digits)
    return (seconds - this.#epoch) * 1e9 + nanos
  }

  #iso(bytes: Buffer, from: number, to: number): number {
    const dayEnd = dateEnd(bytes, from, to)
    if (!(to >= dayEnd + 2)) return Number.NaN
    this.#readDate(bytes, from, dayEnd)
    let end = dayEnd + 1
    while (end < to && bytes[end] !== Z && bytes[end] !== PLUS && bytes[end] !== MINUS) end++
    const utc = beforeUtc(bytes, dayEnd + 1, end)
    const isUtc = !Number.isNaN(utc)
    const [seconds, nanos] = readClock(bytes, dayEnd + 1, isUtc ? utc : end)
    if (end === to && !isUtc) return this.#local(seconds, nanos)
    const isShifted = end < to && bytes[end] !== Z
    const shift = isShifted ? readShift(bytes, end, to) : end + 1 >= to ? 0 : Number.NaN
    return (this.#days * DAY + seconds - shift - this.#epoch) * 1e9 + nanos
  }

  #readDate(bytes: Buffer, from: number, to: number): void {
    if (this.#dateText.length === to - from && this.#dateText.compare(bytes, from, to) === 0) return
    this.#dateText = Buffer.from(bytes.subarray(from, to))
    this.#days = readDate(bytes, from, to, this.#order)
  }

  /**
   * A local time of day on the date that was read. The zone is asked once an hour: its clock may change then. Of an hour that
   * comes twice it is the first, until the times of the rows go back by half of it.
   */
  #local(seconds: number, nanos: number): number {
    const zone = this.#zone
    if (zone === undefined) return (this.#days * DAY + seconds - this.#epoch) * 1e9 + nanos
    const hour = Math.floor(seconds / HOUR)
    const key = this.#days * 24 + hour
    if (Number.isNaN(key)) return Number.NaN
    const inHour = seconds - hour * HOUR
    if (key !== this.#localHour) {
      this.#localHour = key
      const wall = this.#days * DAY + hour * HOUR
      this.#localSeconds = zone.moment(wall)
      const later = this.#localSeconds + HOUR
      this.#comesTwice = later + zone.offset(later) === wall
    } else if (this.#comesTwice && inHour < this.#lastInHour - HOUR / 2) {
      this.#comesTwice = false
      this.#localSeconds += HOUR
    }
    this.#lastInHour = inHour
    return (this.#localSeconds + inHour - this.#epoch) * 1e9 + nanos
  }
}
