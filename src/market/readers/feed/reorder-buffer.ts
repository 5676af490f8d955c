interface Waiting<T> {
  readonly time: number
  readonly item: T
}

/**
 * Puts what several streams of one connection brought into time order: each stream is in order, but they run up to `window`
 * ns apart. At one time, what came first goes first. What comes later than the window gets the time of its predecessor.
 */
export class ReorderBuffer<T> {
  /** Items that came too late for their place. */
  late = 0
  readonly #window: number
  #waiting: Waiting<T>[] = []
  #head = 0
  #latest = Number.NEGATIVE_INFINITY
  #given = Number.NEGATIVE_INFINITY

  constructor(window: number) {
    this.#window = window
  }

  push(time: number, item: T): void {
    if (time < this.#given) {
      this.late++
      time = this.#given
    }
    const waiting = this.#waiting
    let at = waiting.length
    while (at > this.#head && waiting[at - 1].time > time) at--
    if (at === waiting.length) waiting.push({ time, item })
    else waiting.splice(at, 0, { time, item })
    this.#latest = Math.max(this.#latest, time)
  }

  /** Whether nothing that is still in its window can come before the first that waits. */
  get ready(): boolean {
    return this.#head < this.#waiting.length && this.#waiting[this.#head].time <= this.#latest - this.#window
  }

  get size(): number {
    return this.#waiting.length - this.#head
  }

  /** The first that waits; there must be one. */
  take(): Waiting<T> {
    const first = this.#waiting[this.#head++]
    if (this.#head >= 4096) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    this.#given = first.time
    return first
  }
}
