import { describe, expect, it } from 'vitest'
import { InFlight } from '../../src/exchange/in-flight.js'

describe('InFlight', () => {
  it('knows when the first thing arrives, and nothing when nothing is under way', () => {
    const queue = new InFlight<string>()
    expect(queue.due).toBe(Number.POSITIVE_INFINITY)
    queue.push('a', 5)
    queue.push('b', 7)
    expect([queue.due, queue.shift(), queue.due, queue.shift(), queue.due]).toEqual([5, 'a', 7, 'b', Infinity])
  })

  it('a faster message waits for the slower one ahead, also when that has arrived', () => {
    const queue = new InFlight<string>()
    queue.push('slow', 10)
    expect(queue.dueAfter(4)).toBe(10)
    queue.shift()
    expect([queue.dueAfter(4), queue.dueAfter(12)]).toEqual([10, 12])
  })

  it('keeps its order over many that come and go', () => {
    const queue = new InFlight<number>()
    const left: number[] = []
    for (let i = 0; i < 10_000; i++) {
      queue.push(i, i)
      if (i % 3 !== 0) left.push(queue.shift())
    }
    const rest = [...queue].map(([, item]) => item)
    while (queue.due < Number.POSITIVE_INFINITY) left.push(queue.shift())
    expect(left).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
    expect(left.slice(-rest.length)).toEqual(rest)
  })
})
