import { nanos, type Clock, type Nanos } from '../../base/time.js'
import type { Rewind } from '../../market/market-source.js'
import type { Speed } from '../config/venue-config.js'
import type { VenueClock } from '../venue-clock.js'
import type { Venue } from '../venue.js'
import type { ReplayControl, ReplayState } from './replay-control.js'
import type { ReplayJumps } from './replay-jumps.js'

/** Market events between two looks at the sockets when a tape runs as fast as it can. */
const EVENTS_PER_TURN = 5_000
/** The market is never left further behind than this, even when nothing waits for it, in ms. */
const LONGEST_SLEEP = 100

interface Seek {
  readonly to: Nanos
  /** Back: the market on its way to there. */
  readonly rewind: Rewind | undefined
  readonly arrived: (time: Nanos) => void
}

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
  #seek: Seek | undefined

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
    if (this.#seek !== undefined) return 'seeking'
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
    this.#rest()
    const now = this.#turn.now()
    // What is due by now has happened; the rest waits.
    if (this.#clock.running) this.#venue.advance(latest(this.#clock.at(now), this.#venue.time))
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
    if (!this.#venue.step(count) && this.#again()) this.#venue.step(count)
    return this.#stand()
  }

  stepTime(duration: Nanos): Nanos {
    this.pause()
    this.#turn.now()
    this.#venue.advance(nanos(this.#venue.time + duration))
    return this.#stand()
  }

  seek(to: Nanos): Promise<Nanos> {
    const rewind = to < this.#venue.time ? this.#rewind(to) : undefined
    this.#arrive()
    this.#rest()
    this.#clock.stop(this.#turn.now())
    return new Promise((arrived) => {
      this.#seek = { to, rewind, arrived }
      this.#runToSeek()
    })
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
    this.#rest()
    if (!this.#started || this.#paused || this.#stopped || this.#seek !== undefined) return
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

  /** @throws RangeError where there is no way back to `to`. */
  #rewind(to: Nanos): Rewind {
    const { passStart } = this.#jumps
    if (to < passStart) throw new RangeError(`the present pass over the market began at ${passStart}, behind ${to}`)
    const position = this.#jumps.positionOf(to)
    const rewind = this.#venue.market.rewind?.(position)
    if (rewind === undefined) throw new RangeError('only tapes can be taken back')
    if (this.#jumps.timeOf(position) === undefined) throw new RangeError('venue time ends after 104 days')
    return rewind
  }

  readonly #runToSeek = (): void => {
    if (this.#seek === undefined) return
    this.#turn.now()
    const { to, rewind } = this.#seek
    const there = rewind === undefined ? this.#runForward(to) : this.#runBack(to, rewind)
    if (!there) {
      this.#immediate = setImmediate(this.#runToSeek)
      return
    }
    this.#arrive()
    this.#go()
  }

  /** Feeds up to about a turn's events of what lies before `to`. Returns whether it is there. */
  #runForward(to: Nanos): boolean {
    for (let fed = 0; fed < EVENTS_PER_TURN; fed++) {
      const next = this.#venue.market.nextTime()
      if (next === undefined || next > to) {
        this.#venue.advance(latest(to, this.#venue.time))
        return true
      }
      this.#venue.advance(next)
    }
    return false
  }

  #runBack(to: Nanos, rewind: Rewind): boolean {
    if (!rewind.work(EVENTS_PER_TURN)) return false
    this.#jumps.go(this.#jumps.positionOf(to), rewind)
    return true
  }

  /** The seek that is under way, if any, is over. */
  #arrive(): void {
    const seek = this.#seek
    if (seek === undefined) return
    this.#seek = undefined
    seek.arrived(this.#stand())
  }

  #sleep(): void {
    const due = this.#venue.nextDue()
    const wait = due === undefined ? LONGEST_SLEEP : Math.ceil(this.#clock.until(due, this.#turn.now()) / 1e6)
    this.#timer = setTimeout(this.#wake, Math.min(Math.max(wait, 1), LONGEST_SLEEP))
  }

  readonly #wake = (): void => {
    const now = this.#turn.now()
    if (this.#ended && this.#again()) {
      this.#stand()
      return this.#go()
    }
    // A live market can be ahead of the clock by a few ns: facts of one turn follow each other.
    this.#venue.advance(latest(this.#clock.at(now), this.#venue.time))
    this.#sleep()
  }
}

const latest = (a: Nanos, b: Nanos): Nanos => (a > b ? a : b)
