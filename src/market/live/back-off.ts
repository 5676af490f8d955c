import { nanos, SECOND, type Nanos } from '../../base/time.js'

/** Pauses that grow: the first, then twice as long each time, up to the longest. */
export class BackOff {
  readonly #first: number
  readonly #longest: number
  #next: number

  constructor(first: number = SECOND, longest: number = 30 * SECOND) {
    this.#first = first
    this.#longest = longest
    this.#next = first
  }

  /** The next pause, in ns. */
  next(): Nanos {
    const pause = this.#next
    this.#next = Math.min(pause * 2, this.#longest)
    return nanos(pause)
  }

  /** All is well: the next pause is the first again. */
  reset(): void {
    this.#next = this.#first
  }
}
