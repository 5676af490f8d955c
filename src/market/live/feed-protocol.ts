import type { Clock, EpochSeconds, Nanos } from '../../base/time.js'
import type { FeedEvent } from './feed.js'
import type { FeedInstrument } from './feed-instrument.js'

/** What a protocol may ask of the feed that runs it. */
export interface ProtocolHost {
  readonly clock: Clock
  readonly epoch: EpochSeconds
  readonly instruments: readonly FeedInstrument[]
  /** By what the feed calls it. */
  find(feedSymbol: string): FeedInstrument | undefined
  send(text: string): void
  /**
   * A book is lost: it is cleared, and {@link FeedProtocol.sync} is called for it, after a pause where it happens often.
   * @param retryAfter the exchange asks to be left alone for so long, in ns
   */
  lost(instrument: FeedInstrument, why: string, retryAfter?: number): void
  /** The connection is of no use: it is closed and made again, after a pause. */
  reconnect(why: string): void
  /** A message carried the exchange's time; undefined: it did not. */
  exchangeTime(time: Nanos | undefined): void
  missedTrades(count: number): void
  log(event: FeedEvent, text: string): void
}

/** How one exchange speaks: messages in, books and prints out. Its connection and its timers are the feed's work. */
export interface FeedProtocol {
  /** Whether a message that is missing shows by itself: in numbers, or in a checksum of the book. */
  readonly countsMessages: boolean
  /** The connection stands: subscribe to all instruments. Their books are `syncing`. */
  opened(): void
  /** Ask for the whole book of an instrument, from the beginning. */
  sync(instrument: FeedInstrument): void
  /**
   * One message.
   * @throws FeedFault, MalformedMessage where it cannot be
   */
  message(text: string): void
  /** The connection is gone: what was underway is of no use. */
  closed(): void
}
