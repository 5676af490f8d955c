import { expect, it } from 'vitest'
import { TimeZone } from '../../src/base/time-zone.js'

const unix = (text: string): number => Date.parse(text) / 1000

it.each([
  ['UTC', '2024-06-21T12:00:00Z', '2024-06-21T12:00:00.000Z'],
  ['America/New_York', '2012-06-21T09:30:00Z', '2012-06-21T13:30:00.000Z'],
  ['America/New_York', '2012-01-10T09:30:00Z', '2012-01-10T14:30:00.000Z'],
  ['Asia/Kolkata', '2024-06-21T09:15:00Z', '2024-06-21T03:45:00.000Z'],
  // Skipped: the hour later.
  ['America/New_York', '2024-03-10T02:30:00Z', '2024-03-10T07:30:00.000Z'],
  ['Europe/London', '2024-03-31T01:30:00Z', '2024-03-31T01:30:00.000Z'],
  // Twice: the first time.
  ['America/New_York', '2024-11-03T01:30:00Z', '2024-11-03T05:30:00.000Z'],
  ['Europe/London', '2024-10-27T01:30:00Z', '2024-10-27T00:30:00.000Z'],
  ['Australia/Lord_Howe', '2024-04-07T01:45:00Z', '2024-04-06T14:45:00.000Z'],
  // A day that Samoa left out.
  ['Pacific/Apia', '2011-12-30T12:00:00Z', '2011-12-30T22:00:00.000Z']
])('in %s the clock shows %s at %s', (zone, wall, moment) => {
  expect(new Date(new TimeZone(zone).moment(unix(wall)) * 1000).toISOString()).toBe(moment)
})

it('does not know a zone that is none', () => {
  expect(() => new TimeZone('Europe/Gotham')).toThrow(RangeError)
})
