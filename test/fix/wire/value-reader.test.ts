import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { formatDecimal, parseDecimal } from '../../../src/base/decimal.js'
import { readDecimal, readInt, readText } from '../../../src/fix/wire/value-reader.js'

const decimal = (text: string, scale: number): number =>
  readDecimal(Buffer.from(`x${text}y`, 'latin1'), 1, 1 + text.length, scale)
const int = (text: string): number => readInt(Buffer.from(`x${text}y`, 'latin1'), 1, 1 + text.length)

describe('readDecimal', () => {
  it('reads what parseDecimal reads', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 })
    const number = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.', '..'), digits)
      .map((parts) => parts.join(''))
    const noise = fc.string({ unit: fc.constantFrom(...'0123456789.-+e '), maxLength: 8 })
    fc.assert(
      fc.property(fc.oneof(number, noise), fc.integer({ min: 0, max: 8 }), (text, scale) => {
        expect(decimal(text, scale)).toBe(parseDecimal(text, scale))
      })
    )
  })

  it('reads back every number as it was written', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 }), (value, scale) => {
        expect(decimal(formatDecimal(value, scale), scale)).toBe(value === 0 ? 0 : value)
      })
    )
  })

  it('knows what is no number or does not fit', () => {
    for (const text of ['', '-', '.', '+1', '1e3', '1 ', '1,5', '--1', '1.2.3', '0.001', '90071992547409.92'])
      expect(decimal(text, 2), text).toBeNaN()
  })
})

describe('readInt', () => {
  it('reads digits with an optional minus', () => {
    expect(['0', '7', '-7', '0012', '9007199254740991'].map(int)).toEqual([0, 7, -7, 12, 9007199254740991])
    for (const text of ['', '-', '+7', '1.0', '7x', '9007199254740993']) expect(int(text), text).toBeNaN()
  })
})

describe('readText', () => {
  it('reads ISO 8859-1 of any length', () => {
    for (let length = 0; length < 20; length++) {
      const bytes = Buffer.from(Array.from({ length: length + 2 }, (_, i) => 250 - i))
      expect(readText(bytes, 1, 1 + length)).toBe(bytes.toString('latin1', 1, 1 + length))
    }
  })
})
