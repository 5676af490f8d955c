import { powerOfTen } from '../../base/decimal.js'

/**
 * Values read straight from bytes. FIX numbers are ASCII digits with an optional leading minus; a plus sign, an exponent
 * or a space makes them no numbers (FIX 4.4 vol. 1, "int", "float").
 */

/** An int, or NaN where `bytes[from, to)` is none or lies beyond 2^53. */
export function readInt(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  const negative = at < to && bytes[at] === 45
  if (negative) at++
  if (at >= to) return Number.NaN
  let value = 0
  for (; at < to; at++) {
    const digit = bytes[at] - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  if (value > Number.MAX_SAFE_INTEGER) return Number.NaN
  return negative && value !== 0 ? -value : value
}

/** A float as an integer at `scale` decimals, or NaN: the same rules as `parseDecimal` on text. */
export function readDecimal(bytes: Uint8Array, from: number, to: number, scale: number): number {
  let at = from
  const negative = at < to && bytes[at] === 45
  if (negative) at++
  let value = 0
  let digits = 0
  let decimals = -1
  for (; at < to; at++) {
    const byte = bytes[at]
    if (byte === 46) {
      if (decimals >= 0) return Number.NaN
      decimals = 0
      continue
    }
    const digit = byte - 48
    if (digit < 0 || digit > 9) return Number.NaN
    digits++
    if (decimals >= 0 && ++decimals > scale) {
      if (digit !== 0) return Number.NaN
      continue
    }
    value = value * 10 + digit
  }
  if (digits === 0) return Number.NaN
  if (decimals < scale) value *= powerOfTen(decimals < 0 ? scale : scale - decimals)
  if (value > Number.MAX_SAFE_INTEGER) return Number.NaN
  return negative && value !== 0 ? -value : value
}

/** Strings of one character, made once. */
const CHARACTERS: readonly string[] = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

const text = String.fromCharCode

/**
 * Text in ISO 8859-1. Short values are built here: a call into the runtime costs 35 ns, a value of eight characters
 * built from its codes 12.
 */
export function readText(bytes: Buffer, from: number, to: number): string {
  const b = bytes
  const i = from
  switch (to - from) {
    case 0:
      return ''
    case 1:
      return CHARACTERS[b[i]]
    case 2:
      return text(b[i], b[i + 1])
    case 3:
      return text(b[i], b[i + 1], b[i + 2])
    case 4:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3])
    case 5:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4])
    case 6:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5])
    case 7:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6])
    case 8:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7])
    case 9:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8])
    case 10:
      return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9])
    case 11:
      return text(
        b[i],
        b[i + 1],
        b[i + 2],
        b[i + 3],
        b[i + 4],
        b[i + 5],
        b[i + 6],
        b[i + 7],
        b[i + 8],
        b[i + 9],
        b[i + 10]
      )
    case 12:
      return text(
        b[i],
        b[i + 1],
        b[i + 2],
        b[i + 3],
        b[i + 4],
        b[i + 5],
        b[i + 6],
        b[i + 7],
        b[i + 8],
        b[i + 9],
        b[i + 10],
        b[i + 11]
      )
    default:
      return bytes.toString('latin1', from, to)
  }
}
