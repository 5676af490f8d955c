import { type Nanos } from '../../base/time.js'
import { type ExchangeListener, type TopOfBook } from '../exchange.js'
import { price, quantity, type InstrumentNo, type Price, type Quantity } from '../units.js'
import { type LadderShift } from '../models/reaction/ladder-shift.js'
import { type Book } from './book.js'

const noTop = (): TopOfBook => ({ bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) })

/** Tells the listener what happens in one instrument's market, from when it is watched. */
export class MarketWatch {
  watched = false
  readonly #no: InstrumentNo
  readonly #book: Book
  readonly #listener: ExchangeListener
  readonly #reaction: LadderShift | undefined
  readonly #told = noTop()
  readonly #now = noTop()

  constructor(book: Book, listener: ExchangeListener, reaction: LadderShift | undefined) {
    this.#no = book.instrument.no
    this.#book = book
    this.#listener = listener
    this.#reaction = reaction
  }

  /** Changes against the top of book as it is now are told. */
  start(): void {
    if (this.watched) return
    this.watched = true
    this.#book.top(this.#told)
  }

  /** The top of book that was told last. */
  get told(): Readonly<TopOfBook> {
    return this.#told
  }

  print(time: number, at: number, qty: number): void {
    this.#reaction?.print()
    if (this.watched) this.#listener.onPrint?.(time as Nanos, this.#no, at as Price, qty as Quantity)
  }

  /** Tells the top of book where it is not what was told last. */
  top(time: number): void {
    if (!this.watched) return
    const told = this.#told
    const now = this.#book.top(this.#now)
    if (
      now.bidPrice === told.bidPrice &&
      now.bidQty === told.bidQty &&
      now.askPrice === told.askPrice &&
      now.askQty === told.askQty
    )
      return
    told.bidPrice = now.bidPrice
    told.bidQty = now.bidQty
    told.askPrice = now.askPrice
    told.askQty = now.askQty
    this.#listener.onTopOfBook?.(time as Nanos, this.#no, now)
  }
}
