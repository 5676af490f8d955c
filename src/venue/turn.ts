import type { Clock, Nanos } from '../base/time.js'

/**
 * The turn of the event loop: it begins with the first thing that looks at the time or asks for it, and ends behind all
 * sockets that were readable. Time stands still within it, so everything of a turn carries one wall time.
 */
export class Turn implements Clock {
  readonly #wall: Clock
  readonly #end: (now: Nanos) => void
  #now: Nanos | undefined

  /** `end` is called once per turn, at its end. */
  constructor(wall: Clock, end: (now: Nanos) => void) {
    this.#wall = wall
    this.#end = end
  }

  now(): Nanos {
    if (this.#now === undefined) {
      this.#now = this.#wall.now()
      setImmediate(this.#close)
    }
    return this.#now
  }

  /** Makes sure that the running turn has an end. */
  request(): void {
    this.now()
  }

  /** Ends the running turn now. */
  end(): void {
    const now = this.now()
    this.#now = undefined
    this.#end(now)
  }

  readonly #close = (): void => {
    if (this.#now !== undefined) this.end()
  }
}
