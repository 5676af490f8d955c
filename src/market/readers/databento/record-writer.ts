import type { Nanos } from '../../../base/time.js'
import { powerOfTen } from '../../../base/decimal.js'
import type { Instrument } from '../../../exchange/instrument.js'
import { BUY, SELL, type Aggressor, type InstrumentNo } from '../../../exchange/units.js'
import type { Faults } from '../faults.js'
import { ASK, BID, PRICE_DECIMALS, type DatabentoRecord } from './record.js'

/** Writes the records of one kind of content to a tape, in time order. */
export interface RecordWriter {
  write(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void
  /** A trade that was made off the book: nothing that is displayed had part in it. */
  offBook(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void
  /** What came before a moment is complete: something else is written next, or nothing. */
  finish(before: number): void
  /** What else is worth telling, by name. */
  readonly counts: Readonly<Record<string, number>>
}

/** Turns prices of 10^-9 into price units of each instrument. */
export class PriceUnits {
  readonly #divisors: Float64Array
  /** Prints that are finer than the price units, and were rounded. */
  rounded = 0

  constructor(instruments: readonly Instrument[]) {
    this.#divisors = Float64Array.from(instruments, ({ priceScale }) => powerOfTen(PRICE_DECIMALS - priceScale))
  }

  /** A displayed price; not whole where it is finer than the units, which makes it off the tick. */
  exact(no: InstrumentNo, price: number): number {
    return price / this.#divisors[no]
  }

  /** The price of a trade, at the nearest unit. */
  print(no: InstrumentNo, price: number): number {
    const units = price / this.#divisors[no]
    const whole = Math.round(units)
    if (whole !== units) this.rounded++
    return whole
  }
}

/** What is said of a price that no double holds exactly as 10^-9. */
export const BEYOND = 'the price is beyond 9,007,199, which cannot be read'

/** Whether a trade has a price and a size; one without is none. */
export function isPrint({ price, size }: DatabentoRecord, faults: Faults): boolean {
  if (price === Number.POSITIVE_INFINITY) {
    faults.repairs('badValue', () => BEYOND)
    return false
  }
  return size > 0 && !Number.isNaN(price)
}

/** The aggressor of a trade record, 0 for none (hidden, auction). */
export function aggressorOf(side: number): Aggressor {
  return side === BID ? BUY : side === ASK ? SELL : 0
}

/** A record's action and side as letters, for messages. */
export function lettersOf({ action, side }: DatabentoRecord): string {
  return `action ${JSON.stringify(String.fromCharCode(action))}, side ${JSON.stringify(String.fromCharCode(side))}`
}
