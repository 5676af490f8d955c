import { nanos, type EpochSeconds, type Nanos } from './time.js'

/** Digits after the second in a UTCTimestamp: none, milli-, micro- or nanoseconds (FIX 4.4 vol. 1, and the 2014 extension). */
export type TimestampDigits = 0 | 3 | 6 | 9

const NANOS_PER_DAY = 86_400_000_000_000
const UNIT: Readonly<Record<TimestampDigits, number>> = { 0: 1e9, 3: 1e6, 6: 1e3, 9: 1 }

/** Days since 1970-01-01 of a civil date in the proleptic Gregorian calendar (Hinnant, "chrono-compatible date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function twoDigits(into: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0
  into[at] = 48 + tens
  into[at + 1] = 48 + value - tens * 10
}

/**
 * Writes times as FIX UTCTimestamps, "20261120-07:15:30.123", into bytes. The day and second written last are kept, as
 * consecutive messages nearly always share them.
 */
export class TimestampWriter {
  readonly #epoch: EpochSeconds
  readonly #digits: TimestampDigits
  readonly #text = new Uint8Array(27)
  #second = Number.NaN
  #day = Number.NaN

  constructor(epoch: EpochSeconds, digits: TimestampDigits) {
    this.#epoch = epoch
    this.#digits = digits
    this.#text.set([45], 8)
    this.#text[11] = this.#text[14] = 58
    this.#text[17] = 46
  }

  /** Bytes that {@link write} takes. */
  get length(): number {
    return this.#digits === 0 ? 17 : 18 + this.#digits
  }

  /** Writes `time` at `at` and returns the offset behind it. Digits past the precision are cut, not rounded. */
  write(into: Uint8Array, at: number, time: Nanos): number {
    const second = Math.floor(time / 1e9)
    if (second !== this.#second) this.#setSecond(second)
    const digits = this.#digits
    if (digits > 0) {
      let fraction = Math.floor((time - second * 1e9) / UNIT[digits])
      for (let i = 17 + digits; i > 17; i--) {
        const rest = (fraction / 10) | 0
        this.#text[i] = 48 + fraction - rest * 10
        fraction = rest
      }
    }
    const length = this.length
    for (let i = 0; i < length; i++) into[at + i] = this.#text[i]
    return at + length
  }

  format(time: Nanos): string {
    const bytes = Buffer.allocUnsafe(this.length)
    this.write(bytes, 0, time)
    return bytes.toString('latin1')
  }

  #setSecond(second: number): void {
    this.#second = second
    const day = Math.floor(second / 86_400)
    if (day !== this.#day) {
      this.#day = day
      const date = new Date((this.#epoch + day * 86_400) * 1000)
      const year = date.getUTCFullYear()
      twoDigits(this.#text, 0, Math.floor(year / 100))
      twoDigits(this.#text, 2, year % 100)
      twoDigits(this.#text, 4, date.getUTCMonth() + 1)
      twoDigits(this.#text, 6, date.getUTCDate())
    }
    const ofDay = second - day * 86_400
    twoDigits(this.#text, 9, Math.floor(ofDay / 3600))
    twoDigits(this.#text, 12, Math.floor(ofDay / 60) % 60)
    twoDigits(this.#text, 15, ofDay % 60)
  }
}

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function number(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * Reads a UTCTimestamp "YYYYMMDD-HH:MM:SS[.sss[sss[sss]]]".
 * @returns time since `epoch` (negative before it), or NaN when the text is none: a wrong length, a day that the month
 * has not, an hour past 23. Second 60 is allowed, as FIX allows leap seconds.
 */
export function parseTimestamp(bytes: Uint8Array, from: number, to: number, epoch: EpochSeconds): Nanos {
  const length = to - from
  if (length !== 17 && length !== 21 && length !== 24 && length !== 27) return nanos(Number.NaN)
  if (bytes[from + 8] !== 45 || bytes[from + 11] !== 58 || bytes[from + 14] !== 58) return nanos(Number.NaN)
  if (length > 17 && bytes[from + 17] !== 46) return nanos(Number.NaN)
  const year = number(bytes, from, from + 4)
  const month = number(bytes, from + 4, from + 6)
  const day = number(bytes, from + 6, from + 8)
  const hour = number(bytes, from + 9, from + 11)
  const minute = number(bytes, from + 12, from + 14)
  const second = number(bytes, from + 15, from + 17)
  const digits = (length > 17 ? length - 18 : 0) as TimestampDigits
  const fraction = digits > 0 ? number(bytes, from + 18, to) : 0
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > DAYS_IN_MONTH[month - 1]) return nanos(Number.NaN)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 || fraction < 0)
    return nanos(Number.NaN)
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return nanos(Number.NaN)
  const days = daysFromCivil(year, month, day) - epoch / 86_400
  return nanos(days * NANOS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1e9 + fraction * UNIT[digits])
}
