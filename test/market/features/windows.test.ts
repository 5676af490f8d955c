import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { FixedSum } from '../../../src/market/features/fixed-sum.js'
import { SlidingWindow } from '../../../src/market/features/sliding-window.js'

describe('a sum of small numbers', () => {
  it('is exact: what was taken away leaves no trace, whatever the order', () => {
    const random = seededRandom(1, 'sum')
    const parts = Array.from({ length: 2000 }, () => (random.uniform() / 100) * 10 ** -random.below(16))
    const sum = new FixedSum()
    for (const part of parts) sum.add(part)
    for (const part of parts.slice(1).toReversed()) sum.remove(part)
    const alone = new FixedSum()
    alone.add(parts[0])
    expect(sum.value).toBe(alone.value)
    expect(sum.value).toBeCloseTo(parts[0], 25)
    sum.remove(parts[0])
    expect(sum.value).toBe(0)
  })
})

describe('a sliding window', () => {
  it('is a queue, as it grows and goes round', () => {
    const window = new SlidingWindow()
    const plain: [number, number][] = []
    const random = seededRandom(2, 'window')
    for (let time = 0; time < 5000; time++) {
      window.push(time, -time)
      plain.push([time, -time])
      for (let n = random.below(time % 1000 < 500 ? 2 : 3); n > 0 && plain.length > 0; n--) {
        expect([window.oldest, window.shift()]).toEqual(plain.shift())
      }
      expect(window.length).toBe(plain.length)
    }
  })
})
