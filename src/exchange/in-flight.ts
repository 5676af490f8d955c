/**
 * Things under way in lanes, one for each session: what was sent first in a lane arrives first, as in a connection; lanes do
 * not hold each other up. What arrives at one time arrives in the order in which it was sent.
 */
export class InFlight<T> {
  /** A heap by time, then by order of sending. */
  readonly #heap: Sent<T>[] = []
  readonly #last: number[] = []
  #count = 0
  /** When the first of them arrives; infinity when nothing is under way. */
  due = Number.POSITIVE_INFINITY

  /** When something arrives that would by itself arrive at `due`: then, or with the one ahead if that is later. */
  dueAfter<D extends number>(lane: number, due: D): D {
    const last = this.#last[lane]
    return last !== undefined && due < last ? (last as D) : due
  }

  /** `due` is not before {@link dueAfter} of it. */
  push(lane: number, item: T, due: number): void {
    while (this.#last.length <= lane) this.#last.push(Number.NEGATIVE_INFINITY)
    this.#last[lane] = due
    const heap = this.#heap
    const sent = { item, due, no: this.#count++ }
    let at = heap.length
    heap.push(sent)
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(sent, heap[parent]); parent = (at - 1) >> 1) {
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = sent
    this.due = heap[0].due
  }

  /** Takes the first of them. Only where {@link due} is finite. */
  shift(): T {
    const heap = this.#heap
    const first = heap[0]
    const moved = heap.pop() as Sent<T>
    const size = heap.length
    if (size === 0) {
      this.due = Number.POSITIVE_INFINITY
      return first.item
    }
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++
      if (!isBefore(heap[child], moved)) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = moved
    this.due = heap[0].due
    return first.item
  }

  /** All of them, first first. */
  *[Symbol.iterator](): Generator<readonly [due: number, item: T]> {
    for (const { due, item } of [...this.#heap].sort((a, b) => a.due - b.due || a.no - b.no)) yield [due, item]
  }
}

interface Sent<T> {
  readonly item: T
  readonly due: number
  readonly no: number
}

function isBefore(a: Sent<unknown>, b: Sent<unknown>): boolean {
  return a.due < b.due || (a.due === b.due && a.no < b.no)
}
