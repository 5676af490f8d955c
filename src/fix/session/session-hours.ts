import { nanos, SECOND, type EpochSeconds, type Nanos } from '../../base/time.js'
import { type SessionSchedule } from './schedule.js'

/** A schedule on the engine's clock: it is looked at for every session ten times a second, and changes twice a day. */
export class SessionHours {
  readonly #schedule: SessionSchedule
  readonly #epoch: EpochSeconds
  #openedAt: Nanos | undefined
  #until = Number.NEGATIVE_INFINITY
  #from = Number.POSITIVE_INFINITY

  constructor(schedule: SessionSchedule, epoch: EpochSeconds) {
    this.#schedule = schedule
    this.#epoch = epoch
  }

  get resetAtStart(): boolean {
    return this.#schedule.terms.resetAtStart
  }

  /** When the hours that `now` falls into began; undefined outside of them. */
  openedAt(now: Nanos): Nanos | undefined {
    if (now < this.#from || now >= this.#until) this.#look(now)
    return this.#openedAt
  }

  #look(now: Nanos): void {
    const unix = this.#epoch + now / SECOND
    const window = this.#schedule.windowAt(unix)
    this.#openedAt = window && this.#nanos(window.open)
    this.#from = now
    this.#until = this.#nanos(window?.close ?? this.#schedule.nextOpen(unix))
  }

  #nanos(unix: number): Nanos {
    return nanos((unix - this.#epoch) * SECOND)
  }
}
