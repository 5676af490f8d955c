import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.js'
import { InFlight } from '../../src/exchange/in-flight.js'

describe('InFlight', () => {
  it('knows when the first thing arrives, and nothing when nothing is under way', () => {
    const queue = new InFlight<string>()
    expect(queue.due).toBe(Number.POSITIVE_INFINITY)
    queue.push(0, 'a', 5)
    queue.push(0, 'b', 7)
    expect([queue.due, queue.shift(), queue.due, queue.shift(), queue.due]).toEqual([5, 'a', 7, 'b', Infinity])
  })

  it('a faster message waits for the slower one ahead, also when that has arrived', () => {
    const queue = new InFlight<string>()
    queue.push(1, 'slow', 10)
    expect([queue.dueAfter(1, 4), queue.dueAfter(0, 4), queue.dueAfter(7, 4)]).toEqual([10, 4, 4])
    queue.shift()
    expect([queue.dueAfter(1, 4), queue.dueAfter(1, 12)]).toEqual([10, 12])
  })

  it('keeps its order over many that come and go', () => {
    const queue = new InFlight<number>()
    const left: number[] = []
    for (let i = 0; i < 10_000; i++) {
      queue.push(i % 3, i, i)
      if (i % 3 !== 0) left.push(queue.shift())
    }
    const rest = [...queue].map(([, item]) => item)
    while (queue.due < Number.POSITIVE_INFINITY) left.push(queue.shift())
    expect(left).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
    expect(left.slice(-rest.length)).toEqual(rest)
  })

  it('lanes do not hold each other up; at one time, what was sent first arrives first', () => {
    const queue = new InFlight<string>()
    queue.push(0, 'slow', 20)
    queue.push(1, 'fast', 5)
    queue.push(2, 'later sent', 20)
    queue.push(1, 'middle', 9)
    const arrived: string[] = []
    while (queue.due < Number.POSITIVE_INFINITY) arrived.push(`${queue.due} ${queue.shift()}`)
    expect(arrived).toEqual(['5 fast', '9 middle', '20 slow', '20 later sent'])
  })

  it('random sendings arrive sorted by time', () => {
    const random = seededRandom(5, 'in flight')
    const queue = new InFlight<number>()
    const left: number[] = []
    for (let i = 0; i < 3_000; i++) {
      const lane = random.below(5)
      const due = queue.dueAfter(lane, i + random.below(100))
      queue.push(lane, due, due)
      while (queue.due <= i) left.push(queue.shift())
    }
    while (queue.due < Number.POSITIVE_INFINITY) left.push(queue.shift())
    expect(left).toEqual([...left].sort((a, b) => a - b))
    expect(left.length).toBe(3_000)
  })
})
