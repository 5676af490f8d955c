import { expect, it } from 'vitest'
import { nanos } from '../../../src/base/time.js'
import type { TopOfBook } from '../../../src/exchange/exchange.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { DayWatch } from '../../../src/market/statistics/day-columns.js'
import type { TapeFile } from '../../../src/market/tape/tape-file.js'

const NO = instrumentNo(0)

/** A watch over 40 ns in 4 columns. */
function watch(): DayWatch {
  const tape = { span: () => [nanos(100), nanos(140)], instruments: [{}] }
  return new DayWatch(tape as unknown as TapeFile, 4)
}

function top(bidPrice: number, bidQty: number, askPrice: number, askQty: number): TopOfBook {
  return { bidPrice, bidQty, askPrice, askQty } as TopOfBook
}

it('weighs spread and quantities by time, and keeps the extremes of each column', () => {
  const day = watch()
  day.event(NO, nanos(100), top(10, 5, 12, 7))
  day.event(NO, nanos(105), top(9, 1, 13, 1))
  day.event(NO, nanos(125), top(11, 2, 0, 0))
  day.finish()
  const { lowBid, highAsk, mid, spread, stood, bidQty } = day.instruments[0]
  expect([...lowBid]).toEqual([9, 9, 9, 11])
  expect([...highAsk]).toEqual([13, 13, 13, Number.NaN])
  expect([...mid]).toEqual([11, 11, Number.NaN, Number.NaN])
  expect([...spread]).toEqual([5 * 2 + 5 * 4, 40, 20, 0])
  expect([...stood]).toEqual([10, 10, 5, 0])
  expect([...bidQty]).toEqual([5 * 5 + 5, 10, 5 + 5 * 2, 20])
})

it('sorts prints by side; the last instant belongs to the last column', () => {
  const day = watch()
  day.print(NO, nanos(100), 1, 10, 5, false)
  day.print(NO, nanos(119), -1, 10, 6, false)
  day.print(NO, nanos(119), -1, 10, 7, true)
  day.print(NO, nanos(140), 0, 10, 8, false)
  const { bought, sold, other } = day.instruments[0]
  expect([[...bought], [...sold], [...other]]).toEqual([
    [5, 0, 0, 0],
    [0, 6, 0, 0],
    [0, 7, 0, 8]
  ])
})
