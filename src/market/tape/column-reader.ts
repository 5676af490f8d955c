import { DataType, Precision, TimeUnit, Vector, type Data } from 'apache-arrow'
import type { EpochSeconds } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { rowName } from './tape-batch.js'

/** Where a column stands, for messages: the file, the column, and the row of its first value. */
export interface ColumnPlace {
  readonly file: string
  readonly column: string
  readonly firstRow: number
}

interface NumberArray {
  readonly length: number
  [index: number]: number
}

const WORD = 4_294_967_296
const SAFE_HIGH = 2 ** 21

export function columnError({ file, column, firstRow }: ColumnPlace, i: number, problem: string): UserError {
  return new UserError(`${rowName(firstRow + i)}, column ${column}: ${problem}`, { file })
}

function typeError({ file, column }: ColumnPlace, type: DataType, expected: string): UserError {
  return new UserError(`column ${column} has type ${String(type)}, expected ${expected}`, { file })
}

/**
 * Whole numbers into `into`. An int64 column without nulls, which the writer makes, is read word by word; narrower integers
 * are copied. Anything else that holds whole numbers exactly (floats, nulls for 0) goes value by value.
 * @throws UserError where a value is no whole number between `min` and `max`.
 */
export function readIntegers(data: Data, into: NumberArray, min: number, max: number, place: ColumnPlace): void {
  const { type, length } = data
  if (!holdsWholeNumbers(type)) throw typeError(place, type, 'an integer type')
  const values = data.values as unknown
  if (data.nullCount === 0 && values instanceof BigInt64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * length)
    for (let i = 0; i < length; i++) {
      const high = words[2 * i + 1]
      const value = high * WORD + (words[2 * i] >>> 0)
      if (high >= SAFE_HIGH || high < -SAFE_HIGH || value < min || value > max) {
        throw outside(place, i, String(values[i]), min, max)
      }
      into[i] = value
    }
  } else if (data.nullCount === 0 && isNarrowInteger(values)) {
    for (let i = 0; i < length; i++) {
      const value = values[i]
      if (value < min || value > max) throw outside(place, i, String(value), min, max)
      into[i] = value
    }
  } else {
    const vector = new Vector([data])
    for (let i = 0; i < length; i++) into[i] = wholeNumber(vector.get(i), i, min, max, place)
  }
}

/** Half floats are whole up to 2,048 only, and the library gives them as their bits. */
export function holdsWholeNumbers(type: DataType): boolean {
  return DataType.isInt(type) || (DataType.isFloat(type) && type.precision !== Precision.HALF)
}

function isNarrowInteger(values: unknown): values is NumberArray {
  return (
    values instanceof Int8Array ||
    values instanceof Uint8Array ||
    values instanceof Int16Array ||
    values instanceof Uint16Array ||
    values instanceof Int32Array ||
    values instanceof Uint32Array
  )
}

function wholeNumber(value: unknown, i: number, min: number, max: number, place: ColumnPlace): number {
  // A pandas column with missing values is a float column, with NaN or null for "does not apply".
  if (value === null || Number.isNaN(value)) return 0
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= min && number <= max) return number
  throw outside(place, i, String(value), min, max)
}

function outside(place: ColumnPlace, i: number, value: string, min: number, max: number): UserError {
  const range = min === 0 && max === Number.MAX_SAFE_INTEGER ? 'not negative' : `from ${min} to ${max}`
  return columnError(place, i, `expected a whole number, ${range}, at the instrument's scale; got ${value}`)
}

const NANOS_PER_UNIT: Readonly<Record<TimeUnit, number>> = {
  [TimeUnit.SECOND]: 1e9,
  [TimeUnit.MILLISECOND]: 1e6,
  [TimeUnit.MICROSECOND]: 1e3,
  [TimeUnit.NANOSECOND]: 1
}

