import { nanos, type Nanos } from '../../base/time.js'
import type { Venue } from '../venue.js'
import type { ReplayJumps } from './replay-jumps.js'

/** Market events between two looks at the sockets. */
export const EVENTS_PER_TURN = 5_000

/** Goes on by about a turn's events towards another place. Returns whether it is there. */
export type Way = () => boolean

/** Feeds up to about a turn's events of what lies up to `to`. Returns whether that was all, and venue time is there. */
export function feed(venue: Venue, to: Nanos): boolean {
  for (let fed = 0; fed < EVENTS_PER_TURN; fed++) {
    const next = venue.market.nextTime()
    if (next === undefined || next > to) {
      venue.advance(to)
      return true
    }
    venue.advance(next)
  }
  return false
}

/** @param to not before venue time */
export const wayForward =
  (venue: Venue, to: Nanos): Way =>
  () =>
    feed(venue, to)

/** @param again lets the market begin anew where it ended, its first event included; returns false where it cannot */
export function waySteps(venue: Venue, count: number, again: () => boolean): Way {
  let left = count
  return () => {
    const some = Math.min(left, EVENTS_PER_TURN)
    if (venue.step(some)) left -= some
    else if (again()) left--
    else return true
    return left === 0
  }
}

/** @throws RangeError where there is no way back to `to` */
export function wayBack(venue: Venue, jumps: ReplayJumps, to: Nanos): Way {
  if (to < jumps.passStart) throw new RangeError('the present pass over the market began later than that')
  // Behind the market's end there is nothing to go to.
  const position = jumps.positionOf(nanos(Math.min(to, venue.market.end ?? to)))
  const rewind = venue.market.rewind?.(position)
  if (rewind === undefined) throw new RangeError('only tapes can be taken back')
  if (jumps.timeOf(position) === undefined) throw new RangeError('venue time ends 104 days after its first day')
  return () => {
    if (!rewind.work(EVENTS_PER_TURN)) return false
    jumps.go(position, rewind)
    return true
  }
}
