import { daysFromCivil } from '../../../base/timestamp.js'

const SPACE = 32
const COMMA = 44
const POINT = 46
const SLASH = 47
const COLON = 58
const MINUS = 45
const HOUR = 3600

/** In which order a date has day and month, where its year comes last. */
export type DateOrder = 'dmy' | 'mdy'

/** Where the date ends with which a text begins: behind eight digits, or behind those that follow the second gap. */
export function dateEnd(bytes: Buffer, from: number, to: number): number {
  let gaps = 0
  for (let at = from; at < to; at++) {
    if (isDigit(bytes[at])) {
      if (gaps === 0 && at === from + 7) return at + 1
    } else if (!isDateGap(bytes[at]) || ++gaps > 2) return at
  }
  return to
}

/**
 * "2024-05-08", "2024/05/08", "2024.05.08" or "20240508", "08.05.2024" (day first), and by `order` "5/8/2024", as days since
 * 1970; NaN where it is none.
 */
export function readDate(bytes: Buffer, from: number, to: number, order: DateOrder | undefined): number {
  const gaps: number[] = []
  for (let at = from; at < to; at++) if (isDateGap(bytes[at])) gaps.push(at)
  if (gaps.length === 0 && to - from === 8) return dayOf(bytes, [from, from + 4, from + 4, from + 6, from + 6, to])
  const [first, second] = gaps
  if (gaps.length !== 2 || bytes[first] !== bytes[second]) return Number.NaN
  const parts = [from, first, first + 1, second, second + 1, to]
  if (first - from === 4) return dayOf(bytes, parts)
  const [a, b] = [parts.slice(0, 2), parts.slice(2, 4)]
  const year = parts.slice(4)
  if (year[1] - year[0] !== 4) return Number.NaN
  const said = order ?? (bytes[first] === POINT ? 'dmy' : undefined)
  if (said === undefined) return Number.NaN
  return dayOf(bytes, said === 'dmy' ? [...year, ...b, ...a] : [...year, ...a, ...b])
}

/** @param parts where year, month and day begin and end */
function dayOf(bytes: Buffer, parts: readonly number[]): number {
  const [year, month, day] = [0, 2, 4].map((n) => digitsOf(bytes, parts[n], parts[n + 1]))
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN
  const days = daysFromCivil(year, month, day)
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)
  return days < next ? days : Number.NaN
}

/** "9:30", "09:30:00.123456789", "09:30:00,5", "9:30:00 PM" as seconds and ns. */
export function readClock(bytes: Buffer, from: number, to: number): readonly [seconds: number, nanos: number] {
  const half = halfOf(bytes, to)
  if (half !== undefined) for (to -= 2; to > from && bytes[to - 1] === SPACE;) to--
  const first = bytes.indexOf(COLON, from)
  if (first < 0 || first >= to || first - from > 2) return NONE
  let hour = digitsOf(bytes, from, first)
  if (half !== undefined) hour = hour >= 1 && hour <= 12 ? (hour % 12) + half : Number.NaN
  const minuteEnd = Math.min(first + 3, to)
  const minute = digitsOf(bytes, first + 1, minuteEnd)
  if (minuteEnd < to && bytes[minuteEnd] !== COLON) return NONE
  const [seconds, nanos] = minuteEnd === to ? [0, 0] : readSeconds(bytes, minuteEnd + 1, to, 0)
  if (!(hour <= 24 && minute < 60 && seconds <= 60)) return NONE
  return [hour * HOUR + minute * 60 + seconds, nanos]
}

/** The hour with which the half of a day begins that a time ends with, AM or PM; undefined where it ends with none. */
function halfOf(bytes: Buffer, to: number): 0 | 12 | undefined {
  if ((bytes[to - 1] | 32) !== 109) return undefined
  const letter = bytes[to - 2] | 32
  return letter === 97 ? 0 : letter === 112 ? 12 : undefined
}

/** Where a time ends that has UTC or GMT behind it; NaN where it has not. */
export function beforeUtc(bytes: Buffer, from: number, to: number): number {
  const text = bytes.toString('latin1', Math.max(from, to - 4), to)
  return text === ' UTC' || text === ' GMT' ? to - 4 : Number.NaN
}

/** "+02:00", "-0500", "+02" in seconds. */
export function readShift(bytes: Buffer, from: number, to: number): number {
  const sign = bytes[from] === MINUS ? -1 : 1
  const hours = digitsOf(bytes, from + 1, Math.min(from + 3, to))
  const minutesFrom = bytes[from + 3] === COLON ? from + 4 : from + 3
  const minutes = minutesFrom < to ? digitsOf(bytes, minutesFrom, to) : 0
  return sign * (hours * HOUR + minutes * 60)
}

const NONE: readonly [number, number] = [Number.NaN, Number.NaN]

/** A decimal number of 10^-`digits` seconds as whole seconds and ns; no digit is lost. */
export function readSeconds(
  bytes: Buffer,
  from: number,
  to: number,
  digits: number
): readonly [seconds: number, nanos: number] {
  let end = from
  while (end < to && isDigit(bytes[end])) end++
  if (end === from) return NONE
  const whole = Math.max(from, end - digits)
  const seconds = whole === from ? 0 : digitsOf(bytes, from, whole)
  let nanos = digitsOf(bytes, whole, end, 0)
  let places = digits
  if (end < to) {
    if (bytes[end] !== POINT && bytes[end] !== COMMA) return NONE
    for (let at = end + 1; at < to; at++) {
      if (!isDigit(bytes[at])) return NONE
      if (places < 9) {
        nanos = nanos * 10 + bytes[at] - 48
        places++
      }
    }
  }
  for (; places < 9; places++) nanos *= 10
  return [seconds, nanos]
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

function isDateGap(byte: number): boolean {
  return byte === MINUS || byte === SLASH || byte === POINT
}

function digitsOf(bytes: Buffer, from: number, to: number, empty = Number.NaN): number {
  if (to <= from) return empty
  if (to - from > 15) return Number.NaN
  let value = 0
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at])) return Number.NaN
    value = value * 10 + bytes[at] - 48
  }
  return value
}
