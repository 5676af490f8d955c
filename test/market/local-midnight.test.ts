import { expect, it } from 'vitest'
import { isDate, localMidnight } from '../../src/market/local-midnight.js'

it.each([
  ['2012-06-21', 'America/New_York', '2012-06-21T04:00:00.000Z'],
  ['2012-01-10', 'America/New_York', '2012-01-10T05:00:00.000Z'],
  ['2024-06-21', 'Asia/Tokyo', '2024-06-20T15:00:00.000Z'],
  ['2024-06-21', 'UTC', '2024-06-21T00:00:00.000Z'],
  // On the day that summer time ends, after midnight: UTC's midnight is already winter time there.
  ['2024-04-07', 'Pacific/Auckland', '2024-04-06T11:00:00.000Z'],
  ['2024-04-08', 'Pacific/Auckland', '2024-04-07T12:00:00.000Z']
])('%s begins in %s at %s', (date, timeZone, moment) => {
  expect(new Date(localMidnight(date, timeZone) * 1000).toISOString()).toBe(moment)
})

it.each([
  ['2012-02-29', true],
  ['2013-02-29', false],
  ['2013-2-1', false],
  ['2013-13-01', false]
])('%s is a date: %s', (text, answer) => {
  expect(isDate(text)).toBe(answer)
})
