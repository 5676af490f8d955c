import { type Order } from './order.js'

interface Expiry {
  readonly due: number
  readonly order: Order
}

const isBefore = (a: Expiry, b: Expiry): boolean =>
  a.due < b.due || (a.due === b.due && a.order.terms.orderId < b.order.terms.orderId)

/** GTD orders by the time they expire at: a heap. Orders that ended or changed before are passed over. */
export class Expiries {
  readonly #heap: Expiry[] = []

  /** When the next order expires; infinity without one. */
  get due(): number {
    for (;;) {
      if (this.#heap.length === 0) return Number.POSITIVE_INFINITY
      const { due, order } = this.#heap[0]
      if (order.working && order.terms.qualifiers?.expireTime === due) return due
      this.#pop()
    }
  }

  /** The order's expire time is as its terms say now. */
  add(order: Order): void {
    const due = order.terms.qualifiers?.expireTime
    if (due === undefined) return
    const heap = this.#heap
    const expiry = { due, order }
    let at = heap.length
    heap.push(expiry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(expiry, heap[parent])) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = expiry
  }

  /** Only where {@link due} is finite. */
  shift(): Order {
    return this.#pop().order
  }

  #pop(): Expiry {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop() as Expiry
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++
      if (!isBefore(heap[child], last)) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = last
    return first
  }
}
