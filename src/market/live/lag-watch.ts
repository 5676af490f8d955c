import { MINUTE, SECOND, type Nanos } from '../../base/time.js'
import { ClockOffset } from './clock-offset.js'

/** Clocks that are further apart are not both right. */
const CLOCKS_APART = MINUTE

/** Whether what a connection brings is old, by the exchange's clock: each message's lag behind the fastest one. */
export class LagWatch {
  readonly #behindAfter: number
  readonly #offset = new ClockOffset()
  #first = true
  #behindSince: Nanos | undefined

  /** @param behindAfter the lag with which a message is old, in ns */
  constructor(behindAfter: Nanos | undefined) {
    this.#behindAfter = behindAfter ?? Number.POSITIVE_INFINITY
  }

  /** Local time minus exchange time, the smallest of late, in ns; undefined before the first message. */
  get clockOffset(): number | undefined {
    return this.#offset.value
  }

  /** A new connection: what comes first is taken to be fresh. */
  restart(): void {
    this.#offset.restart()
    this.#first = true
    this.#behindSince = undefined
  }

  /** A message that the exchange sent at `time`. Returns its lag in ns where it is old, 0 where it is fresh. */
  sample(now: Nanos, time: Nanos): number {
    this.#offset.sample(now, time)
    const lag = this.#offset.lag(now, time)
    if (lag >= this.#behindAfter) {
      this.#behindSince ??= now
      return lag
    }
    this.#behindSince = undefined
    return 0
  }

  /** Local time minus exchange time of a connection's first message, in ns, where no way here takes so long. Told once. */
  takeClocksApart(now: Nanos, time: Nanos): number | undefined {
    if (!this.#first) return undefined
    this.#first = false
    return Math.abs(now - time) > CLOCKS_APART ? now - time : undefined
  }

  /** For how long nothing fresh has come, in ns; 0 where the latest message was fresh. */
  behindFor(now: Nanos): number {
    return this.#behindSince === undefined ? 0 : now - this.#behindSince
  }
}

/** What to say of {@link LagWatch.takeClocksApart}. */
export function clocksApart(ns: number): string {
  const [by, way] = ns > 0 ? [ns, 'behind'] : [-ns, 'ahead of']
  return `the feed's times are ${seconds(by)} s ${way} this clock: what it sends is old, or a clock is wrong`
}

/** Nanoseconds in seconds, to the tenth. */
export function seconds(ns: number): number {
  return Math.round(ns / (SECOND / 10)) / 10
}
