import { describe, expect, it } from 'vitest'
import { censoredMedian } from '../../../src/analysis/tca/survival.js'

const median = (...orders: (readonly [waited: number, happened: 0 | 1])[]) =>
  censoredMedian(
    Float64Array.from(orders, ([waited]) => waited),
    Uint8Array.from(orders, ([, happened]) => happened)
  )

describe('censoredMedian', () => {
  it('is the median where nothing is censored', () => expect(median([5, 1], [1, 1], [3, 1])).toBe(3))
  it('is the lower one of two', () => expect(median([4, 1], [2, 1])).toBe(2))
  it('is absent where more than half outlasted the watching', () =>
    expect(median([1, 1], [5, 0], [6, 0])).toBeUndefined())
  it('is absent without any event, or anybody', () => {
    expect(median([1, 0], [2, 0])).toBeUndefined()
    expect(median()).toBeUndefined()
  })
  it('counts those at risk, not those who left before', () => {
    // 1/1 at risk 4: 3/4. The one censored at 2 leaves. At 3, 1 of 2: 3/8.
    expect(median([1, 1], [2, 0], [3, 1], [4, 1])).toBe(3)
  })
  it('keeps one that left at the moment of an event at risk', () => {
    // At 2, 1 of 3: 2/3; at 3, 1 of 1: 0. With the censored one taken out first it would be 1 of 2 at 2: 1/2.
    expect(median([2, 0], [2, 1], [3, 1])).toBe(3)
  })
})
