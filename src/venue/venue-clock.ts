import { LAST_TIME, nanos, type Nanos } from '../base/time.js'

/**
 * Venue time as a function of wall time: from an anchor on it runs `speed` times as fast. It stands until it is anchored, and
 * at the last time that there is.
 */
export class VenueClock {
  readonly #speed: number
  #venueAnchor: Nanos
  #wallAnchor: Nanos | undefined

  constructor(start: Nanos, speed: number) {
    this.#venueAnchor = start
    this.#speed = speed
  }

  get running(): boolean {
    return this.#wallAnchor !== undefined
  }

  /** Venue time runs from now on. */
  start(wall: Nanos): void {
    this.#wallAnchor ??= wall
  }

  /** Venue time is wall time from now on, or goes on beside it where it is ahead already. Both count from one epoch. */
  follow(wall: Nanos): void {
    this.#venueAnchor = nanos(Math.max(this.#venueAnchor, wall))
    this.#wallAnchor = wall
  }

  /** Venue time stands still from now on, until it is started again. */
  stop(wall: Nanos): void {
    this.#venueAnchor = this.at(wall)
    this.#wallAnchor = undefined
  }

  /** Venue time stands at `venue`. */
  set(venue: Nanos): void {
    this.#venueAnchor = venue
    this.#wallAnchor = undefined
  }

  at(wall: Nanos): Nanos {
    if (this.#wallAnchor === undefined) return this.#venueAnchor
    return nanos(Math.min(this.#venueAnchor + Math.floor((wall - this.#wallAnchor) * this.#speed), LAST_TIME))
  }

  /** Wall time from `wall` until venue time reaches `venue`, in ns; 0 when it has. */
  until(venue: Nanos, wall: Nanos): number {
    return Math.max(0, (venue - this.at(wall)) / this.#speed)
  }
}
