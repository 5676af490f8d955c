import { describe, expect, it } from 'vitest'
import { SessionSchedule, WEEKDAYS, type ScheduleTerms } from '../../../src/fix/session/schedule.js'

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const

function schedule(terms: Partial<ScheduleTerms> = {}): SessionSchedule {
  return new SessionSchedule({
    start: '08:00',
    end: '17:30:00',
    days: WORKDAYS,
    timeZone: 'Europe/London',
    resetAtStart: true,
    ...terms
  })
}

const unix = (iso: string): number => Date.parse(iso) / 1000
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '')

function at(terms: Partial<ScheduleTerms>, moment: string): string {
  const window = schedule(terms).windowAt(unix(moment))
  return window ? `${iso(window.open)} to ${iso(window.close)}` : 'closed'
}

describe('a session schedule', () => {
  it.each([
    ['before it opens', '2026-11-20T07:59:59Z', 'closed'],
    ['from its first second', '2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z to 2026-11-20T17:30:00Z'],
    ['to its last', '2026-11-20T17:29:59Z', '2026-11-20T08:00:00Z to 2026-11-20T17:30:00Z'],
    ['at its end', '2026-11-20T17:30:00Z', 'closed'],
    ['on a Saturday', '2026-11-21T12:00:00Z', 'closed']
  ])('%s', (_name, moment, window) => {
    expect(at({}, moment)).toBe(window)
  })

  it('follows daylight saving time', () => {
    expect(at({}, '2026-07-01T12:00:00Z')).toBe('2026-07-01T07:00:00Z to 2026-07-01T16:30:00Z')
    expect(at({ timeZone: 'America/New_York' }, '2026-03-09T12:30:00Z')).toBe(
      '2026-03-09T12:00:00Z to 2026-03-09T21:30:00Z'
    )
  })

  it('may run over midnight; the day is that of its opening', () => {
    const night = { start: '17:00', end: '16:00', days: ['sun', 'mon'] as const, timeZone: 'America/Chicago' }
    expect(at(night, '2026-11-17T05:00:00Z')).toBe('2026-11-16T23:00:00Z to 2026-11-17T22:00:00Z')
    expect(at(night, '2026-11-17T23:30:00Z')).toBe('closed')
  })

  it('may never close: a new window begins where the last ends', () => {
    const always = { start: '00:00', end: '00:00', days: WEEKDAYS, timeZone: 'UTC' }
    expect(at(always, '2026-11-20T23:59:59Z')).toBe('2026-11-20T00:00:00Z to 2026-11-21T00:00:00Z')
    expect(at(always, '2026-11-21T00:00:00Z')).toBe('2026-11-21T00:00:00Z to 2026-11-22T00:00:00Z')
  })

  it('may stay open for days, and for a whole week', () => {
    const week = {
      start: '17:00',
      end: '17:00',
      days: ['sun'] as const,
      endDay: 'fri',
      timeZone: 'America/New_York'
    } as const
    const window = '2026-11-15T22:00:00Z to 2026-11-20T22:00:00Z'
    expect(at(week, '2026-11-15T22:00:00Z')).toBe(window)
    expect(at(week, '2026-11-20T21:59:59Z')).toBe(window)
    expect(at(week, '2026-11-20T22:00:00Z')).toBe('closed')
    expect(iso(schedule(week).nextOpen(unix('2026-11-20T22:00:00Z')))).toBe('2026-11-22T22:00:00Z')
    expect(at({ ...week, endDay: 'sun' }, '2026-11-20T23:00:00Z')).toBe('2026-11-15T22:00:00Z to 2026-11-22T22:00:00Z')
  })

  it('takes a time of day that the clocks skip as the hour later, and one that comes twice the first time', () => {
    const early = { start: '01:30', end: '03:00', days: WEEKDAYS }
    expect(at(early, '2026-03-29T01:45:00Z')).toBe('2026-03-29T01:30:00Z to 2026-03-29T02:00:00Z')
    expect(at(early, '2026-10-25T01:15:00Z')).toBe('2026-10-25T00:30:00Z to 2026-10-25T03:00:00Z')
  })

  it('is 23 or 25 hours long where the clocks change in it', () => {
    const day = { start: '00:00', end: '00:00', days: WEEKDAYS }
    expect(at(day, '2026-03-29T12:00:00Z')).toBe('2026-03-29T00:00:00Z to 2026-03-29T23:00:00Z')
    expect(at(day, '2026-10-25T12:00:00Z')).toBe('2026-10-24T23:00:00Z to 2026-10-26T00:00:00Z')
  })

  it('tells when it opens next', () => {
    expect(iso(schedule().nextOpen(unix('2026-11-20T17:30:00Z')))).toBe('2026-11-23T08:00:00Z')
    expect(iso(schedule().nextOpen(unix('2026-11-20T07:00:00Z')))).toBe('2026-11-20T08:00:00Z')
    expect(schedule({ days: [] }).nextOpen(unix('2026-11-20T07:00:00Z'))).toBe(Number.POSITIVE_INFINITY)
  })

  it('knows no time zone that there is not', () => {
    expect(() => schedule({ timeZone: 'Europe/Atlantis' })).toThrow(RangeError)
  })
})
