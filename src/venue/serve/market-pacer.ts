import { nanos, type Clock, type Nanos } from '../../base/time.js'
import type { Speed } from '../config/venue-config.js'
import type { VenueClock } from '../venue-clock.js'
import type { Venue } from '../venue.js'
import type { ReplayControl, ReplayState } from './replay-control.js'

/** Market events between two looks at the sockets when a tape runs as fast as it can. */
const EVENTS_PER_TURN = 5_000
/** The market is never left further behind than this, even when nothing waits for it, in ms. */
const LONGEST_SLEEP = 100

interface Seek {
  readonly to: Nanos
  readonly arrived: () => void
}

/**
 * Moves the market on while nobody sends anything: paced by the clock, or as fast as it goes. In lockstep it does nothing
 * by itself: time moves with the clients' messages.
 */
export class MarketPacer implements ReplayControl {
  readonly #venue: Venue
  readonly #clock: VenueClock
  readonly #turn: Clock
  readonly #speed: Speed
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #started = false
  #paused = false
  #stopped = false
  #seek: Seek | undefined

  constructor(venue: Venue, clock: VenueClock, turn: Clock, speed: Speed) {
    this.#venue = venue
    this.#clock = clock
    this.#turn = turn
    this.#speed = speed
  }

  get time(): Nanos {
    return this.#venue.time
  }

  get state(): ReplayState {
    if (this.#seek !== undefined) return 'seeking'
    if (this.#venue.market.nextTime() === undefined) return 'ended'
    if (this.#paused) return 'paused'
    if (!this.#started) return 'waiting'
    return this.#speed === 'lockstep' ? 'lockstep' : 'running'
  }

  /** Begins to move, unless it is paused already. */
  start(): void {
    if (this.#started || this.#stopped) return
    this.#started = true
    this.#go()
  }

  /** Moves no more, for good. */
  stop(): void {
    this.#stopped = true
    this.#rest()
    this.#arrive()
  }

  pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#rest()
    const now = this.#turn.now()
    // What is due by now has happened; the rest waits.
    if (this.#paced && this.#clock.running) this.#venue.advance(latest(this.#clock.at(now), this.#venue.time))
    this.#clock.stop(now)
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#go()
  }

  stepEvents(count: number): Nanos {
    this.pause()
    this.#turn.now()
    this.#venue.step(count)
    return this.#stand()
  }

  stepTime(duration: Nanos): Nanos {
    this.pause()
    this.#turn.now()
    this.#venue.advance(nanos(this.#venue.time + duration))
    return this.#stand()
  }

  seek(to: Nanos): Promise<void> {
    if (to < this.#venue.time) {
      throw new RangeError('a replay goes forward only: start the venue anew, with another journal, to go back')
    }
    this.#arrive()
    this.#rest()
    this.#clock.stop(this.#turn.now())
    return new Promise((arrived) => {
      this.#seek = { to, arrived }
      this.#runToSeek()
    })
  }

  get #paced(): boolean {
    return typeof this.#speed === 'number'
  }

  /** Moves, unless something holds it. */
  #go(): void {
    if (!this.#started || this.#paused || this.#stopped || this.#seek !== undefined) return
    this.#clock.start(this.#turn.now())
    if (this.#speed === 'max') this.#runFree()
    else if (this.#paced) this.#sleep()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#immediate)
  }

  /** The clock stands where the market does. */
  #stand(): Nanos {
    this.#clock.set(this.#venue.time)
    return this.#venue.time
  }

  readonly #runFree = (): void => {
    this.#turn.now()
    if (this.#venue.step(EVENTS_PER_TURN)) this.#immediate = setImmediate(this.#runFree)
  }

  readonly #runToSeek = (): void => {
    if (this.#seek === undefined) return
    const { to } = this.#seek
    this.#turn.now()
    for (let fed = 0; fed < EVENTS_PER_TURN; fed++) {
      const next = this.#venue.market.nextTime()
      if (next === undefined || next > to) {
        this.#venue.advance(to)
        this.#arrive()
        return this.#go()
      }
      this.#venue.advance(next)
    }
    this.#immediate = setImmediate(this.#runToSeek)
  }

  /** The seek that is under way, if any, is over. */
  #arrive(): void {
    const seek = this.#seek
    if (seek === undefined) return
    this.#seek = undefined
    this.#stand()
    seek.arrived()
  }

  #sleep(): void {
    const due = this.#venue.nextDue()
    const wait = due === undefined ? LONGEST_SLEEP : Math.ceil(this.#clock.until(due, this.#turn.now()) / 1e6)
    this.#timer = setTimeout(this.#wake, Math.min(Math.max(wait, 1), LONGEST_SLEEP))
  }

  readonly #wake = (): void => {
    // A live market can be ahead of the clock by a few ns: facts of one turn follow each other.
    this.#venue.advance(latest(this.#clock.at(this.#turn.now()), this.#venue.time))
    this.#sleep()
  }
}

const latest = (a: Nanos, b: Nanos): Nanos => (a > b ? a : b)