/** The values of a timestamp column and their unit in ns. */
function timestamps(
  data: Data,
  place: ColumnPlace,
  mayMiss = false
): readonly [values: BigInt64Array, nanosPerUnit: number] {
  const { type, length } = data
  if (!DataType.isTimestamp(type)) throw typeError(place, type, 'timestamp[ns, UTC]')
  const { unit, timezone } = type
  if (!timezone) {
    const expected = 'timestamp[ns, UTC] (pandas: tz_localize("UTC"))'
    throw new UserError(`column ${place.column} has timestamps without a time zone, expected ${expected}`, {
      file: place.file
    })
  }
  for (let i = 0; !mayMiss && data.nullCount > 0 && i < length; i++) {
    if (!data.getValid(i)) throw columnError(place, i, 'expected a time, got nothing')
  }
  return [data.values as BigInt64Array, NANOS_PER_UNIT[unit]]
}

/** One timestamp in ns since 1970. */
export function readUnixNanos(data: Data, i: number, place: ColumnPlace): bigint {
  const [values, nanosPerUnit] = timestamps(data, place)
  return values[i] * BigInt(nanosPerUnit)
}

/** Timestamps into `into`, as nanoseconds since `epoch`, exactly. */
export function readTimes(data: Data, into: Float64Array, epoch: EpochSeconds, place: ColumnPlace): void {
  const [values, nanosPerUnit] = timestamps(data, place)
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * data.length)
  const base = BigInt(epoch) * BigInt(1e9 / nanosPerUnit)
  const baseHigh = Number(base >> 32n)
  const baseLow = Number(base & 0xffff_ffffn)
  for (let i = 0; i < data.length; i++) {
    const time = ((words[2 * i + 1] - baseHigh) * WORD + ((words[2 * i] >>> 0) - baseLow)) * nanosPerUnit
    if (!(Math.abs(time) <= Number.MAX_SAFE_INTEGER)) {
      throw columnError(place, i, 'the time is more than 104 days from the first of the tape')
    }
    into[i] = time
  }
}

/** Timestamps of which some are missing into `into`, as nanoseconds since `epoch`; NaN where one is missing. */
export function readKnownTimes(data: Data, into: Float64Array, epoch: EpochSeconds, place: ColumnPlace): void {
  const [values, nanosPerUnit] = timestamps(data, place, true)
  const base = BigInt(epoch) * BigInt(1e9 / nanosPerUnit)
  for (let i = 0; i < data.length; i++) {
    const time = data.getValid(i) ? Number(values[i] - base) * nanosPerUnit : Number.NaN
    // 1970 for "not known" would be a latency of decades.
    if (Math.abs(time) > Number.MAX_SAFE_INTEGER) {
      throw columnError(
        place,
        i,
        'the time is more than 104 days from the first of the tape; expected nothing where it is not known'
      )
    }
    into[i] = time
  }
}

/** Texts into `into`, as the code that `codeOf` gives them (-1: unknown). A dictionary's texts are looked up once. */
export function readCodes(
  data: Data,
  into: NumberArray,
  codeOf: (text: string) => number,
  expected: string,
  place: ColumnPlace
): void {
  const { type, length } = data
  const unknown = (i: number, text: unknown): UserError =>
    columnError(place, i, `expected ${expected}; got ${text === null ? 'nothing' : JSON.stringify(text)}`)
  const kind = DataType.isDictionary(type) ? type.dictionary : type
  if (!DataType.isUtf8(kind) && !DataType.isLargeUtf8(kind) && !DataType.isUtf8View(kind)) {
    throw typeError(place, type, 'text (a dictionary or plain utf8)')
  }
  for (let i = 0; data.nullCount > 0 && i < length; i++) if (!data.getValid(i)) throw unknown(i, null)
  if (DataType.isDictionary(type)) {
    const texts = data.dictionary as Vector
    const codes = Int32Array.from({ length: texts.length }, (_, i) => codeOf(String(texts.get(i))))
    const indices = isNarrowInteger(data.values) ? data.values : Float64Array.from(data.values as BigInt64Array, Number)
    for (let i = 0; i < length; i++) {
      const code = codes[indices[i]]
      if (!(code >= 0)) throw unknown(i, texts.get(indices[i]))
      into[i] = code
    }
    return
  }
  const vector = new Vector([data])
  for (let i = 0; i < length; i++) {
    const text = vector.get(i) as string | null
    const code = text === null ? -1 : codeOf(text)
    if (code < 0) throw unknown(i, text)
    into[i] = code
  }
}
