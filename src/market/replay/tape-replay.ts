import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { instrumentNo } from '../../exchange/units.js'
import { BookKeeper } from '../book/book-keeper.js'
import type { MarketSource, Rewind } from '../market-source.js'

/** The books as they stood where a replay goes on, told before anything else. */
interface Opening {
  readonly time: Nanos
  readonly books: BookKeeper
}

/**
 * A replay of tapes that can be taken back. It begins at a checkpoint of the books, which is the beginning of the tapes,
 * is read as far as it was wanted with nobody listening, tells the books as they stand there, and goes on.
 */
export class TapeReplay implements MarketSource {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly start: Nanos
  readonly #open: () => MarketSource
  #source: MarketSource
  #opening: Opening | undefined

  /** @param open the tapes, from their beginning, each time it is called */
  constructor(open: () => MarketSource) {
    this.#open = open
    this.#source = open()
    this.epoch = this.#source.epoch
    this.instruments = this.#source.instruments
    this.start = this.#source.start
  }

  get end(): Nanos | undefined {
    return this.#source.end
  }

  get tellsPhases(): boolean {
    return this.#source.tellsPhases === true
  }

  nextTime(): Nanos | undefined {
    return this.#opening?.time ?? this.#source.nextTime()
  }

  advance(to: Nanos, sink: MarketSink): void {
    if (this.#opening !== undefined) {
      if (this.#opening.time > to) return
      this.#tell(this.#opening, sink)
    }
    this.#source.advance(to, sink)
  }

  step(count: number, sink: MarketSink): Nanos | undefined {
    const opening = this.#opening
    if (opening === undefined) return this.#source.step(count, sink)
    this.#tell(opening, sink)
    const left = count - this.instruments.length
    return (left > 0 ? this.#source.step(left, sink) : undefined) ?? opening.time
  }

  shift(by: number): void {
    this.#source.shift(by)
    if (this.#opening) this.#opening = { ...this.#opening, time: nanos(this.#opening.time + by) }
  }

  readAhead(): void {
    this.#source.readAhead?.()
  }

  rewind(position: Nanos): Rewind {
    const source = this.#open()
    const books = new BookKeeper(this.instruments.length)
    return {
      work(count) {
        for (let fed = 0; fed < count; fed++) {
          const next = source.nextTime()
          if (next === undefined || next > position) return true
          source.advance(next, books)
        }
        return false
      },
      take: (shift) => {
        source.shift(shift)
        this.#source = source
        this.#opening = position < this.start ? undefined : { time: nanos(position + shift), books }
      }
    }
  }

  #tell({ time, books }: Opening, sink: MarketSink): void {
    this.#opening = undefined
    this.instruments.forEach(({ feed }, no) => books.tell(time, instrumentNo(no), feed === 'l1', sink))
  }
}
