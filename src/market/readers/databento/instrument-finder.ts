import type { DataFile } from './data-file.js'
import type { InstrumentList } from './instrument-list.js'
import type { InstrumentNames } from './instrument-names.js'
import { nameOfVenue, venueOf } from './publishers.js'
import { isConsolidated } from './record.js'

/** Records of an instrument that is there, but is no part of the tape. */
export const PASSED_OVER = -1
/** Records of an id that nothing names. */
export const UNKNOWN = -2

/** Tells of each record which instrument of the tape it is about, and keeps the books of several venues apart. */
export class InstrumentFinder {
  readonly #names: InstrumentNames
  readonly #list: InstrumentList
  /** The instruments of ids that stand for one symbol throughout. */
  readonly #settled = new Map<number, number>()
  /** The publisher whose book each instrument's is; 0 before its first record. */
  readonly #publishers: Float64Array

  constructor(names: InstrumentNames, list: InstrumentList) {
    this.#names = names
    this.#list = list
    this.#publishers = new Float64Array(list.terms.length)
    names.rewind()
  }

  /** A symbol mapping record. */
  hear(file: DataFile): void {
    this.#names.hear(file)
    this.#settled.delete(file.record.instrumentId)
  }

  /** The number of the current record's instrument, or {@link PASSED_OVER}, or {@link UNKNOWN}. */
  numberOf(file: DataFile): number {
    const { instrumentId } = file.record
    const settled = this.#settled.get(instrumentId)
    if (settled !== undefined) return settled
    const { numbers, passedOver, symbols } = this.#list
    const told = this.#names.of(file)
    const symbol = told === '' ? (symbols.get(instrumentId) ?? '') : told
    const no = numbers.get(symbol) ?? (passedOver.has(symbol) ? PASSED_OVER : UNKNOWN)
    if (told === '' || this.#names.isSettled(instrumentId)) this.#settled.set(instrumentId, no)
    return no
  }

  /**
   * Whether the current record is of the venue that the tape is of.
   * @throws UserError where the books of several venues would be mixed.
   */
  isOfVenue(file: DataFile, no: number): boolean {
    const { publisherId, rtype, content } = file.record
    if (this.#publishers[no] === publisherId) return true
    const venue = this.#list.venues.get(no)
    if (venue !== undefined) return venueOf(publisherId) === venue
    // Trades and bars of all venues are one tape; quotes of all venues are one in consolidated records.
    if (content === 'trades' || content === 'ohlcv' || isConsolidated(rtype)) return true
    if (this.#publishers[no] !== 0) {
      const { symbol } = this.#list.terms[no]
      const [first, second] = [this.#publishers[no], publisherId].map(nameOfVenue)
      throw file.error(
        `${symbol} has books of several venues, here of ${second} after ${first}, which a tape must not mix; --market names the one to read`
      )
    }
    this.#publishers[no] = publisherId
    return true
  }
}
