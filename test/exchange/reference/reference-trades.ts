import { type Price } from '../../../src/exchange/units.js'

/** What stops, collars and auctions know of the trades of an instrument. */
export class ReferenceTrades {
  last: Price | undefined
  /** Prices of the trades since the last look, and of the last trade before. */
  since: Price[] = []

  note(price: Price): void {
    this.last = price
    this.since.push(price)
  }

  looked(): void {
    this.since = this.last === undefined ? [] : [this.last]
  }
}
