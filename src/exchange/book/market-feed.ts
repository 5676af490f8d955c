import { type Nanos } from '../../base/time.js'
import { type PassiveFills } from '../match/passive-fills.js'
import { BUY, SELL, type Aggressor, type Side } from '../units.js'
import { type BookSide } from './book-side.js'
import { type Book } from './book.js'
import { type MarketWatch } from './market-watch.js'

/**
 * The facts of one instrument's feed, written into its book. What a kind of feed does not tell is ignored; each kind
 * answers to what it knows.
 */
export abstract class MarketFeed {
  protected readonly book: Book
  protected readonly fills: PassiveFills
  protected readonly watch: MarketWatch

  constructor(book: Book, fills: PassiveFills, watch: MarketWatch) {
    this.book = book
    this.fills = fills
    this.watch = watch
  }

  add(_time: Nanos, _id: number, _side: Side, _price: number, _qty: number): void {}
  reduce(_time: Nanos, _id: number, _qty: number): void {}
  remove(_time: Nanos, _id: number): void {}
  modify(_time: Nanos, _id: number, _side: Side, _price: number, _qty: number): void {}
  execute(_time: Nanos, _id: number, _side: Side, _price: number, _qty: number): void {}
  level(_time: Nanos, _side: Side, _price: number, _qty: number): void {}
  quote(_time: Nanos, _side: Side, _price: number, _qty: number): void {}
  trade(_time: Nanos, _aggressor: Aggressor, _price: number, _qty: number): void {}

  /** What the feed remembers that no book shows. */
  state(): readonly number[] {
    return []
  }

  /** A print that touched nothing displayed gives only to strictly better limits. */
  hiddenTrade(time: Nanos, aggressor: Aggressor, price: number, qty: number): void {
    if (qty <= 0) return
    this.watch.print(time, price, qty)
    let left = this.book.state.printFills(price) ? qty : 0
    if (aggressor !== BUY) left = this.fills.better(time, this.book.bids, price, left)
    if (aggressor !== SELL) this.fills.better(time, this.book.asks, price, left)
  }

  /** The market side of the book is void. */
  clear(time: Nanos): void {
    for (const side of [this.book.bids, this.book.asks]) {
      for (let i = side.levels.length - 1; i >= 0; i--) this.#clearLevel(time, side, i)
    }
  }

  #clearLevel(time: Nanos, side: BookSide, i: number): void {
    const level = side.levels.at(i)
    if (level.marketQty > 0) this.book.setMarketQty(time, side, level, 0)
  }
}
