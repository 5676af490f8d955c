import { type FeedOrder } from './feed-order.js'

const BITS = 10
const SIZE = 1 << BITS
const MASK = SIZE - 1

/** Feed orders of one page of ids. */
class Page {
  readonly orders: (FeedOrder | undefined)[] = new Array<FeedOrder | undefined>(SIZE).fill(undefined)
  count = 0
}

/**
 * Feed orders by id. Ids are dense from 1 and most orders are gone soon, so pages of ids are made as ids come and used
 * again when the last order of one is gone: no hashing, and memory goes by the orders that stand.
 */
export class FeedOrderIndex {
  #pages: (Page | undefined)[] = []
  readonly #free: Page[] = []

  get(id: number): FeedOrder | undefined {
    const page = this.#pages[id >>> BITS]
    return page === undefined ? undefined : page.orders[id & MASK]
  }

  /** `id` is not in the index. */
  set(id: number, order: FeedOrder): void {
    const at = id >>> BITS
    while (this.#pages.length <= at) this.#pages.push(undefined)
    let page = this.#pages[at]
    if (page === undefined) {
      page = this.#free.pop() ?? new Page()
      this.#pages[at] = page
    }
    page.orders[id & MASK] = order
    page.count++
  }

  /** `id` is in the index. */
  delete(id: number): void {
    const at = id >>> BITS
    const page = this.#pages[at] as Page
    page.orders[id & MASK] = undefined
    if (--page.count > 0) return
    this.#pages[at] = undefined
    this.#free.push(page)
  }
}
