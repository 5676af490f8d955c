import type { Nanos } from '../../../base/time.js'
import type { FixGroupEntry, FixMessage } from '../../../fix/wire/fix-message.js'
import { Tag } from '../../../fix/wire/tag.js'
import { FeedFault } from '../feed-fault.js'
import type { FeedInstrument } from '../feed-instrument.js'
import { FixBook, sideOf } from './fix-book.js'
import { MdTag, MDEntryType } from './fix-codes.js'
import type { FixSubscriptions } from './fix-subscriptions.js'

/** Is told what becomes of market data that cannot be taken. */
export interface FixMarketDataHost {
  /** Something is left out that no book depends on. */
  fault(text: string): void
  /** A book is not the broker's any more. */
  lost(instrument: FeedInstrument, why: string): void
}

/** What a broker's market data messages do to the books of their instruments. */
export class FixMarketData {
  readonly #subscriptions: FixSubscriptions
  readonly #host: FixMarketDataHost
  readonly #books = new Map<FeedInstrument, FixBook>()

  constructor(subscriptions: FixSubscriptions, host: FixMarketDataHost) {
    this.#subscriptions = subscriptions
    this.#host = host
  }

  /** The book is asked for anew: changes are of no use before it has come. */
  forget(instrument: FeedInstrument): void {
    this.#books.delete(instrument)
  }

  /** A whole book (W). */
  snapshot(message: FixMessage): void {
    const time = sentAt(message)
    const instrument = this.#subscriptions.namedBy(message) ?? this.#subscriptions.find(message.string(MdTag.Symbol))
    if (!instrument) return
    const book = new FixBook(instrument)
    this.#books.set(instrument, book)
    this.#guard(() => instrument.snapshot(time, book.snapshot(message.group(MdTag.NoMDEntries))))
  }

  /**
   * Changes and prints (X). Entries without a symbol are of the one before, or of the subscription that the message names.
   * What is wrong with those of one instrument does not concern the others.
   */
  refresh(message: FixMessage): void {
    const time = sentAt(message)
    const tell = (of: FeedInstrument | undefined, entries: readonly FixGroupEntry[]): void =>
      this.#guard(() => this.#entries(of, entries, time, message.possResend))
    let instrument = this.#subscriptions.namedBy(message)
    let run: FixGroupEntry[] = []
    for (const entry of message.group(MdTag.NoMDEntries)) {
      const symbol = entry.string(MdTag.Symbol)
      const named = symbol === undefined ? instrument : this.#subscriptions.find(symbol)
      if (named !== instrument && run.length > 0) {
        tell(instrument, run)
        run = []
      }
      instrument = named
      run.push(entry)
    }
    tell(instrument, run)
  }

  /**
   * Entries of one instrument, in one message: one event.
   * @param again the message may tell what was told (97=Y), and newer changes with it
   * @throws FeedFault
   */
  #entries(
    instrument: FeedInstrument | undefined,
    entries: readonly FixGroupEntry[],
    time: Nanos | undefined,
    again: boolean
  ): void {
    const book = instrument && this.#books.get(instrument)
    if (!book) return
    if (again) throw new FeedFault(instrument, 'a message may be one that came before (97=Y)')
    const changes = entries.flatMap((entry) => {
      if (entry.char(MdTag.MDEntryType) === MDEntryType.Trade) {
        this.#trade(instrument, entry, time)
        return []
      }
      // A deletion by id need not say what it deletes.
      return sideOf(entry) === undefined && !entry.has(MdTag.MDEntryID) ? [] : book.update(entry)
    })
    instrument.change(time, changes)
  }

  #guard(take: () => void): void {
    try {
      take()
    } catch (error) {
      if (!(error instanceof FeedFault)) throw error
      this.#host.lost(error.instrument, error.message)
    }
  }

  #trade(instrument: FeedInstrument, entry: FixGroupEntry, time: Nanos | undefined): void {
    const text = entry.string(MdTag.MDEntryPx) ?? 'none'
    const price = instrument.printPrice(text)
    if (price === undefined) {
      const { feedSymbol } = instrument
      return this.#host.fault(`the price ${text} of a print of ${feedSymbol} is finer than its priceScale: left out`)
    }
    instrument.trade(time, 0, price, instrument.quantity(entry.string(MdTag.MDEntrySize) ?? '0'))
  }
}

/** When the broker sent what the message tells: for the first time, where it is sent again. */
export function sentAt(message: FixMessage): Nanos | undefined {
  const original = message.possDup ? message.timestamp(Tag.OrigSendingTime) : undefined
  const time = original ?? message.timestamp(Tag.SendingTime)
  return time === undefined || Number.isNaN(time) ? undefined : time
}
