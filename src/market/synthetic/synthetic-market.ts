import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { instrumentNo } from '../../exchange/units.js'
import type { MarketSource } from '../market-source.js'
import { DEFAULT_PROFILES, profileOf, syntheticTerms } from './profile.js'
import { SyntheticInstrument } from './synthetic-instrument.js'

export interface SyntheticOptions {
  readonly seed: number
  readonly epoch: EpochSeconds
  /** When the market opens with a full book in every instrument. */
  readonly start: Nanos
  /** Left out: AAPL, MSFT, GOOG, AMZN and TSLA. */
  readonly symbols?: readonly string[]
}

/**
 * A market that needs no data and runs for ever: L2 books that never cross, with a spread of 1 to 4 ticks and 12 levels
 * a side, and prints. The same seed, start and symbols give the same events, however they are asked for, and an
 * instrument's events are the same whichever others there are. Memory does not grow with time.
 */
export class SyntheticMarket implements MarketSource {
  readonly epoch: EpochSeconds
  readonly start: Nanos
  readonly end = undefined
  readonly instruments: readonly InstrumentTerms[]
  readonly #instruments: readonly SyntheticInstrument[]

  constructor({ seed, epoch, start, symbols }: SyntheticOptions) {
    const profiles = symbols ? symbols.map(profileOf) : DEFAULT_PROFILES
    this.epoch = epoch
    this.start = start
    this.instruments = profiles.map(syntheticTerms)
    this.#instruments = profiles.map((profile, no) => new SyntheticInstrument(instrumentNo(no), profile, seed, start))
  }

  nextTime(): Nanos {
    return this.#earliest().next
  }

  advance(to: Nanos, sink: MarketSink): void {
    for (let next = this.#earliest(); next.next <= to; next = this.#earliest()) next.feed(sink)
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    let last: Nanos | undefined
    for (; count > 0; count--) {
      const next = this.#earliest()
      last = next.next
      next.feed(sink)
    }
    if (last !== undefined) this.advance(last, sink)
    return last
  }

  shift(by: number): void {
    for (const instrument of this.#instruments) instrument.shift(by)
  }

  /** The instrument whose event is next; the one listed first of several. */
  #earliest(): SyntheticInstrument {
    const instruments = this.#instruments
    let best = instruments[0]
    for (let i = 1; i < instruments.length; i++) if (instruments[i].next < best.next) best = instruments[i]
    return best
  }
}
