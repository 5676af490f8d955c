import { describe, expect, it } from 'vitest'
import { fromIsoTime, fromMilliseconds } from '../../../src/market/live/exchange-time.js'
import { EPOCH } from './support/feed-bench.js'

describe('the exchange’s time', () => {
  it('is read to the nanosecond', () => {
    expect(fromIsoTime('2023-11-14T22:13:20.000000007Z', EPOCH)).toBe(80_000_000_000_007)
    expect(fromIsoTime('2023-11-15T00:13:20+02:00', EPOCH)).toBe(80_000_000_000_000)
    expect(fromMilliseconds(1_700_000_000_001, EPOCH)).toBe(80_000_001_000_000)
  })

  it('is none where it cannot be, as the year 1 or one that no tape can hold', () => {
    for (const text of ['0001-01-01T00:00:00Z', '9999-01-01T00:00:00Z', '2023-13-01T00:00:00Z', 'now', '', undefined]) {
      expect(fromIsoTime(text, EPOCH)).toBeUndefined()
    }
    for (const unix of [0, -1, Number.MAX_SAFE_INTEGER, undefined]) {
      expect(fromMilliseconds(unix, EPOCH)).toBeUndefined()
    }
  })
})
