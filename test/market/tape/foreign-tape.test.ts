import { writeFileSync } from 'node:fs'
import {
  Dictionary,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  TimestampMicrosecond,
  TimestampNanosecond,
  Uint32,
  Uint64,
  Utf8,
  vectorFromArray,
  makeVector,
  makeData,
  type Vector
} from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { METADATA, writeArrow } from '../support/arrow-file.js'
import { RecordingSink, type Call } from '../support/recording-sink.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()

function nanosecondTimes(...unix: bigint[]): Vector {
  const type = new TimestampNanosecond('UTC')
  return makeVector(makeData({ type, length: unix.length, nullCount: 0, data: BigInt64Array.from(unix) }))
}

function columns(): Record<string, Vector> {
  return {
    time: nanosecondTimes(1_340_285_400_000_000_001n, 1_340_285_400_000_000_002n),
    symbol: vectorFromArray(['XYZ', 'XYZ'], new Utf8()),
    action: vectorFromArray(['add', 'execute'], new Utf8()),
    side: vectorFromArray([-1, -1], new Int8()),
    price: vectorFromArray([5_794_000n, 5_794_000n], new Int64()),
    qty: vectorFromArray([100n, 30n], new Int64()),
    orderId: vectorFromArray([1, 1], new Uint32()),
    flags: vectorFromArray([1, 1], new Int8())
  }
}

const REPLAYED: readonly Call[] = [
  ['add', 48_600_000_000_001, 0, 1, -1, 5_794_000, 100],
  ['eventEnd', 48_600_000_000_001, 0],
  ['execute', 48_600_000_000_002, 0, 1, -1, 5_794_000, 30],
  ['eventEnd', 48_600_000_000_002, 0]
]

function replay(
  name: string,
  change: Record<string, Vector | undefined>,
  ...rest: [unknown?, ('stream' | 'file')?]
): Call[] {
  const path = temporary(`${name.replaceAll(/\W/g, '-')}.arrow`)
  const all: Record<string, Vector | undefined> = { ...columns(), ...change }
  const kept = Object.entries(all).filter((entry): entry is [string, Vector] => entry[1] !== undefined)
  writeArrow(path, Object.fromEntries(kept), ...rest)
  const sink = new RecordingSink()
  const source = openTapes([path])
  source.advance(source.end!, sink)
  return sink.calls
}

describe('a tape that another program wrote is read with', () => {
  it('plain text, as it stands', () => {
    expect(replay('plain', {})).toEqual(REPLAYED)
  })

  it('columns in another order, and further ones', () => {
    const { time, flags, ...others } = columns()
    const reordered = { note: vectorFromArray(['a', 'b'], new Utf8()), flags, ...others, time }
    const path = temporary('order.arrow')
    writeArrow(path, reordered)
    const sink = new RecordingSink()
    openTapes([path]).step(2, sink)
    expect(sink.calls).toEqual(REPLAYED)
  })

  it('the Arrow file format (Feather)', () => {
    expect(replay('file', {}, METADATA, 'file')).toEqual(REPLAYED)
  })

  it('dictionaries of other index types and orders', () => {
    const action = vectorFromArray(['add', 'execute'], new Dictionary(new Utf8(), new Int32()))
    const symbol = vectorFromArray(['XYZ', 'XYZ'], new Dictionary(new Utf8(), new Int8()))
    expect(replay('dictionaries', { action, symbol })).toEqual(REPLAYED)
  })

  it('narrower and floating point numbers that are whole', () => {
    expect(
      replay('numbers', {
        price: vectorFromArray([5_794_000, 5_794_000], new Int32()),
        qty: vectorFromArray([100, 30], new Int16()),
        side: vectorFromArray([-1, -1], new Float64()),
        orderId: vectorFromArray([1, 1], new Float64()),
        flags: vectorFromArray([1n, 1n], new Uint64())
      })
    ).toEqual(REPLAYED)
  })

  it('missing values where an action needs none', () => {
    expect(
      replay('missing', {
        action: vectorFromArray(['clear', 'trade'], new Utf8()),
        side: vectorFromArray([null, 1], new Int8()),
        price: vectorFromArray([null, 5_794_000n], new Int64()),
        qty: vectorFromArray([Number.NaN, 30], new Float64()),
        orderId: vectorFromArray([null, null], new Float64())
      })
    ).toEqual([
      ['clear', 48_600_000_000_001, 0],
      ['eventEnd', 48_600_000_000_001, 0],
      ['trade', 48_600_000_000_002, 0, 1, 5_794_000, 30],
      ['eventEnd', 48_600_000_000_002, 0]
    ])
  })

  it('microseconds and another zone than UTC', () => {
    const type = new TimestampMicrosecond('America/New_York')
    const data = BigInt64Array.from([1_340_285_400_000_001n, 1_340_285_400_000_002n])
    const time = makeVector(makeData({ type, length: 2, nullCount: 0, data }))
    expect(replay('microseconds', { time }).map(([, at]) => at)).toEqual([
      48_600_000_001_000, 48_600_000_001_000, 48_600_000_002_000, 48_600_000_002_000
    ])
  })

  it('no flags: every row is an event', () => {
    expect(replay('no flags', { flags: undefined })).toEqual(REPLAYED)
  })

  it('no order ids where no row names an order', () => {
    const action = vectorFromArray(['level', 'level'], new Utf8())
    expect(replay('no ids', { action, orderId: undefined }).map(([name]) => name)).toEqual([
      'level',
      'eventEnd',
      'level',
      'eventEnd'
    ])
  })

  it('a vendor’s order ids, which are numbered', () => {
    const orderId = vectorFromArray([6_412_345_678_901_234_567n, 6_412_345_678_901_234_567n], new Uint64())
    expect(replay('ids', { orderId })).toEqual(REPLAYED)
    expect(replay('large ids', { orderId: vectorFromArray([900_000, 900_000], new Int32()) })).toEqual(REPLAYED)
  })

  it('its metadata beside it', () => {
    writeFileSync(temporary('beside.arrow.json'), JSON.stringify(METADATA))
    expect(replay('beside', {}, null)).toHaveLength(4)
  })
})
