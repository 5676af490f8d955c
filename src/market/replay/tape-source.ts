import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { InstrumentTerms } from '../../exchange/instrument.js'
import type { MarketSource } from '../market-source.js'
import { EVENT_END } from '../tape/tape-action.js'
import type { MessageStream } from '../tape/message-stream.js'
import type { OrderIdReader } from '../tape/order-id-reader.js'
import type { TapeBatch } from '../tape/tape-batch.js'
import type { TapeFile } from '../tape/tape-file.js'
import type { TapeSink } from '../tape/tape-sink.js'
import { feedBatch, type Renumbering } from './feed-batch.js'

/** Where a tape stands among tapes that are replayed together. */
export interface TapePlace {
  readonly epoch: EpochSeconds
  /** The venue's number of each of the tape's instruments. */
  readonly instruments: Uint16Array
  /** The place of this tape among `of` tapes, from 0. */
  readonly index: number
  readonly of: number
  /** Knows the tape's order ids as far as it was read; for who opens it again at a row. */
  readonly orderIds?: OrderIdReader
}

/** Replays one tape from a row on, holding one record batch of the file in memory, or two while it reads ahead. */
export class TapeSource implements MarketSource {
  readonly epoch: EpochSeconds
  readonly instruments: readonly InstrumentTerms[]
  readonly tellsPhases = true
  readonly #start: Nanos
  readonly #end: Nanos
  readonly #messages: MessageStream
  readonly #batches: Generator<TapeBatch, void, undefined>
  readonly #renumbering: Renumbering
  readonly #rows: number
  #batch: TapeBatch | undefined
  #at = 0

  /**
   * @param place left out: the tape alone
   * @param row the first that is fed; not the tape's first: where `place.orderIds` has come as far
   */
  constructor(tape: TapeFile, place?: TapePlace, row = 0) {
    this.epoch = place?.epoch ?? tape.epoch
    this.instruments = tape.metadata.instruments
    this.#renumbering = {
      shift: 0,
      instruments: place?.instruments ?? Uint16Array.from(tape.instruments, ({ no }) => no),
      idStride: place?.of ?? 1,
      idOffset: 1 + (place?.index ?? 0)
    }
    ;[this.#start, this.#end] = tape.span(this.epoch)
    this.#rows = tape.rows
    this.#messages = tape.messages(row)
    const { epoch } = this
    const reading = { epoch, row, messages: this.#messages }
    this.#batches = tape.batches(place?.orderIds ? { ...reading, orderIds: place.orderIds } : reading)
    this.#load()
  }

  get start(): Nanos {
    return this.#start
  }

  get end(): Nanos {
    return (this.#end + this.#renumbering.shift) as Nanos
  }

  /** The row that is fed next, counted from 0; behind the last: how many there are. */
  get row(): number {
    return this.#batch === undefined ? this.#rows : this.#batch.firstRow + this.#at
  }

  nextTime(): Nanos | undefined {
    const batch = this.#batch
    return batch && ((batch.time[this.#at] + this.#renumbering.shift) as Nanos)
  }

  advance(to: Nanos, sink: TapeSink): void {
    const limit = to - this.#renumbering.shift
    for (let batch = this.#batch; batch && batch.time[this.#at] <= limit; batch = this.#batch) {
      this.#feed(batch, firstAfter(batch, this.#at, limit), sink)
    }
  }

  step(count: number, sink: TapeSink): Nanos | undefined {
    let last: Nanos | undefined
    for (let batch = this.#batch; batch && count > 0; batch = this.#batch) {
      let to = this.#at
      while (to < batch.length && count > 0) count -= batch.flags[to++] & EVENT_END
      last = (batch.time[to - 1] + this.#renumbering.shift) as Nanos
      this.#feed(batch, to, sink)
    }
    if (last !== undefined) this.advance(last, sink)
    return last
  }

  shift(by: number): void {
    this.#renumbering.shift += by
  }

  readAhead(): void {
    this.#messages.readAhead()
  }

  #feed(batch: TapeBatch, to: number, sink: TapeSink): void {
    const from = this.#at
    this.#at = to
    feedBatch(batch, from, to, this.#renumbering, sink)
    if (to === batch.length) this.#load()
  }

  #load(): void {
    const next = this.#batches.next()
    this.#batch = next.done ? undefined : next.value
    this.#at = 0
  }
}

/** The first row from `from` on that is later than `limit`; times never go back. */
function firstAfter({ time, length }: TapeBatch, from: number, limit: number): number {
  if (time[length - 1] <= limit) return length
  // Most advances feed a few rows of a long batch: look near before halving.
  let low = from
  let step = 1
  while (low + step < length && time[low + step] <= limit) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, length)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (time[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}
