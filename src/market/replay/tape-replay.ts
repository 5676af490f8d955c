import { nanos, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { instrumentNo } from '../../exchange/units.js'
import { BookKeeper } from '../book/book-keeper.js'
import type { MarketSource, Rewind } from '../market-source.js'
import { Checkpoints, type Checkpoint } from './checkpoints.js'

/** The books as they stood where a replay goes on, told before anything else. */
interface Opening {
  readonly time: Nanos
  readonly books: BookKeeper
}

/** Tapes from a place on. */
interface OpenedTapes {
  readonly market: MarketSource
  /** How many rows of each tape were fed, or are not wanted. */
  rows(): readonly number[]
}

/**
 * A replay of tapes that can be taken back. It is read from the last checkpoint of the books before the wanted place, or from
 * the beginning, with nobody listening, tells the books as they stand there, and goes on. Only what is read so leaves
 * checkpoints behind: a replay that goes forward has no time for them.
 */
export class TapeReplay implements MarketSource {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly start: Nanos
  readonly #open: (rows?: readonly number[]) => OpenedTapes
  readonly #checkpoints: Checkpoints
  #source: MarketSource
  #opening: Opening | undefined

  /** @param open the tapes, each time it is called: from their beginning, or behind so many rows of each */
  constructor(open: (rows?: readonly number[]) => OpenedTapes, checkpoints = new Checkpoints()) {
    this.#open = open
    this.#checkpoints = checkpoints
    this.#source = open().market
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
    const checkpoints = this.#checkpoints
    const from = checkpoints.before(position)
    const { market, rows } = this.#open(from?.rows)
    const books = new BookKeeper(this.instruments.length, from?.books)
    let instants = from?.instants ?? 0
    const checkpoint = (time: Nanos): Checkpoint => ({ time, instants, rows: rows(), books: books.image() })
    return {
      work(count) {
        for (let fed = 0; fed < count; fed++) {
          const next = market.nextTime()
          if (next === undefined || next > position) {
            if (instants > 0) checkpoints.goneTo(checkpoint(position))
            return true
          }
          market.advance(next, books)
          if (++instants >= checkpoints.due) checkpoints.keep(checkpoint(next))
        }
        market.readAhead?.()
        return false
      },
      take: (shift) => {
        market.shift(shift)
        this.#source = market
        this.#opening = position < this.start ? undefined : { time: nanos(position + shift), books }
      }
    }
  }

  #tell({ time, books }: Opening, sink: MarketSink): void {
    this.#opening = undefined
    this.instruments.forEach(({ feed }, no) => books.tell(time, instrumentNo(no), feed === 'l1', sink))
  }
}
