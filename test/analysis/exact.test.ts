import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minus, plus, times, type Exact } from '../../src/analysis/exact.js'

const exact = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).filter((n) => !Number.isSafeInteger(Number(n)))
) as fc.Arbitrary<Exact>

describe('exact arithmetic', () => {
  it('agrees with bigint, and is a number exactly where that is safe', () => {
    fc.assert(
      fc.property(exact, exact, (a, b) => {
        const results: [Exact, bigint][] = [
          [times(a, b), BigInt(a) * BigInt(b)],
          [plus(a, b), BigInt(a) + BigInt(b)],
          [minus(a, b), BigInt(a) - BigInt(b)]
        ]
        for (const [got, wanted] of results) {
          expect(BigInt(got)).toBe(wanted)
          expect(typeof got === 'number').toBe(Number.isSafeInteger(Number(wanted)))
        }
      })
    )
  })

  it('has no negative zero', () => {
    expect(times(-5, 0)).toBe(0)
    expect(minus(-0, 0)).toBe(0)
  })
})
