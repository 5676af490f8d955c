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
import { ReplayedBook } from './replayed-book.js'

/** Keeps the books and phases of a tape up to a moment, and tells them again to somebody who comes in then. */
export class BookKeeper implements TapeSink {
  readonly #books: readonly ReplayedBook[]
  readonly #phases: (Phase | undefined)[] = []

  constructor(instruments: number) {
    this.#books = Array.from({ length: instruments }, () => new ReplayedBook())
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

  eventEnd(): void {}

  /** Tells an instrument's book as one event, on L1 quotes, else orders and levels, queue by queue; then its phase. */
  tell(time: Nanos, no: InstrumentNo, l1: boolean, sink: TapeSink): void {
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
