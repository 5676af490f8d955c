import type { Nanos } from '../../base/time.js'

/**
 * What a replay is doing. `waiting`: for its first client. `seeking`: on its way to where it was told to go or to step.
 * `lockstep`: it moves with clients' times alone.
 */
export type ReplayState = 'waiting' | 'running' | 'paused' | 'seeking' | 'lockstep' | 'ended'

/** Controls of the market that a venue replays. Clients stay connected, and their orders are taken, whatever it does. */
export interface ReplayControl {
  readonly state: ReplayState
  /** Venue time so far. */
  readonly time: Nanos
  /**
   * Whether tapes begin anew at their end, without a pause, as another day: venue time is then the same time of day on the
   * next day on which the venue trades; DAY orders have expired, others stay. It ends after 104 days, which is as far as venue
   * time goes.
   */
  loop: boolean
  /**
   * Venue time stands still until {@link resume}. Orders are taken at the time that it stands at. A seek goes on, and stands
   * where it ends.
   */
  pause(): void
  /** Goes on from where it stands, at its speed. */
  resume(): void
  /**
   * Feeds `count` market events, and the rest of the last one's instant, and pauses. The promise is kept as that of
   * {@link seek}.
   * @throws RangeError where `count` is no whole number from 1
   */
  stepEvents(count: number): Promise<Nanos>
  /**
   * Goes on by `duration` of venue time, or to the last time that there is, as fast as it can, and pauses.
   * @throws RangeError where `duration` is no whole number from 1
   */
  stepTime(duration: Nanos): Promise<Nanos>
  /**
   * Goes to `to` as fast as it can, between what sockets bring, then does again what it did before: runs or stands. Forward
   * that is a replay up to there. Back, the books of that moment of the tapes are made by reading from a checkpoint; nothing
   * trades meanwhile; then the market goes on from there as another day, as venue time never runs back: see {@link loop}.
   * The promise is kept with the venue time reached, which is the market's end where `to` is behind it, or when another seek or
   * step takes its place.
   * @throws RangeError where `to` is no time, or is before the present pass over the tapes, or the market is none that can be
   *   taken back, or would be beyond the last time that there is
   */
  seek(to: Nanos): Promise<Nanos>
}
