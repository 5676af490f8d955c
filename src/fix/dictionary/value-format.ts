import { FieldType } from './field-type.js'

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Whether `bytes[from, to)`, which is not empty, is written as FIX 4.4 writes values of `type` (vol. 1, "FIX field data
 * types"). Plus signs, exponents and surrounding spaces are never right.
 */
export function isWellFormed(type: number, bytes: Uint8Array, from: number, to: number): boolean {
  switch (type) {
    case FieldType.Char:
      return to - from === 1 && bytes[from] > 31
    case FieldType.Boolean:
      return to - from === 1 && (bytes[from] === 89 || bytes[from] === 78)
    case FieldType.Int:
      return isWhole(bytes, bytes[from] === 45 ? from + 1 : from, to)
    case FieldType.Length:
    case FieldType.SeqNum:
    case FieldType.NumInGroup:
      return isWhole(bytes, from, to)
    case FieldType.DayOfMonth:
      return isDayOfMonth(bytes, from, to)
    case FieldType.Float:
      return isFloat(bytes, from, to)
    case FieldType.Country:
      return to - from === 2 && isUpper(bytes, from, to)
    case FieldType.Currency:
      return to - from === 3 && isUpper(bytes, from, to)
    case FieldType.MonthYear:
      return isMonthYear(bytes, from, to)
    case FieldType.UtcTimestamp:
      return to - from >= 17 && isDate(bytes, from) && bytes[from + 8] === 45 && isTime(bytes, from + 9, to)
    case FieldType.UtcTimeOnly:
      return isTime(bytes, from, to)
    case FieldType.UtcDate:
    case FieldType.LocalMktDate:
      return to - from === 8 && isDate(bytes, from)
    case FieldType.MultipleValueString:
      return isValueList(bytes, from, to)
    default:
      return true
  }
}

function isDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] < 48 || bytes[i] > 57) return false
  return from < to
}

/** 1 to 31, with or without a zero in front. */
function isDayOfMonth(bytes: Uint8Array, from: number, to: number): boolean {
  const day = to - from > 2 ? -1 : number(bytes, from, to - from)
  return day >= 1 && day <= 31
}

/** Digits that make a number which is exact: nobody can count with one beyond 2^53. */
function isWhole(bytes: Uint8Array, from: number, to: number): boolean {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - 48
    if (digit < 0 || digit > 9) return false
    value = value * 10 + digit
  }
  return from < to && value <= Number.MAX_SAFE_INTEGER
}

function isFloat(bytes: Uint8Array, from: number, to: number): boolean {
  let points = 0
  let digits = 0
  for (let i = bytes[from] === 45 ? from + 1 : from; i < to; i++) {
    const byte = bytes[i]
    if (byte === 46) points++
    else if (byte < 48 || byte > 57) return false
    else digits++
  }
  return digits > 0 && points <= 1
}

function isUpper(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] < 65 || bytes[i] > 90) return false
  return true
}

/** Values separated by single spaces. */
function isValueList(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] === 32 || bytes[to - 1] === 32) return false
  for (let i = from + 1; i < to; i++) if (bytes[i] === 32 && bytes[i - 1] === 32) return false
  return true
}

/** The number that `count` digits at `at` make, or -1. */
function number(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i] - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** YYYYMMDD with a day that the month has. */
function isDate(bytes: Uint8Array, at: number): boolean {
  const year = number(bytes, at, 4)
  const month = number(bytes, at + 4, 2)
  const day = number(bytes, at + 6, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > DAYS_IN_MONTH[month - 1]) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/** HH:MM:SS, with a point and 3, 6 or 9 digits or without. Second 60 is a leap second. */
function isTime(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from
  if (length !== 8 && length !== 12 && length !== 15 && length !== 18) return false
  if (bytes[from + 2] !== 58 || bytes[from + 5] !== 58) return false
  const hour = number(bytes, from, 2)
  const minute = number(bytes, from + 3, 2)
  const second = number(bytes, from + 6, 2)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false
  return length === 8 || (bytes[from + 8] === 46 && isDigits(bytes, from + 9, to))
}

/** YYYYMM, YYYYMMDD or YYYYMMWW with WW from w1 to w5. */
function isMonthYear(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from
  if (length === 8 && bytes[from + 6] !== 119) return isDate(bytes, from)
  const month = number(bytes, from + 4, 2)
  if (length !== 6 && length !== 8) return false
  if (number(bytes, from, 4) < 0 || month < 1 || month > 12) return false
  return length === 6 || (bytes[from + 7] >= 49 && bytes[from + 7] <= 53)
}
