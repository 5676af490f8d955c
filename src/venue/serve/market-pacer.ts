import { LAST_TIME, nanos, type Clock, type Nanos } from '../../base/time.js'
import type { Speed } from '../config/venue-config.js'
import type { VenueClock } from '../venue-clock.js'
import type { Venue } from '../venue.js'
import type { ReplayControl, ReplayState } from './replay-control.js'
import type { ReplayJumps } from './replay-jumps.js'
import { EVENTS_PER_TURN, feed, wayBack, wayForward, waySteps, type Way } from './ways.js'

/** The market is never left further behind than this, even when nothing waits for it, in ms. */
const LONGEST_SLEEP = 100

/**
 * Moves the market on while nobody sends anything: paced by the clock, or as fast as it goes; where that is over, by the
 * clock, so that what is under way arrives. In lockstep it does nothing by itself: time moves with the clients' messages.
 */
export class MarketPacer implements ReplayControl {
  readonly #venue: Venue
  readonly #clock: VenueClock
  readonly #turn: Clock
  readonly #speed: Speed
  readonly #jumps: ReplayJumps
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #started = false
  #paused = false
  #stopped = false
  #loop = false
  /** On its way to another place, between what sockets bring. */
  #travelling: { readonly way: Way; readonly arrived: (time: Nanos) => void } | undefined

  constructor(venue: Venue, clock: VenueClock, turn: Clock, speed: Speed, jumps: ReplayJumps) {
    this.#venue = venue
    this.#clock = clock
    this.#turn = turn
    this.#speed = speed
    this.#jumps = jumps
  }

  get time(): Nanos {
    return this.#venue.time
  }

  get state(): ReplayState {
    if (this.#travelling !== undefined) return 'seeking'
    if (this.#ended) return 'ended'
    if (this.#paused) return 'paused'
    if (!this.#started) return 'waiting'
    return this.#speed === 'lockstep' ? 'lockstep' : 'running'
  }

  get loop(): boolean {
    return this.#loop
  }

  set loop(on: boolean) {
    this.#loop = on
    if (on && this.#ended) this.#go()
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
    if (this.#travelling !== undefined) return
    this.#rest()
    // What is due by now has happened; the rest waits.
    if (this.#clock.running) this.catchUp()
    this.#clock.stop(this.#turn.now())
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#go()
  }

  stepEvents(count: number): Promise<Nanos> {
    if (!Number.isSafeInteger(count) || count < 1)
      throw new RangeError(`expected a whole number of events from 1, got ${count}`)
    this.pause()
    return this.#travel(waySteps(this.#venue, count, () => this.#again()))
  }

  stepTime(duration: Nanos): Promise<Nanos> {
    if (!Number.isSafeInteger(duration) || duration < 1)
      throw new RangeError(`expected a whole number of nanoseconds from 1, got ${duration}`)
    this.pause()
    return this.#travel(wayForward(this.#venue, nanos(Math.min(this.#venue.time + duration, LAST_TIME))))
  }

  seek(to: Nanos): Promise<Nanos> {
    if (!Number.isSafeInteger(to)) throw new RangeError(`expected a whole number of nanoseconds, got ${to}`)
    const { time, market } = this.#venue
    if (to < time) return this.#travel(wayBack(this.#venue, this.#jumps, to))
    return this.#travel(wayForward(this.#venue, latest(nanos(Math.min(to, market.end ?? LAST_TIME)), time)))
  }

  /**
   * Feeds the market up to what the clock says, but no more than about a turn's events: where that is not enough, venue time
   * runs slower than it was told to, and sockets are looked at nevertheless.
   * @returns whether it was enough
   */
  catchUp(): boolean {
    const now = this.#turn.now()
    // A live market can be ahead of the clock by a few ns: facts of one turn follow each other.
    if (feed(this.#venue, latest(this.#clock.at(now), this.#venue.time))) return true
    this.#clock.set(this.#venue.time)
    this.#clock.start(now)
    return false
  }

  /** A client's time in lockstep: the market is fed up to it, where it lies in a later pass over at most one end of the tapes. */
  reach(to: Nanos): void {
    const { end } = this.#venue.market
    if (this.#loop && end !== undefined && to > end) {
      this.#venue.advance(latest(end, this.#venue.time))
      const next = this.#jumps.timeOf(this.#jumps.beginning)
      if (next !== undefined && next < to) this.#again()
    }
    this.#venue.advance(latest(to, this.#venue.time))
  }

  get #ended(): boolean {
    return this.#venue.market.nextTime() === undefined
  }

  /** Moves, unless something holds it. */
  #go(): void {
    if (this.#travelling !== undefined) return
    this.#rest()
    if (!this.#started || this.#paused || this.#stopped) return
    if (this.#speed === 'lockstep') return
    if (this.#speed === 'max' && !(this.#ended && !this.#loop)) this.#runFree()
    else {
      this.#clock.start(this.#turn.now())
      this.#sleep()
    }
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

  /** The tapes begin anew, if they are to and can. */
  #again(): boolean {
    if (!this.#loop) return false
    const { beginning } = this.#jumps
    if (this.#jumps.timeOf(beginning) === undefined) return false
    const rewind = this.#venue.market.rewind?.(beginning)
    return rewind?.work(1) === true && this.#jumps.go(beginning, rewind) !== undefined
  }

  readonly #runFree = (): void => {
    this.#turn.now()
    this.#clock.set(this.#venue.time)
    if (this.#venue.step(EVENTS_PER_TURN) || this.#again()) {
      this.#stand()
      this.#immediate = setImmediate(this.#runFree)
      return
    }
    this.#clock.start(this.#turn.now())
    this.#sleep()
  }

  /** Sets out; what was on its way gives way. */
  #travel(way: Way): Promise<Nanos> {
    this.#arrive()
    this.#rest()
    this.#clock.stop(this.#turn.now())
    return new Promise((arrived) => {
      this.#travelling = { way, arrived }
      this.#travelOn()
    })
  }

  readonly #travelOn = (): void => {
    if (this.#travelling === undefined) return
    this.#turn.now()
    if (!this.#travelling.way()) {
      this.#immediate = setImmediate(this.#travelOn)
      return
    }
    this.#arrive()
    this.#go()
  }

  /** What is on its way, if anything, is over. */
  #arrive(): void {
    const travelling = this.#travelling
    if (travelling === undefined) return
    this.#travelling = undefined
    travelling.arrived(this.#stand())
  }

  #sleep(): void {
    const due = this.#venue.nextDue()
    const wait = due === undefined ? LONGEST_SLEEP : Math.ceil(this.#clock.until(due, this.#turn.now()) / 1e6)
    this.#timer = setTimeout(this.#wake, Math.min(Math.max(wait, 1), LONGEST_SLEEP))
  }

  readonly #wake = (): void => {
    this.#turn.now()
    if (this.#ended && this.#again()) {
      this.#stand()
      return this.#go()
    }
    if (this.catchUp()) this.#sleep()
    else this.#immediate = setImmediate(this.#wake)
  }
}

const latest = (a: Nanos, b: Nanos): Nanos => (a > b ? a : b)
