/**
 * Things under way that arrive in the order they left, each not before its time: a queue that a slower message ahead
 * holds back, as a connection does.
 */
export class InFlight<T> {
  #items: (T | undefined)[] = []
  #dues: number[] = []
  #head = 0
  #last = Number.NEGATIVE_INFINITY
  /** When the first of them arrives; infinity when nothing is under way. */
  due = Number.POSITIVE_INFINITY

  /** When something arrives that would by itself arrive at `due`: then, or with the one ahead if that is later. */
  dueAfter<D extends number>(due: D): D {
    return due < this.#last ? (this.#last as D) : due
  }

  /** `due` is not before {@link dueAfter} of it. */
  push(item: T, due: number): void {
    this.#last = due
    this.#items.push(item)
    this.#dues.push(due)
    if (this.#items.length - this.#head === 1) this.due = due
  }

  /** Takes the first of them. Only where {@link due} is finite. */
  shift(): T {
    const item = this.#items[this.#head] as T
    this.#items[this.#head++] = undefined
    if (this.#head === this.#items.length) {
      this.#items.length = this.#dues.length = this.#head = 0
      this.due = Number.POSITIVE_INFINITY
      return item
    }
    if (this.#head >= 1024 && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head)
      this.#dues.splice(0, this.#head)
      this.#head = 0
    }
    this.due = this.#dues[this.#head]
    return item
  }

  /** All of them, first first. */
  *[Symbol.iterator](): Generator<readonly [due: number, item: T]> {
    for (let i = this.#head; i < this.#items.length; i++) yield [this.#dues[i], this.#items[i] as T]
  }
}
