import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { decimalsOf, formatDecimal, parseDecimal } from '../../src/base/decimal.js'

describe('parseDecimal', () => {
  it.each([
    ['577.20', 2, 57720],
    ['577.2', 4, 5772000],
    ['-0.05', 2, -5],
    ['.5', 1, 5],
    ['2.', 0, 2],
    ['007', 0, 7],
    ['1.500', 1, 15],
    ['0', 2, 0],
    ['-0', 0, 0]
  ])('reads %s at scale %i as %i', (text, scale, value) => {
    expect(parseDecimal(text, scale)).toBe(value)
  })

  it.each([
    ['', 2],
    ['+1', 2],
    ['1e3', 2],
    ['1.2.3', 2],
    ['-', 2],
    ['.', 2],
    [' 1', 2],
    ['1.001', 2],
    ['9007199254740993', 0]
  ])('does not read "%s" at scale %i', (text, scale) => {
    expect(parseDecimal(text, scale)).toBeNaN()
  })
})

describe('formatDecimal', () => {
  it('writes the decimals of the tick, and more only where the number needs them', () => {
    expect(formatDecimal(5_772_000, 4, 2)).toBe('577.20')
    expect(formatDecimal(5_771_950, 4, 2)).toBe('577.195')
    expect(formatDecimal(5, 0)).toBe('5')
    expect(formatDecimal(-5, 2)).toBe('-0.05')
  })

  test.prop([fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 9 })])(
    'is read back as it was',
    (value, scale) => {
      expect(parseDecimal(formatDecimal(value, scale), scale)).toBe(value === 0 ? 0 : value)
    }
  )
})

describe('decimalsOf', () => {
  it('counts what stands behind the point', () => {
    expect(['1', '0.01', '0.0050'].map(decimalsOf)).toEqual([0, 2, 4])
  })
})
