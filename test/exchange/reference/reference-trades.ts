import { type Price } from '../../../src/exchange/units.js'

/** What stops, collars and auctions know of the trades of an instrument. */
export class ReferenceTrades {
  last: Price | undefined
  /** How many there were. */
  count = 0
  /** Trades since the last look, and the last one before, each with its number from 1. */
  since: { readonly no: number; readonly price: Price }[] = []

  note(price: Price): void {
    this.last = price
    this.since.push({ no: ++this.count, price })
  }

  /** Prices of the trades from a number on. */
  from(no: number): Price[] {
    return this.since.filter((trade) => trade.no >= no).map(({ price }) => price)
  }

  looked(): void {
    this.since = this.since.slice(-1)
  }
}
