import { UserError } from '../../base/user-error.js'
import type { LineReader } from './line-reader.js'

const COMMA = 44
const MINUS = 45
const POINT = 46

/** Shows at most this much of a field that cannot be read. */
const SHOWN = 24

/** A mistake at a byte of the current line. */
export function fieldError(reader: LineReader, at: number, problem: string): UserError {
  return new UserError(problem, { file: reader.file, line: reader.line, column: at - reader.from + 1 })
}

/** The text from `at` to the next comma, for messages. */
function fieldText({ bytes, to }: LineReader, at: number): string {
  let end = at
  while (end < to && bytes[end] !== COMMA && end - at < SHOWN) end++
  return JSON.stringify(bytes.toString('latin1', at, end))
}

/**
 * Reads the comma-separated whole numbers of the current line from byte `at` on into `into`, which is as long as they are many.
 * @param what names the columns in a message: "4 x 10 columns".
 * @throws UserError with line and column where a field is no whole number, or there are more or fewer.
 */
export function readIntegers(reader: LineReader, at: number, into: Float64Array, what: string): void {
  const { bytes, to } = reader
  const count = into.length
  let i = at
  for (let n = 0; n < count; n++) {
    if (i > to) throw fieldError(reader, to, `expected ${what}, the line ends after ${n} of ${count} whole numbers`)
    const start = i
    const negative = bytes[i] === MINUS
    if (negative) i++
    const digits = i
    let value = 0
    for (; i < to; i++) {
      const digit = bytes[i] - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (i === digits || i - digits > 15 || (i < to && bytes[i] !== COMMA)) {
      throw fieldError(reader, start, `expected a whole number, got ${fieldText(reader, start)}`)
    }
    into[n] = negative ? -value : value
    i++
  }
  if (i <= to) throw fieldError(reader, i, `expected ${what}, the line goes on with ${fieldText(reader, i)}`)
}

/** Number of comma-separated fields of the current line. */
export function countFields({ bytes, from, to }: LineReader): number {
  let count = 1
  for (let i = from; i < to; i++) if (bytes[i] === COMMA) count++
  return count
}

/** Byte behind the first comma from `at` on. */
export function behindComma(reader: LineReader, at: number): number {
  const comma = reader.bytes.indexOf(COMMA, at)
  if (comma < 0 || comma >= reader.to) throw fieldError(reader, reader.to, 'expected another column')
  return comma + 1
}

/**
 * Reads decimal seconds from byte `at` to the next comma as whole nanoseconds, digit by digit: a double would lose the last ones.
 */
export function readSeconds(reader: LineReader, at: number): number {
  const { bytes, to } = reader
  let whole = 0
  let i = at
  for (; i < to && bytes[i] >= 48 && bytes[i] <= 57; i++) whole = whole * 10 + bytes[i] - 48
  let nanoseconds = 0
  let decimals = 0
  const digits = i - at
  if (bytes[i] === POINT && digits > 0) {
    for (i++; i < to && bytes[i] >= 48 && bytes[i] <= 57; i++) {
      const digit = bytes[i] - 48
      if (decimals++ < 9) nanoseconds = nanoseconds * 10 + digit
      else if (digit !== 0) break
    }
  }
  if (digits === 0 || digits > 6 || (i < to && bytes[i] !== COMMA)) {
    throw fieldError(reader, at, `expected seconds with at most 9 decimals, got ${fieldText(reader, at)}`)
  }
  for (; decimals < 9; decimals++) nanoseconds *= 10
  return whole * 1_000_000_000 + nanoseconds
}
