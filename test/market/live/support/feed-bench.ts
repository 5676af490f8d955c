import { epochOf, HOUR, ManualClock, nanos, SECOND, type Nanos } from '../../../../src/base/time.js'
import { instrument, type InstrumentTerms } from '../../../../src/exchange/instrument.js'
import { instrumentNo } from '../../../../src/exchange/units.js'
import { ConnectedFeed } from '../../../../src/market/live/connected-feed.js'
import type { Feed } from '../../../../src/market/live/feed.js'
import { FeedInstrument } from '../../../../src/market/live/feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../../../../src/market/live/feed-protocol.js'
import type { Dial } from '../../../../src/market/live/links/link.js'
import { TERMS } from './fake-exchange.js'
import { VenueBook } from './venue-book.js'

/** 2023-11-14: the fakes' times are 22:13:20 of it. */
export const EPOCH = epochOf(1_700_000_000_000)
export const STALE_AFTER = nanos(10 * SECOND)

/** A feed under test: a clock that the test moves, the venue behind it, and what was logged. */
export class FeedBench {
  readonly clock = new ManualClock(nanos(22 * HOUR))
  readonly venue = new VenueBook(this.clock)
  readonly log: string[] = []
  feed: Feed | undefined

  instrument(depth?: number, terms: InstrumentTerms = TERMS): FeedInstrument {
    return new FeedInstrument(instrument(instrumentNo(0), terms), terms.symbol, this.venue, depth)
  }

  connected(
    dial: Dial,
    protocol: (host: ProtocolHost) => FeedProtocol,
    instruments: readonly FeedInstrument[],
    quietAfter?: Nanos,
    behindAfter: Nanos | undefined = STALE_AFTER
  ): Feed {
    const { clock } = this
    return new ConnectedFeed({
      ...{ name: 'feed', dial, protocol, instruments, clock, quietAfter, behindAfter },
      epoch: EPOCH,
      staleAfter: STALE_AFTER,
      log: { event: (_feed, event, text) => this.log.push(`${event} ${text}`) }
    })
  }

  get state(): string {
    return this.feed?.status.instruments[0].state ?? 'none'
  }

  /** Lets time pass and the feed look at its timers. */
  pass(seconds: number): void {
    this.clock.advance(seconds * SECOND)
    this.feed?.tick()
  }

  /** Waits for what sockets bring about, and for their closing, which Node tells one round later. */
  async until(condition: () => boolean): Promise<void> {
    const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    while (!condition()) await round()
    await round()
    await round()
  }
}
