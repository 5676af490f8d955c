import { describe, expect, it } from 'vitest'
import { BookSide } from '../../../src/exchange/book/book-side.js'
import { FeedOrderIndex } from '../../../src/exchange/book/feed-order-index.js'
import { FeedOrder } from '../../../src/exchange/book/feed-order.js'
import { Level } from '../../../src/exchange/book/level.js'
import { BUY } from '../../../src/exchange/units.js'

const side = new BookSide(BUY)
const feedOrder = (): FeedOrder => new FeedOrder(side, new Level(1, 1))

describe('FeedOrderIndex', () => {
  it('knows nothing at first, however large the id', () => {
    const index = new FeedOrderIndex()
    expect([index.get(1), index.get(123_456_789)]).toEqual([undefined, undefined])
  })

  it('finds orders of ids far apart and forgets one without the other', () => {
    const index = new FeedOrderIndex()
    const one = feedOrder()
    const other = feedOrder()
    index.set(1, one)
    index.set(5_000_000, other)
    index.delete(1)
    expect(index.get(1)).toBeUndefined()
    expect(index.get(5_000_000)).toBe(other)
  })

  it('uses a page again without remembering what stood there', () => {
    const index = new FeedOrderIndex()
    for (let id = 1; id <= 1024; id++) index.set(id, feedOrder())
    for (let id = 1; id <= 1024; id++) index.delete(id)
    const later = feedOrder()
    index.set(9_000, later)
    const found = []
    for (let id = 8_192; id < 10_000; id++) if (index.get(id) !== undefined) found.push(id)
    expect(found).toEqual([9_000])
  })
})
