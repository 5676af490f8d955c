import {
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  TimestampNanosecond,
  Utf8,
  vectorFromArray,
  type Data
} from 'apache-arrow'
import { UserError } from '../../../base/user-error.js'
import { rowName } from '../../tape/tape-batch.js'
import { EXCHANGE_TIME, type TapeColumn } from '../../tape/tape-schema.js'

/** Where values stand: the file, and the row of the first of them, counted from 0. */
export interface ValuePlace {
  readonly file: string
  readonly firstRow: number
}

/** A column that a tape has, or may have. */
export type ColumnName = TapeColumn | typeof EXCHANGE_TIME

/** Values of a Parquet column as they are decoded: numbers, bigints, texts; null where there is none. */
export type ParquetValues = ArrayLike<unknown>

const NANOS = new TimestampNanosecond('UTC')
const WHOLE = new Int64()
const FLOAT = new Float64()

/** A column of a tape, as Arrow data that a tape's decoder reads. */
export function parquetColumn(
  name: ColumnName,
  values: ParquetValues,
  from: number,
  to: number,
  place: ValuePlace
): Data {
  if (name === 'symbol' || name === 'action') return texts(name, values, from, to, place)
  return name === 'time' || name === EXCHANGE_TIME
    ? times(name, values, from, to, place)
    : numbers(name, values, from, to, place)
}

/** A tape's own time must be there. */
function times(name: ColumnName, values: ParquetValues, from: number, to: number, place: ValuePlace): Data {
  const data = new BigInt64Array(to - from)
  const valid = new Uint8Array(Math.ceil(data.length / 8))
  let missing = 0
  for (let i = 0; i < data.length; i++) {
    const value = values[from + i]
    if (typeof value === 'bigint') {
      data[i] = value
      valid[i >> 3] |= 1 << (i & 7)
    } else if (name === EXCHANGE_TIME && (value === null || value === undefined)) missing++
    else throw fault(place, from + i, name, 'a timestamp', value)
  }
  return makeData({ type: NANOS, length: data.length, nullCount: missing, nullBitmap: valid, data })
}

function numbers(name: ColumnName, values: ParquetValues, from: number, to: number, place: ValuePlace): Data {
  const length = to - from
  if (values instanceof BigInt64Array) {
    return makeData({ type: WHOLE, length, nullCount: 0, data: values.subarray(from, to) })
  }
  const first = firstOf(values, from, to)
  if (typeof first === 'bigint') {
    const data = new BigInt64Array(length)
    for (let i = from; i < to; i++) data[i - from] = (values[i] as bigint | null | undefined) ?? 0n
    return makeData({ type: WHOLE, length, nullCount: 0, data })
  }
  const data = new Float64Array(length)
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0
    if (typeof value !== 'number') {
      throw fault(place, i, name, 'a whole number', value)
    }
    data[i - from] = value
  }
  return makeData({ type: FLOAT, length, nullCount: 0, data })
}

function texts(name: ColumnName, values: ParquetValues, from: number, to: number, place: ValuePlace): Data {
  const codes = new Map<string, number>()
  const data = new Int32Array(to - from)
  for (let i = from; i < to; i++) {
    const value = values[i]
    if (typeof value !== 'string') {
      throw fault(place, i, name, 'text', value)
    }
    let code = codes.get(value)
    if (code === undefined) codes.set(value, (code = codes.size))
    data[i - from] = code
  }
  const dictionary = vectorFromArray([...codes.keys()], new Utf8())
  const type = new Dictionary(new Utf8(), new Int32())
  return makeData({ type, length: data.length, nullCount: 0, data, dictionary })
}

function firstOf(values: ParquetValues, from: number, to: number): unknown {
  for (let i = from; i < to; i++) if (values[i] !== null && values[i] !== undefined) return values[i]
  return undefined
}

function fault(
  { file, firstRow }: ValuePlace,
  i: number,
  name: ColumnName,
  expected: string,
  value: unknown
): UserError {
  return new UserError(`${rowName(firstRow + i)}, column ${name}: expected ${expected}, got ${shown(value)}`, { file })
}

function shown(value: unknown): string {
  return value === null || value === undefined ? 'nothing' : JSON.stringify(String(value).slice(0, 32))
}
