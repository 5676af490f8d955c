import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Side } from '../../../src/exchange/units.js'
import { PriceLevels } from '../../../src/market/readers/price-levels.js'

describe('price levels', () => {
  const step = fc.record({
    side: fc.constantFrom<Side>(1, -1),
    price: fc.integer({ min: -20, max: 20 }),
    by: fc.integer({ min: -3, max: 5 })
  })
  test.prop([fc.array(step, { maxLength: 400 })])('are sums by price, best first', (steps) => {
    const levels = new PriceLevels()
    const sums = new Map<string, number>()
    for (const { side, price, by } of steps) {
      const key = `${side} ${price}`
      const sum = (sums.get(key) ?? 0) + by
      if (sum > 0) sums.set(key, sum)
      else sums.delete(key)
      levels.change(side, price, by)
      expect(levels.qtyAt(side, price)).toBe(Math.max(0, sum))
    }
    const best: number[] = []
    for (const side of [1, -1] as const) {
      const expected = [...sums]
        .map(([key, qty]) => [...key.split(' ').map(Number), qty])
        .filter(([each]) => each === side)
        .map(([, price, qty]) => [price, qty])
        .sort(([a], [b]) => side * (b - a))
      const seen = Array.from({ length: levels.count(side) }, (_, n) => [levels.price(side, n), levels.qty(side, n)])
      expect(seen).toEqual(expected)
      expect([levels.price(side, expected.length), levels.qty(side, expected.length)]).toEqual([Number.NaN, 0])
      best.push(expected[0]?.[0] ?? Number.NaN)
    }
    expect(levels.crossed).toBe(best[0] >= best[1])
    levels.clear()
    expect([levels.count(1), levels.count(-1)]).toEqual([0, 0])
  })
})
