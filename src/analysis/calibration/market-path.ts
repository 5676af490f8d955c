import { type Nanos } from '../../base/time.js'
import { type TopOfBook } from '../../exchange/exchange.js'
import { price, quantity, type Side } from '../../exchange/units.js'
import { Column } from '../recording/column.js'
import { DepletionWatch, type Depletions } from './depletions.js'

/** What one instrument's market did, as columns: quotes where a price changed, trades by their aggressor, depletions. */
export interface MarketPath {
  /** Prices in price units, from each change until the next; only while both sides had one. */
  readonly quotes: { readonly time: Float64Array; readonly bid: Float64Array; readonly ask: Float64Array }
  /** Prints of one time and side together; hidden ones count as volume alone. */
  readonly trades: {
    readonly time: Float64Array
    /** +1 a buyer took, -1 a seller. */
    readonly sign: Float64Array
    readonly qty: Float64Array
    /** Row of the quote that stood before the trade. */
    readonly quote: Float64Array
  }
  /** All prints, hidden ones too. */
  readonly volume: { readonly time: Float64Array; readonly qty: Float64Array }
  readonly depletions: Depletions
  readonly start: number
  readonly end: number
}

/** Records the path of one instrument from its top of book at the end of each event, and its prints. */
export class PathRecorder {
  readonly #quoteTime = new Column()
  readonly #bid = new Column()
  readonly #ask = new Column()
  readonly #tradeTime = new Column()
  readonly #sign = new Column()
  readonly #qty = new Column()
  readonly #quote = new Column()
  readonly #printTime = new Column()
  readonly #printQty = new Column()
  readonly #depletions = new DepletionWatch()
  #last: TopOfBook = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
  #start = Number.NaN
  #end = Number.NaN

  /** A trade against displayed liquidity; `aggressor` 0 where the feed does not say: then by the mid before it. */
  trade(time: Nanos, aggressor: number, at: number, qty: number): void {
    this.volume(time, qty)
    const { bidPrice, askPrice } = this.#last
    const twiceMid = bidPrice + askPrice
    const sign = aggressor !== 0 ? aggressor : Math.sign(2 * at - twiceMid)
    if (sign === 0 || this.#bid.length === 0) return
    this.#depletions.print(time, -sign as Side, at)
    const last = this.#tradeTime.length - 1
    if (last >= 0 && this.#tradeTime.get(last) === time && this.#sign.get(last) === sign) {
      this.#qty.set(last, this.#qty.get(last) + qty)
      return
    }
    this.#tradeTime.push(time)
    this.#sign.push(sign)
    this.#qty.push(qty)
    this.#quote.push(this.#bid.length - 1)
  }

  volume(time: Nanos, qty: number): void {
    this.#printTime.push(time)
    this.#printQty.push(qty)
  }

  /** An event of the feed is over. */
  quote(time: Nanos, top: TopOfBook): void {
    if (Number.isNaN(this.#start)) this.#start = time
    this.#end = time
    if (top.bidQty === 0 || top.askQty === 0 || top.bidPrice >= top.askPrice) return
    const { bidPrice, askPrice } = this.#last
    if (top.bidPrice === bidPrice && top.askPrice === askPrice) return
    this.#depletions.quote(time, top.bidPrice, top.askPrice)
    this.#last = { ...top }
    this.#quoteTime.push(time)
    this.#bid.push(top.bidPrice)
    this.#ask.push(top.askPrice)
  }

  done(): MarketPath {
    return {
      quotes: { time: this.#quoteTime.values, bid: this.#bid.values, ask: this.#ask.values },
      trades: {
        time: this.#tradeTime.values,
        sign: this.#sign.values,
        qty: this.#qty.values,
        quote: this.#quote.values
      },
      volume: { time: this.#printTime.values, qty: this.#printQty.values },
      depletions: this.#depletions.done(this.#end),
      start: this.#start,
      end: this.#end
    }
  }
}
