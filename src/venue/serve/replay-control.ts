import type { Nanos } from '../../base/time.js'

/** What a replay is doing. `waiting`: for its first client. `lockstep`: it moves with clients' times alone. */
export type ReplayState = 'waiting' | 'running' | 'paused' | 'seeking' | 'lockstep' | 'ended'

/** Controls of the market that a venue replays. Clients stay connected, and their orders are taken, whatever it does. */
export interface ReplayControl {
  readonly state: ReplayState
  /** Venue time so far. */
  readonly time: Nanos
  /** Venue time stands still until {@link resume}. Orders are taken at the time that it stands at. */
  pause(): void
  /** Goes on from where it stands, at its speed. */
  resume(): void
  /** Feeds `count` market events, and the rest of the last one's instant, and pauses. Returns the time reached. */
  stepEvents(count: number): Nanos
  /** Goes on by `duration` of venue time at once, and pauses. Returns the time reached. */
  stepTime(duration: Nanos): Nanos
  /**
   * Replays up to `to` as fast as it goes, between what sockets bring, then does again what it did before: runs or stands.
   * The promise is kept when it is there, or at the market's end. To go back, start the venue anew: a journal tells one
   * past only.
   * @throws RangeError where `to` is past
   */
  seek(to: Nanos): Promise<void>
}
