import { describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { FaultLog } from '../../../src/market/live/fault-log.js'

describe('faults', () => {
  it('are told one by one, and of a flood the first ten and the number of the others', () => {
    const told: string[] = []
    const log = new FaultLog((text) => told.push(text))
    for (let i = 1; i <= 1000; i++) log.fault(nanos(i), `fault ${i}`)
    expect(told).toEqual(Array.from({ length: 10 }, (_, i) => `fault ${i + 1}`))
    log.tick(nanos(10 * SECOND))
    expect(told).toHaveLength(10)
    log.tick(nanos(11 * SECOND))
    log.fault(nanos(12 * SECOND), 'another')
    expect(told.slice(10)).toEqual(['990 more that are not told one by one', 'another'])
  })
})
