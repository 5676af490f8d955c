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
import type { TapeColumn } from '../../tape/tape-schema.js'

/** Values of a Parquet column as they are decoded: numbers, bigints, texts; null where there is none. */
export type ParquetValues = ArrayLike<unknown>

const NANOS = new TimestampNanosecond('UTC')
const WHOLE = new Int64()
const FLOAT = new Float64()

/** A column of a tape, as Arrow data that a tape's decoder reads. */
export function parquetColumn(name: TapeColumn, values: ParquetValues, from: number, to: number, file: string): Data {
  if (name === 'symbol' || name === 'action') return texts(name, values, from, to, file)
  return name === 'time' ? times(values, from, to, file) : numbers(name, values, from, to, file)
}

function times(values: ParquetValues, from: number, to: number, file: string): Data {
  const data = new BigInt64Array(to - from)
  for (let i = from; i < to; i++) {
    const value = values[i]
    if (typeof value !== 'bigint') {
      throw new UserError(`row ${i + 1}, column time: expected a timestamp, got ${shown(value)}`, { file })
    }
    data[i - from] = value
  }
  return makeData({ type: NANOS, length: data.length, nullCount: 0, data })
}

function numbers(name: TapeColumn, values: ParquetValues, from: number, to: number, file: string): Data {
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
      throw new UserError(`row ${i + 1}, column ${name}: expected a whole number, got ${shown(value)}`, { file })
    }
    data[i - from] = value
  }
  return makeData({ type: FLOAT, length, nullCount: 0, data })
}

function texts(name: TapeColumn, values: ParquetValues, from: number, to: number, file: string): Data {
  const codes = new Map<string, number>()
  const data = new Int32Array(to - from)
  for (let i = from; i < to; i++) {
    const value = values[i]
    if (typeof value !== 'string') {
      throw new UserError(`row ${i + 1}, column ${name}: expected text, got ${shown(value)}`, { file })
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

function shown(value: unknown): string {
  return value === null || value === undefined ? 'nothing' : JSON.stringify(String(value).slice(0, 32))
}
