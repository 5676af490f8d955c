import { DAY, LAST_TIME, nanos, type Nanos } from '../../base/time.js'
import type { Command } from '../../exchange/command.js'
import type { MarketJump } from '../../journal/journal.js'
import type { Rewind } from '../../market/market-source.js'
import type { Venue } from '../venue.js'

export interface ReplayJumpOptions {
  readonly venue: Venue
  /** By how much the market is later than it says where the session begins or goes on, in ns. */
  readonly marketShift: number
  /** Whether a time lies on a day on which the venue trades: a replay does not begin anew on a Saturday. */
  readonly trades: (time: Nanos) => boolean
  /** Are told before anything happens. */
  readonly record: { command(command: Command): void; jump(jump: MarketJump): void }
}

/**
 * Takes a replay to another place of its tapes. Venue time goes on: the place is met again at its time of day on a later
 * day, the next on which the venue trades. The day that is left ends: DAY orders expire, the others stay.
 */
export class ReplayJumps {
  readonly #venue: Venue
  readonly #trades: (time: Nanos) => boolean
  readonly #record: ReplayJumpOptions['record']
  #shift: number

  constructor({ venue, marketShift, trades, record }: ReplayJumpOptions) {
    this.#venue = venue
    this.#trades = trades
    this.#record = record
    this.#shift = marketShift
  }

  /** Where on the tapes a venue time of the present pass lies. */
  positionOf(time: Nanos): Nanos {
    return nanos(time - this.#shift)
  }

  /** Where the present pass began, in venue time. */
  get passStart(): Nanos {
    return nanos(this.#venue.market.start + this.#shift)
  }

  /** Before the first fact of the tapes. */
  get beginning(): Nanos {
    return nanos(this.#venue.market.start - 1)
  }

  /** Venue time at which a place is met next; undefined where the pass would end beyond the times that can be told (104 days). */
  timeOf(position: Nanos): Nanos | undefined {
    const shift = this.#shiftTo(position)
    return shift === undefined ? undefined : nanos(position + shift)
  }

  /**
   * Goes to a place, and venue time with it.
   * @returns the time reached; undefined where it lies beyond the times that can be told, and nothing was done
   */
  go(position: Nanos, rewind: Rewind): Nanos | undefined {
    const marketShift = this.#shiftTo(position)
    if (marketShift === undefined) return undefined
    const { time } = this.#venue
    const endOfDay = { kind: 'endOfDay', time } as const
    this.#record.command(endOfDay)
    this.#venue.submit(endOfDay)
    const jump = { time, position, marketShift }
    this.#record.jump(jump)
    this.#venue.jump(jump, rewind)
    this.#shift = marketShift
    const reached = nanos(Math.max(position, this.#venue.market.start) + marketShift)
    this.#venue.advance(reached)
    return reached
  }

  #shiftTo(position: Nanos): number | undefined {
    const { market, time } = this.#venue
    const end = (market.end ?? 0) - this.#shift
    for (let shift = this.#shift + DAY; end + shift <= LAST_TIME; shift += DAY) {
      const there = nanos(position + shift)
      if (there > time && this.#trades(there)) return shift
    }
    return undefined
  }
}
