import type { FeedInstrument } from './feed-instrument.js'

/** What a feed told of an instrument cannot be: its book is lost until a new one comes. */
export class FeedFault extends Error {
  readonly instrument: FeedInstrument

  constructor(instrument: FeedInstrument, message: string) {
    super(message)
    this.name = 'FeedFault'
    this.instrument = instrument
  }
}
