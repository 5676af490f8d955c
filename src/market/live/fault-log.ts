import { nanos, SECOND, type Nanos } from '../../base/time.js'

/** Faults that are told one by one in a while. */
const TOLD = 10
const WHILE = 10 * SECOND

/** Tells of faults, of many at once by their number: a feed that sends nothing but rubbish must not fill a disk. */
export class FaultLog {
  readonly #log: (text: string) => void
  #since = nanos(Number.NEGATIVE_INFINITY)
  #count = 0

  constructor(log: (text: string) => void) {
    this.#log = log
  }

  fault(now: Nanos, text: string): void {
    this.tick(now)
    if (++this.#count <= TOLD) this.#log(text)
  }

  /** Tells how many were left out, when a while is over. */
  tick(now: Nanos): void {
    if (now - this.#since < WHILE) return
    if (this.#count > TOLD) this.#log(`${this.#count - TOLD} more that are not told one by one`)
    this.#since = now
    this.#count = 0
  }
}
