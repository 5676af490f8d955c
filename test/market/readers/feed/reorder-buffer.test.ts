import { expect, it } from 'vitest'
import { fc, test } from '@fast-check/vitest'
import { ReorderBuffer } from '../../../../src/market/readers/feed/reorder-buffer.js'

function drain(buffer: ReorderBuffer<string>, all = true): string[] {
  const taken: string[] = []
  while (all ? buffer.size > 0 : buffer.ready) {
    const { time, item } = buffer.take()
    taken.push(`${time} ${item}`)
  }
  return taken
}

it('gives items by time, of one time in the order in which they came, when nothing earlier can come', () => {
  const buffer = new ReorderBuffer<string>(10)
  buffer.push(5, 'a')
  buffer.push(3, 'b')
  buffer.push(5, 'c')
  expect(drain(buffer, false)).toEqual([])
  buffer.push(13, 'd')
  expect(drain(buffer, false)).toEqual(['3 b'])
  expect(drain(buffer)).toEqual(['5 a', '5 c', '13 d'])
})

it('tells what comes too late at the time of its predecessor', () => {
  const buffer = new ReorderBuffer<string>(10)
  buffer.push(5, 'a')
  buffer.push(20, 'b')
  expect(drain(buffer, false)).toEqual(['5 a'])
  buffer.push(1, 'c')
  expect([drain(buffer), buffer.late]).toEqual([['5 c', '20 b'], 1])
})

test.prop([fc.array(fc.integer({ min: 0, max: 9 }))])('is a stable sort within the window', (offsets) => {
  const buffer = new ReorderBuffer<string>(10)
  const items = offsets.map((offset, n) => ({ time: n + offset, item: String(n) }))
  const taken: string[] = []
  for (const { time, item } of items) {
    buffer.push(time, item)
    taken.push(...drain(buffer, false))
  }
  taken.push(...drain(buffer))
  expect(taken).toEqual(items.toSorted((a, b) => a.time - b.time).map(({ time, item }) => `${time} ${item}`))
  expect(buffer.late).toBe(0)
})
