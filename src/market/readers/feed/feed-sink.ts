import type { Phase } from '../../../exchange/phase.js'
import type { Aggressor, Side } from '../../../exchange/units.js'
import type { DecimalNumber } from './decimal-number.js'

/** What a row says of a single order. */
export type OrderAction = 'add' | 'reduce' | 'remove' | 'modify' | 'execute'

/**
 * What the reader of a vendor's file tells, fact by fact: prices and quantities as written, instruments by number. One reader
 * serves two passes: the survey, which finds out what there is, and the recording.
 */
export interface FeedSink {
  /** The number of an instrument, by its symbol; -1 where it is not asked for. */
  instrument(symbol: string): number
  /** The instrument is in this phase from now on. */
  phase(time: number, no: number, phase: Phase): void
  /** The book is void. */
  clear(time: number, no: number): void
  /**
   * The levels of this event are the whole book: what else there was is gone when it ends.
   * @param depth levels a side that the vendor shows; behind its last one nothing is known, unless it shows fewer.
   */
  wholeBook(time: number, no: number, depth: number): void
  /** The displayed quantity of a price is now this, 0 for none. */
  level(time: number, no: number, side: Side, price: DecimalNumber, qty: DecimalNumber): void
  /** The best price of a side is now this, quantity 0 for none. */
  quote(time: number, no: number, side: Side, price: DecimalNumber, qty: DecimalNumber): void
  trade(time: number, no: number, aggressor: Aggressor, price: DecimalNumber, qty: DecimalNumber): void
  /** A print of which the vendor says that it touched nothing displayed. */
  hidden(time: number, no: number, aggressor: Aggressor, price: DecimalNumber, qty: DecimalNumber): void
  /** An order's 64-bit id comes in halves. */
  order(
    time: number,
    no: number,
    action: OrderAction,
    high: number,
    low: number,
    side: Aggressor,
    price: DecimalNumber,
    qty: DecimalNumber
  ): void
  /** The vendor's event, if one is open, is complete. */
  end(): void
}
