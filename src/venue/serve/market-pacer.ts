import type { Clock } from '../../base/time.js'
import type { Speed } from '../config/venue-config.js'
import type { VenueClock } from '../venue-clock.js'
import type { Venue } from '../venue.js'

/** Market events between two looks at the sockets when a tape runs as fast as it can. */
const EVENTS_PER_TURN = 5_000
/** The market is never left further behind than this, even when nothing waits for it, in ms. */
const LONGEST_SLEEP = 100

/**
 * Moves the market on while nobody sends anything: paced by the clock, or as fast as it goes. In lockstep it does nothing:
 * time moves with the clients' messages.
 */
export class MarketPacer {
  readonly #venue: Venue
  readonly #clock: VenueClock
  readonly #turn: Clock
  readonly #speed: Speed
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #running = false

  constructor(venue: Venue, clock: VenueClock, turn: Clock, speed: Speed) {
    this.#venue = venue
    this.#clock = clock
    this.#turn = turn
    this.#speed = speed
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#clock.start(this.#turn.now())
    if (this.#speed === 'max') this.#runFree()
    else if (this.#speed !== 'lockstep') this.#sleep()
  }

  stop(): void {
    this.#running = false
    clearTimeout(this.#timer)
    clearImmediate(this.#immediate)
  }

  readonly #runFree = (): void => {
    if (!this.#running) return
    this.#turn.now()
    if (this.#venue.step(EVENTS_PER_TURN)) this.#immediate = setImmediate(this.#runFree)
  }

  #sleep(): void {
    const due = this.#venue.nextDue()
    const wait = due === undefined ? LONGEST_SLEEP : Math.ceil(this.#clock.until(due, this.#turn.now()) / 1e6)
    this.#timer = setTimeout(this.#wake, Math.min(Math.max(wait, 1), LONGEST_SLEEP))
  }

  readonly #wake = (): void => {
    if (!this.#running) return
    this.#venue.advance(this.#clock.at(this.#turn.now()))
    this.#sleep()
  }
}
