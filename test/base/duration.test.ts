import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/base/duration.js'

describe('durations', () => {
  it.each([
    ['0', 0],
    ['250us', 250_000],
    ['1.5ms', 1_500_000],
    ['30s', 30e9],
    ['2h', 7200e9]
  ])('reads %s', (text, value) => {
    expect(parseDuration(text)).toBe(value)
  })

  it.each(['5', 'ms', '-1s', '1 day', ''])('does not read "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('writes the largest fitting unit', () => {
    expect([0, 250_000, 1_500_000, 90e9].map(formatDuration)).toEqual(['0', '250us', '1.5ms', '1.5min'])
  })
})
