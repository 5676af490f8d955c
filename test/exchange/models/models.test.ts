import { describe, expect, it } from 'vitest'
import { aheadAfterDepth, createQueueModel } from '../../../src/exchange/models/queue-model.js'
import { frontShareFloor, mulDivFloor, notBackShareFloor, powerShareFloor } from '../../../src/exchange/mul-div.js'
import { seededRandom } from '../../../src/base/random.js'

describe('exact fractions', () => {
  it('a * b / c rounds down like whole numbers do, small and beyond 2^53', () => {
    const random = seededRandom(3, 'mul div')
    const any = (): number => Math.floor(2 ** (random.uniform() * 52))
    for (let i = 0; i < 20_000; i++) {
      const [a, b, c] = [any(), any(), any()]
      expect(mulDivFloor(a, b, c)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(c)))
    }
  })

  it('a power share is exact for every exponent', () => {
    const random = seededRandom(4, 'power share')
    for (let i = 0; i < 20_000; i++) {
      const large = 2 ** (random.uniform() * 45)
      const [d, f, b] = [0, 0, 0].map(() => Math.floor(random.uniform() * large))
      const n = 1 + random.below(8)
      const [F, B] = [BigInt(f) ** BigInt(n), BigInt(b) ** BigInt(n)]
      const share = F + B === 0n ? 0 : Number((BigInt(d) * F) / (F + B))
      expect(powerShareFloor(d, f, b, n)).toBe(share)
      const T = BigInt(f + b) ** BigInt(n)
      expect(frontShareFloor(d, f, b, n)).toBe(T === 0n ? 0 : Number((BigInt(d) * F) / T))
      expect(notBackShareFloor(d, f, b, n)).toBe(T === 0n ? 0 : Number((BigInt(d) * (T - B)) / T))
    }
  })
})

describe('queue models', () => {
  const riskAverse = createQueueModel({ kind: 'riskAverse' })
  const power = (exponent: number) => createQueueModel({ kind: 'power', exponent })

  it('riskAverse: a cancellation stands behind as long as there is a behind', () => {
    expect(aheadAfterDepth(riskAverse, 60, 100, 70, 0)).toBe(60)
    expect(aheadAfterDepth(riskAverse, 60, 100, 40, 0)).toBe(40)
  })

  it('power: the longer part of the queue cancels more, the more so the larger the exponent', () => {
    expect([1, 2, 3, 8].map((n) => aheadAfterDepth(power(n), 800, 1_000, 600, 0))).toEqual([480, 424, 407, 401])
  })

  it('what was printed is no cancellation', () => {
    expect(aheadAfterDepth(power(1), 40, 100, 80, 20)).toBe(40)
  })

  it('growth stands behind', () => {
    expect(aheadAfterDepth(power(1), 40, 100, 500, 0)).toBe(40)
  })

  it('trap: nothing in front and nothing behind is a number', () => {
    expect(power(2).leftAhead(0, 0, 0)).toBe(0)
    expect(aheadAfterDepth(power(2), 0, 0, 10, 0)).toBe(0)
  })

  it('V stays between nothing and what is displayed', () => {
    const random = seededRandom(5, 'queue')
    for (const model of [riskAverse, power(1), power(3), power(8)]) {
      for (let i = 0; i < 5_000; i++) {
        const before = 1 + random.below(1_000)
        const ahead = random.below(before + 1)
        const after = 1 + random.below(1_200)
        const left = aheadAfterDepth(model, ahead, before, after, random.below(50))
        expect(Number.isInteger(left) && left >= 0 && left <= Math.min(ahead, after)).toBe(true)
      }
    }
  })

  it.each([0, 9, 1.5, Number.NaN])('refuses exponent %s', (exponent) => {
    expect(() => power(exponent)).toThrow(RangeError)
  })
})
