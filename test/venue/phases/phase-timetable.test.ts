import { describe, expect, it } from 'vitest'
import { nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { openingPhases, PhaseSchedule } from '../../../src/venue/phases/phase-schedule.js'
import type { PhaseEntry, PhaseTable } from '../../../src/venue/phases/phase-table.js'
import { PhaseTimetable } from '../../../src/venue/phases/phase-timetable.js'
import { dayEnds } from '../../../src/venue/phases/trading-days.js'

const EPOCH = Date.UTC(2026, 10, 20) / 1000 // a Friday
const HOUR = 3600
const at = (hours: number, phase: PhaseEntry['phase'], randomEnd = 0): PhaseEntry => ({
  at: hours * HOUR,
  phase,
  randomEnd
})
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const

function timetable(
  entries: readonly PhaseEntry[],
  { seed = 1, no = 0, ...table }: Partial<PhaseTable> & { seed?: number; no?: number } = {}
): PhaseTimetable {
  return new PhaseTimetable({
    instrument: instrumentNo(no),
    symbol: `SYM${no}`,
    table: { timeZone: 'America/New_York', days: WEEK, entries, ...table },
    epoch: EPOCH,
    seed
  })
}

const hours = (n: number): Nanos => nanos(n * HOUR * SECOND)

function take(schedule: PhaseSchedule, count: number): string[] {
  return Array.from({ length: count }, () => {
    const change = schedule.take()
    const what = change?.kind === 'phase' ? `${change.instrument} ${change.phase}` : change?.kind
    return `${(change?.time ?? Number.NaN) / HOUR / SECOND} ${what}`
  })
}

describe('a timetable of phases', () => {
  const day = [at(9, 'preOpen'), at(9.5, 'continuous'), at(16, 'closed')]

  it('changes phases at local times, day after day, and passes over the weekend', () => {
    expect(take(new PhaseSchedule([timetable(day).after(hours(14))]), 5)).toEqual([
      '14.5 0 continuous',
      '21 0 closed',
      '86 0 preOpen',
      '86.5 0 continuous',
      '93 0 closed'
    ])
  })

  it('tells the phase that a moment lies in, over nights and weekends', () => {
    const table = timetable(day)
    expect(table.phaseAt(hours(14))).toBe('preOpen')
    expect(table.phaseAt(hours(20.99))).toBe('continuous')
    expect(table.phaseAt(hours(60))).toBe('closed')
    expect(openingPhases([table], hours(15))).toEqual([
      { kind: 'phase', time: hours(15), instrument: 0, phase: 'continuous' }
    ])
  })

  it('puts the changes of several instruments in the order of their times', () => {
    const two = [timetable(day), timetable([at(9.25, 'halt')], { no: 1 })]
    const schedule = new PhaseSchedule(two.map((each) => each.after(hours(13))))
    expect(take(schedule, 3)).toEqual(['14 0 preOpen', '14.25 1 halt', '14.5 0 continuous'])
  })

  it('ends trading days at their local time, behind the phase changes of that moment, on days that have one', () => {
    const end = dayEnds({ timeZone: 'America/New_York', days: WEEK, at: 16 * HOUR }, EPOCH, hours(20))
    const schedule = new PhaseSchedule([timetable(day).after(hours(20)), end])
    expect(take(schedule, 6)).toEqual([
      '21 0 closed',
      '21 endOfDay',
      '86 0 preOpen',
      '86.5 0 continuous',
      '93 0 closed',
      '93 endOfDay'
    ])
  })

  it('ends a phase by chance: within its bound, the same for a seed, another for another day and seed', () => {
    const auction = [at(9, 'openingAuction', 30 * SECOND), at(9.5, 'continuous')]
    const endsOf = (seed: number): number[] =>
      [14, 86].map((from) => {
        const schedule = new PhaseSchedule([timetable(auction, { seed }).after(hours(from))])
        return (schedule.due ?? 0) - hours(from + 0.5)
      })
    const [friday, monday] = endsOf(1)
    for (const late of [friday, monday]) {
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThan(30 * SECOND)
    }
    expect(friday).not.toBe(monday)
    expect(endsOf(1)).toEqual([friday, monday])
    expect(endsOf(2)).not.toEqual([friday, monday])
  })
})
