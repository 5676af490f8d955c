import { parseTimestamp } from '../../base/timestamp.js'
import { LAST_TIME, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { FixMessage } from '../../fix/wire/fix-message.js'
import { Tag } from '../../fix/wire/tag.js'
import type { Speed } from '../config/venue-config.js'
import type { Turn } from '../turn.js'
import type { VenueClock } from '../venue-clock.js'
import type { Venue } from '../venue.js'
import type { MarketPacer } from './market-pacer.js'

export interface ArrivalOptions {
  readonly venue: Venue
  readonly clock: VenueClock
  readonly turn: Turn
  readonly speed: Speed
  readonly pacer: Pick<MarketPacer, 'reach' | 'catchUp'>
  /** What venue time counts from. */
  readonly epoch: EpochSeconds
}

/**
 * Tells at which venue time a message arrives, and has the market fed up to it. Paced by the clock, that is now. As fast as
 * it goes, it is where the market stands; behind its end the clock's time. In lockstep it is the message's
 * TransactTime (60), which never goes back; one that venue time cannot come to, 104 days on, says nothing.
 */
export function arrivalTime(options: ArrivalOptions): (message?: FixMessage) => Nanos {
  const { venue, clock, turn, speed, pacer, epoch } = options
  if (speed === 'lockstep') {
    return (message) => {
      const text = message?.string(Tag.TransactTime)
      const told = text === undefined ? Number.NaN : parseTimestamp(Buffer.from(text, 'latin1'), 0, text.length, epoch)
      if (told > venue.time && told <= LAST_TIME) pacer.reach(told as Nanos)
      return venue.time
    }
  }
  return () => {
    if (clock.at(turn.now()) > venue.time) pacer.catchUp()
    return venue.time
  }
}
