import { expect, it } from 'vitest'
import { fc, test } from '@fast-check/vitest'
import { formatDecimal } from '../../../../src/base/decimal.js'
import { DecimalNumber } from '../../../../src/market/readers/feed/decimal-number.js'

const number = new DecimalNumber()

it.each([
  ['0', 0, 0],
  ['61800.20', 618002, 1],
  ['-0.0210', -21, 3],
  ['100.0000', 100, 0],
  ['.5', 5, 1],
  ['5.', 5, 0],
  ['1e-05', 1, 5],
  ['1.25E+2', 125, 0],
  ['9007199254740991', 9007199254740991, 0]
])('%s is %d at 10^-%d', (text, mantissa, decimals) => {
  expect([number.readText(text), number.mantissa, number.decimals]).toEqual([true, mantissa, decimals])
})

it.each(['', '-', '.', '1,5', '1 5', '0x10', 'NaN', '1e', '1e9999', '9e30', '+1'])('%j is no decimal', (text) => {
  expect([number.readText(text), number.mantissa]).toEqual([false, Number.NaN])
})

it('is not read at fewer decimals than it has', () => {
  number.readText('1.25')
  expect([number.at(1), number.at(2), number.at(4), number.at(15)]).toEqual([Number.NaN, 125, 12500, 1250000000000000])
})

it('takes a vendor’s unit', () => {
  const unit = new DecimalNumber()
  unit.readText('0.0001')
  number.readText('1800100')
  number.times(unit)
  expect([number.mantissa, number.decimals]).toEqual([18001, 2])
})

it('is rounded where it has more digits than a double holds', () => {
  const read = (text: string): unknown[] => [number.readText(text), number.rounded, number.mantissa, number.decimals]
  expect(read('0.30000000000000004')).toEqual([true, true, 3, 1])
  expect(read('12345678901.12345678')).toEqual([true, true, 123456789011235, 4])
  expect(read('9007199254740993')).toEqual([true, true, 9007199254740990, 0])
  expect(read('0.30')).toEqual([true, false, 3, 1])
})

it('has a nearest number at fewer decimals, which is 0 for 0 alone', () => {
  const nearest = (text: string): number => {
    number.readText(text)
    return number.nearest(2)
  }
  expect(['1.255', '0.001', '-0.001', '0', '1e15'].map(nearest)).toEqual([126, 1, -1, 0, Number.NaN])
})

test.prop([fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), fc.integer({ min: 0, max: 15 })])(
  'reads what is written',
  (value, scale) => {
    number.readText(formatDecimal(value, scale))
    expect(number.at(scale)).toBe(value)
  }
)
