import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, formatRatio, ratio, toNumber } from '../../src/analysis/ratio.js'

describe('formatRatio', () => {
  it.each([
    [1, 3, 4, '0.3333'],
    [2, 3, 4, '0.6667'],
    [1, 2, 0, '1'],
    [-1, 2, 0, '-1'],
    [-1, 400, 2, '0.00'],
    [1, -4, 2, '-0.25'],
    [10n ** 30n, 7, 3, '142857142857142857142857142857.143']
  ])('%d / %d with %d decimals is %s', (numerator, denominator, decimals, text) => {
    expect(formatRatio({ numerator, denominator }, decimals)).toBe(text)
  })
})

describe('ratio', () => {
  it('has no average of nothing', () => {
    expect(ratio(5, 0)).toBeUndefined()
    expect(ratio(5, 0n)).toBeUndefined()
  })

  it('is read as the nearest double, however large its parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (a, b) => {
        const large = 10n ** 25n
        expect(toNumber({ numerator: BigInt(a) * large, denominator: BigInt(b) * large })).toBeCloseTo(a / b, 9)
      })
    )
  })
})

describe('decimalText', () => {
  it.each([
    [12_345n, 2, 2, '123.45'],
    [12_300n, 4, 2, '1.23'],
    [5n, 3, 2, '0.005'],
    [-5n, 1, 2, '-0.50'],
    [7n, 0, 0, '7']
  ])('%d at scale %d with at least %d decimals is %s', (value, scale, decimals, text) => {
    expect(decimalText(value, scale, decimals)).toBe(text)
  })
})
