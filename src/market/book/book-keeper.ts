import type { Nanos } from '../../base/time.js'
import type { FeedOrderId } from '../../exchange/market-sink.js'
import type { Phase } from '../../exchange/phase.js'
import {
  BUY,
  price,
  quantity,
  SELL,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../exchange/units.js'
import type { TapeSink } from '../tape/tape-sink.js'
import { ReplayedBook, type Level } from './replayed-book.js'

/** What a {@link BookKeeper} knows at a moment, packed: 24 bytes for each order and each quantity without one. */
export interface BookImage {
  /** Bids, then asks of each instrument, worst first, queue by queue: order (0 for none), price, quantity. */
  readonly sides: readonly Float64Array[]
  readonly phases: readonly (Phase | undefined)[]
  readonly feedLatency: Nanos | undefined
}

const PER_ENTRY = 3

/** How many orders and quantities an image holds. */
export function entriesOf({ sides }: BookImage): number {
  return sides.reduce((sum, { length }) => sum + length, 0) / PER_ENTRY
}

/** Keeps the books and phases of a tape up to a moment, and tells them again to somebody who comes in then. */
export class BookKeeper implements TapeSink {
  readonly #books: readonly ReplayedBook[]
  readonly #phases: (Phase | undefined)[]
  #feedLatency: Nanos | undefined

  /** @param image what it knows already; left out: nothing */
  constructor(instruments: number, image?: BookImage) {
    this.#books = Array.from({ length: instruments }, () => new ReplayedBook())
    this.#phases = [...(image?.phases ?? [])]
    this.#feedLatency = image?.feedLatency
    image?.sides.forEach((side, i) => unpack(side, this.#books[i >> 1], i % 2 === 0 ? BUY : SELL))
  }

  /** What it knows now. */
  image(): BookImage {
    const sides = this.#books.flatMap((book) => [packed(book.levels(BUY)), packed(book.levels(SELL))])
    return { sides, phases: [...this.#phases], feedLatency: this.#feedLatency }
  }

  add(_time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, px: Price, qty: Quantity): void {
    this.#books[no].modify(id, id, side, px, qty)
  }

  reduce(_time: Nanos, no: InstrumentNo, id: FeedOrderId, qty: Quantity): void {
    this.#books[no].reduce(id, qty)
  }

  remove(_time: Nanos, no: InstrumentNo, id: FeedOrderId): void {
    this.#books[no].reduce(id, Number.MAX_SAFE_INTEGER)
  }

  modify(_time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, px: Price, qty: Quantity): void {
    this.#books[no].modify(id, id, side, px, qty)
  }

  execute(_time: Nanos, no: InstrumentNo, id: FeedOrderId, side: Side, px: Price, qty: Quantity): void {
    const book = this.#books[no]
    if (book.feedId(id) !== 0) book.reduce(id, qty)
    else book.executeUnknown(side, px, qty)
  }

  level(_time: Nanos, no: InstrumentNo, side: Side, px: Price, qty: Quantity): void {
    this.#books[no].setLevel(side, px, qty)
  }

  quote(_time: Nanos, no: InstrumentNo, side: Side, px: Price, qty: Quantity): void {
    this.#books[no].setQuote(side, px, qty)
  }

  trade(): void {}

  hiddenTrade(): void {}

  clear(_time: Nanos, no: InstrumentNo): void {
    this.#books[no].clear()
  }

  enterPhase(_time: Nanos, no: InstrumentNo, phase: Phase): void {
    this.#phases[no] = phase
  }

  feedLatency(_time: Nanos, _no: InstrumentNo, latency: Nanos): void {
    this.#feedLatency = latency
  }

  eventEnd(): void {}

  /** Tells an instrument's book as one event, on L1 quotes, else orders and levels, queue by queue; then its phase. */
  tell(time: Nanos, no: InstrumentNo, l1: boolean, sink: TapeSink): void {
    if (this.#feedLatency !== undefined) sink.feedLatency?.(time, no, this.#feedLatency)
    sink.clear(time, no)
    for (const side of [BUY, SELL]) {
      for (const level of this.#books[no].levels(side).toReversed()) {
        let sum = 0
        for (let entry = level.front; entry; entry = entry.behind) {
          sum += entry.qty
          if (l1) sink.quote(time, no, side, price(level.price), quantity(sum))
          else if (entry.order === 0) sink.level(time, no, side, price(level.price), quantity(sum))
          else sink.add(time, no, entry.order, side, price(level.price), quantity(entry.qty))
        }
      }
    }
    sink.eventEnd(time, no)
    const phase = this.#phases[no]
    if (phase === undefined) return
    sink.enterPhase?.(time, no, phase)
    sink.eventEnd(time, no)
  }
}

function packed(levels: readonly Level[]): Float64Array {
  const values: number[] = []
  for (const { front, price: at } of levels) {
    for (let entry = front; entry; entry = entry.behind) values.push(entry.order, at, entry.qty)
  }
  return Float64Array.from(values)
}

function unpack(values: Float64Array, into: ReplayedBook, side: Side): void {
  for (let i = 0; i < values.length; i += PER_ENTRY) into.add(values[i], values[i], side, values[i + 1], values[i + 2])
}
