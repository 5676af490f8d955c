/**
 * Time in the house. Both clocks (venue time and wall time) count whole nanoseconds from one epoch, a UTC midnight,
 * as a safe integer: 2^53 ns reach 104 days past it, and every sum and comparison is exact.
 */
declare const nanosBrand: unique symbol

/** Nanoseconds since the epoch of the session (a UTC midnight). Always a safe integer. */
export type Nanos = number & { readonly [nanosBrand]: true }

export const nanos = (value: number): Nanos => value as Nanos

export const MICROSECOND = nanos(1_000)
export const MILLISECOND = nanos(1_000_000)
export const SECOND = nanos(1_000_000_000)
export const MINUTE = nanos(60_000_000_000)
export const HOUR = nanos(3_600_000_000_000)
export const DAY = nanos(86_400_000_000_000)

/** No session goes on behind this time, 104 days after its epoch: six hours further, sums would not be exact any more. */
export const LAST_TIME = nanos(104 * DAY)

/** A source of time. `now` never runs backwards. */
export interface Clock {
  now(): Nanos
}

/** The UTC midnight that {@link Nanos} are counted from, in whole seconds since 1970. A multiple of 86,400. */
export type EpochSeconds = number

/** The UTC midnight at or before a moment given in milliseconds since 1970. */
export function epochOf(unixMilliseconds: number): EpochSeconds {
  return Math.floor(unixMilliseconds / 86_400_000) * 86_400
}

/** Wall time: the operating system's UTC clock at start, carried on by its monotonic clock, so it never steps back. */
export function wallClock(epoch: EpochSeconds): Clock {
  const startedAt = (Date.now() - epoch * 1000) * 1e6
  const monotonicStart = process.hrtime()
  return {
    now() {
      const [seconds, ns] = process.hrtime(monotonicStart)
      return (startedAt + seconds * 1e9 + ns) as Nanos
    }
  }
}

/** A clock that moves only when it is told to: for tests, lockstep and re-runs. */
export class ManualClock implements Clock {
  #now: Nanos

  constructor(start: Nanos = nanos(0)) {
    this.#now = start
  }

  now(): Nanos {
    return this.#now
  }

  set(to: Nanos): void {
    this.#now = to
  }

  advance(by: number): void {
    this.#now = nanos(this.#now + by)
  }
}

/** `at` as nanoseconds since 1970, exactly. */
export function toUnixNanos(at: Nanos, epoch: EpochSeconds): bigint {
  return BigInt(epoch) * 1_000_000_000n + BigInt(at)
}

/** Nanoseconds since 1970 as time since `epoch`. */
export function fromUnixNanos(unix: bigint, epoch: EpochSeconds): Nanos {
  return Number(unix - BigInt(epoch) * 1_000_000_000n) as Nanos
}
