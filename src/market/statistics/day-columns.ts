import type { Nanos } from '../../base/time.js'
import type { TopOfBook } from '../../exchange/exchange.js'
import { PHASES_THAT_MATCH, type Phase } from '../../exchange/phase.js'
import type { Aggressor, InstrumentNo } from '../../exchange/units.js'
import type { TapeFile } from '../tape/tape-file.js'
import type { TapeWatch } from './statistics-sink.js'

/** What one instrument showed in equal stretches of time, for a picture. Prices and quantities in its units, NaN for none. */
export class DayColumns {
  readonly lowBid: Float64Array
  readonly highAsk: Float64Array
  /** At the end of each stretch. */
  readonly mid: Float64Array
  readonly bought: Float64Array
  readonly sold: Float64Array
  /** Printed without a side, or hidden. */
  readonly other: Float64Array
  /** Time-weighted sums, and the time they are over. */
  readonly spread: Float64Array
  readonly bidQty: Float64Array
  readonly askQty: Float64Array
  readonly stood: Float64Array
  /** Stretches in which orders did not meet, from column to column. */
  readonly idle: { readonly phase: Phase; readonly from: number; to: number }[] = []

  constructor(columns: number) {
    const filled = (value: number): Float64Array => new Float64Array(columns).fill(value)
    this.lowBid = filled(Number.NaN)
    this.highAsk = filled(Number.NaN)
    this.mid = filled(Number.NaN)
    this.bought = filled(0)
    this.sold = filled(0)
    this.other = filled(0)
    this.spread = filled(0)
    this.bidQty = filled(0)
    this.askQty = filled(0)
    this.stood = filled(0)
  }
}

/** Sorts a tape into columns of time while it goes by. */
export class DayWatch implements TapeWatch {
  readonly columns: number
  readonly start: Nanos
  readonly end: Nanos
  readonly instruments: readonly DayColumns[]
  readonly #width: number
  readonly #last: { time: number; bidPrice: number; bidQty: number; askPrice: number; askQty: number }[]

  constructor(tape: TapeFile, columns: number) {
    this.columns = columns
    ;[this.start, this.end] = tape.span()
    this.#width = Math.max(1, (this.end - this.start) / columns)
    this.instruments = tape.instruments.map(() => new DayColumns(columns))
    this.#last = tape.instruments.map(() => ({ time: Number.NaN, bidPrice: 0, bidQty: 0, askPrice: 0, askQty: 0 }))
  }

  event(no: InstrumentNo, time: Nanos, top: TopOfBook): void {
    this.#hold(no, time)
    const last = this.#last[no]
    last.time = time
    last.bidPrice = top.bidPrice
    last.bidQty = top.bidQty
    last.askPrice = top.askPrice
    last.askQty = top.askQty
    this.#show(no, this.#columnOf(time))
  }

  print(no: InstrumentNo, time: Nanos, aggressor: Aggressor, _price: number, qty: number, hidden: boolean): void {
    const { bought, sold, other } = this.instruments[no]
    const into = hidden || aggressor === 0 ? other : aggressor > 0 ? bought : sold
    into[this.#columnOf(time)] += qty
  }

  phase(no: InstrumentNo, time: Nanos, phase: Phase): void {
    const { idle } = this.instruments[no]
    const from = this.#columnOf(time)
    const last = idle.at(-1)
    if (last !== undefined && last.to === this.columns) last.to = from
    if (!PHASES_THAT_MATCH.has(phase)) idle.push({ phase, from, to: this.columns })
  }

  /** What stood last, stands to the end. */
  finish(): void {
    for (let no = 0; no < this.instruments.length; no++) this.#hold(no, this.end)
  }

  #columnOf(time: number): number {
    return Math.min(this.columns - 1, Math.floor((time - this.start) / this.#width))
  }

  /** The book as it is stood up to `until`. */
  #hold(no: number, until: number): void {
    const last = this.#last[no]
    if (!(until > last.time)) return
    const columns = this.instruments[no]
    for (let at = last.time; at < until;) {
      const column = this.#columnOf(at)
      const next = column === this.columns - 1 ? until : Math.min(until, this.start + (column + 1) * this.#width)
      // A column's end that rounding puts at its beginning must not hold the loop up.
      const stood = Math.max(next - at, 1)
      if (last.bidQty > 0 && last.askQty > 0) {
        columns.spread[column] += (last.askPrice - last.bidPrice) * stood
        columns.stood[column] += stood
      }
      columns.bidQty[column] += last.bidQty * stood
      columns.askQty[column] += last.askQty * stood
      this.#show(no, column)
      at += stood
    }
  }

  #show(no: number, column: number): void {
    const { lowBid, highAsk, mid } = this.instruments[no]
    const { bidPrice, bidQty, askPrice, askQty } = this.#last[no]
    if (bidQty > 0 && !(lowBid[column] <= bidPrice)) lowBid[column] = bidPrice
    if (askQty > 0 && !(highAsk[column] >= askPrice)) highAsk[column] = askPrice
    mid[column] = bidQty > 0 && askQty > 0 ? (bidPrice + askPrice) / 2 : Number.NaN
  }
}
