import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { OrderTable } from '../../../src/market/readers/order-table.js'

describe('the order table', () => {
  it('keeps 64-bit ids, quantities up to 2^32 and prices of both signs', () => {
    const table = new OrderTable()
    const [high, low] = [0xffff_ffff, 0xffff_fffe]
    table.add(high, low, 32_000, 4_000_000_000, -1, -7_000_000_000_000, 4_294_967_295)
    const at = table.find(high, low, 32_000)
    expect([table.feedId(at), table.side(at), table.price(at), table.qty(at), table.filled(at)]).toEqual([
      4_000_000_000, -1, -7_000_000_000_000, 4_294_967_295, 0
    ])
    expect([table.find(high, low, 31_999), table.find(low, high, 32_000)]).toEqual([-1, -1])
  })

  // Few ids, so that they meet again; high halves that differ, so that ids share low ones.
  const step = fc.record({
    what: fc.constantFrom('add', 'add', 'remove', 'removeOf'),
    high: fc.integer({ min: 0, max: 1 }),
    low: fc.integer({ min: 0, max: 400 }),
    instrument: fc.integer({ min: 0, max: 2 }),
    qty: fc.integer({ min: 1, max: 1000 })
  })
  test.prop([fc.array(step, { minLength: 100, maxLength: 3000 })], { numRuns: 30 })('is a map', (steps) => {
    const table = new OrderTable()
    const map = new Map<string, number>()
    for (const { what, high, low, instrument, qty } of steps) {
      const key = `${high} ${low} ${instrument}`
      const at = table.find(high, low, instrument)
      expect(at >= 0 ? table.qty(at) : undefined).toBe(map.get(key))
      if (what === 'add' && at < 0) {
        table.add(high, low, instrument, map.size, 1, low, qty)
        map.set(key, qty)
      } else if (what === 'remove' && at >= 0) {
        table.remove(at)
        map.delete(key)
      } else if (what === 'removeOf' && low === 0) {
        table.removeOf(instrument)
        for (const each of [...map.keys()]) if (each.endsWith(` ${instrument}`)) map.delete(each)
      }
    }
    expect(table.size).toBe(map.size)
    for (const [key, qty] of map) {
      const [high, low, instrument] = key.split(' ').map(Number)
      expect(table.qty(table.find(high, low, instrument))).toBe(qty)
    }
  })
})
