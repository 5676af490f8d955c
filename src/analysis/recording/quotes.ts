import { type TopOfBook } from '../../exchange/exchange.js'
import { Column, rowsBefore } from './column.js'

/**
 * The best bid and offer of one instrument over the session, a row wherever one of the two prices changed. A side without
 * orders is NaN, and so is every mid made of it.
 */
export interface Quotes {
  readonly length: number
  /** Venue time in ns, ascending. */
  readonly time: Float64Array
  /** In price units. */
  readonly bid: Float64Array
  readonly ask: Float64Array
  /** Venue time of the last quote recorded, whether or not its prices were new; NaN where there is none. */
  readonly lastTime: number
}

/** The mid of a row in half price units (so that it is whole), NaN where a side is missing or the row does not exist. */
export function halfMid(quotes: Quotes, row: number): number {
  return row < 0 ? Number.NaN : quotes.bid[row] + quotes.ask[row]
}

export class QuoteRecorder {
  readonly #time = new Column()
  readonly #bid = new Column()
  readonly #ask = new Column()
  #lastTime = Number.NaN

  get length(): number {
    return this.#time.length
  }

  /** NaN where there is no quote yet. */
  get firstTime(): number {
    return this.length === 0 ? Number.NaN : this.#time.get(0)
  }

  add(time: number, top: TopOfBook): void {
    const bid = top.bidQty > 0 ? top.bidPrice : Number.NaN
    const ask = top.askQty > 0 ? top.askPrice : Number.NaN
    const last = this.#time.length - 1
    this.#lastTime = time
    if (last >= 0 && Object.is(this.#bid.get(last), bid) && Object.is(this.#ask.get(last), ask)) return
    this.#time.push(time)
    this.#bid.push(bid)
    this.#ask.push(ask)
  }

  /** The last row strictly before `time`, or -1. */
  rowBefore(time: number): number {
    return rowsBefore(this.#time.values, time) - 1
  }

  done(): Quotes {
    return {
      length: this.#time.length,
      time: this.#time.values,
      bid: this.#bid.values,
      ask: this.#ask.values,
      lastTime: this.#lastTime
    }
  }
}
