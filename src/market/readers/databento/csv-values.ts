import { daysFromCivil } from '../../../base/timestamp.js'
import { PRICE_DECIMALS } from './record.js'

/** How values are written in a field `bytes[from, to)`. A reading of NaN means that the field is no such value. */

const POINT = 46
const MINUS = 45
const LETTER_Z = 90

/** How "there is none" is written: the largest int64 (prices), the largest uint64 (times), and by data frames. */
const NONE: readonly string[] = ['9223372036854775807', '18446744073709551615', 'NaN', 'nan', 'NaT']

/** Whether a price or time says that there is none. */
export function isNone(bytes: Buffer, from: number, to: number): boolean {
  return NONE.some(
    (none) =>
      none.length === to - from && none.charCodeAt(0) === bytes[from] && bytes.toString('latin1', from, to) === none
  )
}

export function readInteger(bytes: Buffer, from: number, to: number): number {
  if (to === from || to - from > 15) return Number.NaN
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** A decimal as a whole number of 10^-9. Beyond 9 million it is not exact, and NaN. */
export function readPrice(bytes: Buffer, from: number, to: number): number {
  const negative = bytes[from] === MINUS
  let value = 0
  let decimals = -1
  let digits = 0
  for (let i = negative ? from + 1 : from; i < to; i++) {
    const digit = bytes[i] - 48
    if (digit >= 0 && digit <= 9) {
      digits++
      if (decimals >= 0 && ++decimals > PRICE_DECIMALS) {
        if (digit !== 0) return Number.NaN
      } else value = value * 10 + digit
    } else if (bytes[i] === POINT && decimals < 0) decimals = 0
    else return Number.NaN
  }
  if (digits === 0) return Number.NaN
  for (let n = Math.max(0, decimals); n < PRICE_DECIMALS; n++) value *= 10
  if (value > Number.MAX_SAFE_INTEGER) return Number.NaN
  return negative ? -value : value
}

/** A moment: whole seconds since 1970, and nanoseconds. */
export interface Moment {
  seconds: number
  nanos: number
}

/**
 * Reads "2025-07-17T07:05:09.035793433Z", "2025-07-17 07:05:09+00:00" or ns since 1970, into `into`.
 * @returns whether it is a time.
 */
export function readMoment(bytes: Buffer, from: number, to: number, into: Moment): boolean {
  if (bytes[from + 4] !== MINUS) {
    const length = to - from
    if (length < 10 || length > 19) return false
    into.seconds = readInteger(bytes, from, to - 9)
    into.nanos = readInteger(bytes, to - 9, to)
    return !Number.isNaN(into.seconds + into.nanos)
  }
  if (to - from < 19) return false
  const year = readInteger(bytes, from, from + 4)
  const month = readInteger(bytes, from + 5, from + 7)
  const day = readInteger(bytes, from + 8, from + 10)
  const hour = readInteger(bytes, from + 11, from + 13)
  const minute = readInteger(bytes, from + 14, from + 16)
  const second = readInteger(bytes, from + 17, from + 19)
  let nanos = 0
  let decimals = 0
  let at = from + 19
  if (bytes[at] === POINT) {
    for (at++; at < to && bytes[at] >= 48 && bytes[at] <= 57; at++) {
      if (decimals++ < 9) nanos = nanos * 10 + bytes[at] - 48
    }
  }
  for (; decimals < 9; decimals++) nanos *= 10
  into.seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  into.nanos = nanos
  return !Number.isNaN(into.seconds) && (at === to || isUtc(bytes, at, to))
}

/** "Z" or "+00:00" */
function isUtc(bytes: Buffer, from: number, to: number): boolean {
  return to - from === 1 ? bytes[from] === LETTER_Z : bytes.toString('latin1', from, to) === '+00:00'
}
