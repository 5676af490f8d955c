import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { daysFromCivil, parseTimestamp, TimestampWriter, type TimestampDigits } from '../../src/base/timestamp.js'

const EPOCH = daysFromCivil(2026, 11, 20) * 86_400
const parse = (text: string): number => parseTimestamp(Buffer.from(text), 0, text.length, EPOCH)

describe('TimestampWriter', () => {
  it.each([
    [0, '20261120-12:34:56'],
    [3, '20261120-12:34:56.123'],
    [6, '20261120-12:34:56.123456'],
    [9, '20261120-12:34:56.123456789']
  ] as const)('writes %i digits of a second', (digits, text) => {
    expect(new TimestampWriter(EPOCH, digits).format(nanos(45_296_123_456_789))).toBe(text)
  })

  it('writes moments before its epoch and days after it', () => {
    const writer = new TimestampWriter(EPOCH, 3)
    expect(writer.format(nanos(-1_000_000))).toBe('20261119-23:59:59.999')
    expect(writer.format(nanos(11 * 86_400e9))).toBe('20261201-00:00:00.000')
  })

  test.prop([fc.integer({ min: 0, max: 100 * 86_400_000 }), fc.constantFrom<TimestampDigits>(3, 6, 9)])(
    'is read back as it was',
    (milliseconds, digits) => {
      const time = nanos(milliseconds * 1e6)
      expect(parse(new TimestampWriter(EPOCH, digits).format(time))).toBe(time)
    }
  )
})

describe('parseTimestamp', () => {
  it.each([
    '20261120-12:34:56.',
    '20261120-12:34:56.1',
    '20261120 12:34:56',
    '20261320-12:34:56',
    '20260230-12:34:56',
    '20250229-12:34:56',
    '20261120-24:00:00',
    '20261120-12:60:00',
    '20261120-12:34:61',
    '2026112O-12:34:56',
    ''
  ])('does not read "%s"', (text) => {
    expect(parse(text)).toBeNaN()
  })

  it('knows leap days and leap seconds', () => {
    expect(parse('20240229-00:00:00')).toBe((daysFromCivil(2024, 2, 29) * 86_400 - EPOCH) * 1e9)
    expect(parse('20261120-23:59:60')).toBe(86_400e9)
  })
})
