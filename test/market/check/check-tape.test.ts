import { expect, it } from 'vitest'
import { Int64, Int8, makeData, makeVector, TimestampNanosecond, Uint32, Utf8, vectorFromArray } from 'apache-arrow'
import { checkTape } from '../../../src/market/check/check-tape.js'
import { writeArrow } from '../support/arrow-file.js'
import { temporaryDirectory } from '../support/temporary.js'

const temporary = temporaryDirectory()
type Row = readonly [
  time: number,
  symbol: string,
  action: string,
  side: number,
  price: number,
  qty: number,
  id: number,
  flags: number
]

const INSTRUMENTS = [
  { symbol: 'XYZ', tickSize: '0.01', lotSize: '1', feed: 'l3' },
  { symbol: 'ABC', tickSize: '0.01', lotSize: '1', feed: 'l2' },
  { symbol: 'NBB', tickSize: '0.01', lotSize: '1', feed: 'l1' }
]

/** Kind, count and places of what is found on a tape of these rows. */
function found(...rows: Row[]): string[] {
  const path = temporary('checked.arrow')
  const column = (n: number): (number | string)[] => rows.map((row) => row[n])
  const times = BigInt64Array.from(rows, ([time]) => 1_767_623_400_000_000_000n + BigInt(time))
  const time = makeVector(
    makeData({ type: new TimestampNanosecond('UTC'), length: rows.length, nullCount: 0, data: times })
  )
  const whole = (n: number): bigint[] => column(n).map(BigInt)
  writeArrow(
    path,
    {
      time,
      symbol: vectorFromArray(column(1), new Utf8()),
      action: vectorFromArray(column(2), new Utf8()),
      side: vectorFromArray(column(3), new Int8()),
      price: vectorFromArray(whole(4), new Int64()),
      qty: vectorFromArray(whole(5), new Int64()),
      orderId: vectorFromArray(column(6), new Uint32()),
      flags: vectorFromArray(column(7), new Int8())
    },
    { schemaVersion: 1, instruments: INSTRUMENTS }
  )
  const { findings, sound } = checkTape(path)
  const told = findings.flatMap(({ fault, count, places }) => [`${fault} ${count}`, ...places])
  return sound ? [...told, 'sound'] : told
}

const add = (time: number, id: number, side: number, price: number, qty = 10): Row => [
  time,
  'XYZ',
  'add',
  side,
  price,
  qty,
  id,
  1
]

it('finds nothing on a tape that is in order', () => {
  expect(
    found(
      add(1, 1, 1, 100),
      add(2, 2, -1, 101),
      [3, 'XYZ', 'execute', -1, 101, 10, 2, 0],
      [3, 'XYZ', 'add', 1, 101, 5, 3, 1],
      [4, 'XYZ', 'reduce', 0, 0, 10, 1, 1],
      [5, 'ABC', 'level', 1, 100, 5, 0, 1],
      [6, 'NBB', 'quote', 1, 100, 5, 0, 1]
    )
  ).toEqual(['sound'])
})

it('names the rows that cannot be', () => {
  expect(
    found(
      add(1, 1, 1, 100),
      add(2, 1, 1, 99),
      [3, 'XYZ', 'remove', 0, 0, 0, 3, 1],
      [4, 'XYZ', 'reduce', 0, 0, 11, 1, 1],
      [5, 'XYZ', 'execute', 1, 99, 1, 1, 1],
      [6, 'XYZ', 'modify', 1, 99, 1, 6, 1]
    )
  ).toEqual([
    'duplicateOrder 1',
    'row 2 (add): order 1 is in the book already',
    'unknownOrder 3',
    'row 3 (remove): order 3 is not in the book',
    'row 5 (execute): order 1 is not in the book',
    'row 6 (modify): order 6 is not in the book',
    'excess 1',
    'row 4 (reduce): 11 is taken off order 1, which has 10'
  ])
})

it('finds books that are crossed or locked at the end of an event, once each time', () => {
  expect(
    found(
      add(1, 1, 1, 100),
      add(2, 2, -1, 100),
      add(3, 3, -1, 99),
      add(4, 4, -1, 98),
      [5, 'XYZ', 'add', -1, 97, 1, 5, 0],
      [5, 'XYZ', 'clear', 0, 0, 0, 0, 1],
      [6, 'NBB', 'quote', 1, 101, 5, 0, 1],
      [7, 'NBB', 'quote', -1, 100, 5, 0, 1]
    )
  ).toEqual([
    'locked 1',
    'row 2 (add): the book of XYZ is locked: best bid 100, best ask 100',
    'crossed 1',
    'row 3 (add): the book of XYZ is crossed: best bid 100, best ask 99',
    'crossedQuotes 1',
    'row 8 (quote): the book of NBB is crossed: best bid 101, best ask 100'
  ])
})

it('takes locked and crossed quotes for remarks', () => {
  expect(found([6, 'NBB', 'quote', 1, 101, 5, 0, 1], [7, 'NBB', 'quote', -1, 100, 5, 0, 1]).at(-1)).toBe('sound')
})

it('goes on behind rows that no replay would take', () => {
  expect(
    found(add(5, 1, 1, 100), add(3, 2, 1, 99), [6, 'XYZ', 'add', 0, 98, 1, 3, 1], [7, 'ABC', 'quote', 1, 100, 0, 0, 1])
  ).toEqual([
    'timeBack 1',
    'row 2 (add): time goes back by 2 ns; expected rows in time order',
    'missing 1',
    'row 3 (add): expected side 1 (bid) or -1 (ask)',
    'wrongFeed 1',
    'row 4 (quote): quote does not belong on the l2 feed of ABC'
  ])
})

it('finds events without an end', () => {
  expect(found([1, 'XYZ', 'add', 1, 100, 1, 1, 0], [2, 'ABC', 'level', 1, 100, 1, 0, 0])).toEqual([
    'openEvent 2',
    'row 2 (level): the event of XYZ before has no end',
    'row 2 (level): the last event has no end'
  ])
})
