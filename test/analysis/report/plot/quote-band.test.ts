import { describe, expect, it } from 'vitest'
import { quoteSteps, runs } from '../../../../src/analysis/report/plot/quote-band.js'

const quotes = (...rows: readonly (readonly [time: number, bid: number, ask: number])[]) => ({
  length: rows.length,
  time: Float64Array.from(rows, ([time]) => time),
  bid: Float64Array.from(rows, ([, bid]) => bid),
  ask: Float64Array.from(rows, ([, , ask]) => ask),
  lastTime: rows.at(-1)?.[0] ?? Number.NaN
})

describe('quoteSteps', () => {
  it('begins with the quote that stands as the window opens', () => {
    expect(quoteSteps(quotes([1, 10, 12], [5, 11, 13], [9, 12, 14]), 6, 10, 100)).toEqual([
      { time: 6, bid: 11, ask: 13 },
      { time: 9, bid: 12, ask: 14 }
    ])
  })

  it('has nothing before the first quote', () => {
    expect(quoteSteps(quotes([5, 10, 12]), 1, 4, 100)).toEqual([])
    expect(quoteSteps(quotes([5, 10, 12]), 1, 6, 100)).toEqual([{ time: 5, bid: 10, ask: 12 }])
  })

  it('loses no excursion where many quotes share a column', () => {
    const many = quotes([0, 10, 12], [1, 8, 12], [2, 10, 15], [3, Number.NaN, 12], [50, 11, 12], [51, 11, 13])
    expect(quoteSteps(many, 0, 100, 2)).toEqual([
      { time: 0, bid: 8, ask: 15 },
      { time: 50, bid: 11, ask: 13 }
    ])
  })
})

describe('runs', () => {
  it('end where a side of the book goes', () => {
    const rows = [1, 2, 3, 4].map((time) => ({ time, known: time !== 3 }))
    const found = runs(rows, ({ known }) => known, 9)
    expect(found.map(({ rows: its, end }) => [its.map(({ time }) => time), end])).toEqual([
      [[1, 2], 3],
      [[4], 9]
    ])
  })
})
