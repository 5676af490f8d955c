const FIRST_CAPACITY = 64

/** Numbers with their times, oldest first, in a ring that grows with what it holds: no object is made for an entry. */
export class SlidingWindow {
  #times = new Float64Array(FIRST_CAPACITY)
  #values = new Float64Array(FIRST_CAPACITY)
  #first = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Time of the oldest entry; infinity where there is none. */
  get oldest(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : this.#times[this.#first]
  }

  push(time: number, value: number): void {
    if (this.#length === this.#times.length) this.#grow()
    const at = (this.#first + this.#length++) & (this.#times.length - 1)
    this.#times[at] = time
    this.#values[at] = value
  }

  /** Takes the oldest entry out; there is one. */
  shift(): number {
    const value = this.#values[this.#first]
    this.#first = (this.#first + 1) & (this.#times.length - 1)
    this.#length--
    return value
  }

  #grow(): void {
    const capacity = this.#times.length
    const times = new Float64Array(2 * capacity)
    const values = new Float64Array(2 * capacity)
    for (let i = 0; i < capacity; i++) {
      const at = (this.#first + i) & (capacity - 1)
      times[i] = this.#times[at]
      values[i] = this.#values[at]
    }
    this.#times = times
    this.#values = values
    this.#first = 0
  }
}
