import type { Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'

/**
 * Whether a book can be trusted. `down`: no connection. `syncing`: connected, waiting for the whole book, at the start or
 * behind a gap. `live`: the book is the feed's. `stale`: nothing was heard for too long. In every state but `live` the
 * market side of the venue's book is empty, so nothing fills against it.
 */
export type BookState = 'down' | 'syncing' | 'live' | 'stale'

/** What an instrument's market data is at the moment. */
export interface InstrumentStatus {
  readonly symbol: string
  readonly state: BookState
  /** Why it is not live, or why it was not. */
  readonly reason: string
}

/** What a feed is at the moment, for people. */
export interface FeedStatus {
  readonly name: string
  readonly connected: boolean
  /** Connections that stood so far. */
  readonly connections: number
  readonly messages: number
  /** Times that a book was lost by a gap, a fault or silence. */
  readonly losses: number
  /** Prints that were missing by the feed's own count. */
  readonly missedTrades: number
  /** Local time minus exchange time, the smallest of late, in ns: clock offset and shortest way. undefined: not known. */
  readonly clockOffset: number | undefined
  readonly instruments: readonly InstrumentStatus[]
}

/** What can happen to a feed, as an operator would filter for it. */
export type FeedEvent = 'connected' | 'disconnected' | 'live' | 'gap' | 'stale' | 'fault' | 'refused'

/** Is told what happens to feeds. */
export interface FeedLog {
  event(feed: string, event: FeedEvent, text: string): void
}

/**
 * Where feeds write. Facts of one event carry the time of their receipt, so feeds of several exchanges never mix their
 * clocks; the exchange's own time is kept for the recording.
 */
export interface FeedOutput {
  /** Takes the facts between {@link open} and {@link close}. */
  readonly sink: MarketSink
  /**
   * Begins an event that was received now.
   * @param exchangeTime when it happened by the exchange's clock, since the epoch; undefined where the feed does not say
   * @returns the time of its facts
   */
  open(exchangeTime: Nanos | undefined): Nanos
  /** The event is complete. */
  close(): void
  /** The state of an instrument has changed. */
  state(instrument: Instrument, status: InstrumentStatus): void
}

/** A source of live market data: it connects, keeps books in step, and says when it cannot. */
export interface Feed {
  readonly name: string
  readonly status: FeedStatus
  start(): void
  /** Looks after timers. To be called about every 100 ms. */
  tick(): void
  /** Disconnects, for good. */
  stop(): void
}
