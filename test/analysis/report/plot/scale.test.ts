import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceTicks, timeTicks } from '../../../../src/analysis/report/plot/scale.js'

const labels = (ticks: readonly { readonly label: string }[]) => ticks.map(({ label }) => label)
const SECOND = 1e9
const nine = 9 * 3600 * SECOND

describe('niceTicks', () => {
  it.each([
    [0, 10, 5, ['0', '2', '4', '6', '8', '10']],
    [99.93, 100.11, 6, ['99.95', '100.00', '100.05', '100.10']],
    [-0.3, 0.3, 3, ['-0.2', '0.0', '0.2']],
    [0, 2_400_000, 4, ['0', '1000000', '2000000']]
  ])('from %d to %d about %d', (from, to, count, wanted) => expect(labels(niceTicks(from, to, count))).toEqual(wanted))

  it('stand no nearer than the tick of the instrument, with its decimals', () => {
    expect(labels(niceTicks(9.985, 10.015, 10, 0.01, 3))).toEqual(['9.990', '10.000', '10.010'])
  })

  it('are inside, ascending and not many more than asked for', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        number,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (from, span, count) => {
          const values = niceTicks(from, from + span, count).map(({ value }) => value)
          expect(values.length).toBeLessThanOrEqual(count + 1)
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(from - span * 1e-6)
            expect(value).toBeLessThanOrEqual(from + span + span * 1e-6)
          }
          expect([...values].sort((a, b) => a - b)).toEqual(values)
        }
      )
    )
  })
})

describe('timeTicks', () => {
  it('has minutes where minutes are enough', () => {
    expect(labels(timeTicks(nine + 30 * SECOND, nine + 900 * SECOND, 5))).toEqual(['09:05', '09:10', '09:15'])
  })

  it('has seconds and fractions where they are needed', () => {
    expect(labels(timeTicks(nine, nine + 21 * SECOND, 3))).toEqual(['09:00:00', '09:00:10', '09:00:20'])
    expect(labels(timeTicks(nine + 1e6, nine + 11e6, 2))).toEqual(['09:00:00.005', '09:00:00.010'])
    expect(labels(timeTicks(nine, nine + 100e3, 2))).toEqual(['09:00:00.000000', '09:00:00.000050', '09:00:00.000100'])
  })

  it('goes round midnight', () => {
    expect(labels(timeTicks(23 * 3600 * SECOND, 26 * 3600 * SECOND, 4))).toEqual(['23:00', '00:00', '01:00', '02:00'])
  })
})
