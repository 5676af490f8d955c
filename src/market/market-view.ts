import type { Nanos } from '../base/time.js'
import type { TopOfBook } from '../exchange/exchange.js'
import type { Uncross } from '../exchange/uncross.js'
import type { InstrumentNo, Price, Quantity, Side } from '../exchange/units.js'

/** A fill of a client, as its report told it. */
export interface ClientFill {
  /** The client's side. */
  readonly side: Side
  readonly price: Price
  readonly qty: Quantity
}

/** What a market that reacts sees of the clients: what everybody sees, and what was taken from it. */
export interface MarketView {
  /** Lets happen what is due before `time`: requests that arrive, phases, reports. Everything below is then of that moment. */
  settle(time: Nanos): void
  /** The best displayed prices, clients' orders included. */
  topOfBook(instrument: InstrumentNo, into: TopOfBook): TopOfBook
  /** What an auction would come to now; undefined where nothing would trade. */
  indicativeUncross(instrument: InstrumentNo): Uncross | undefined
  /** Clients' fills since the last call, in the order of their reports. */
  takeFills(instrument: InstrumentNo): readonly ClientFill[]
}
