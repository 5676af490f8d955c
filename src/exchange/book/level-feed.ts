import { type Nanos } from '../../base/time.js'
import { BUY, SELL, type Aggressor, type Side } from '../units.js'
import { type BookSide } from './book-side.js'
import { MarketFeed } from './market-feed.js'

/** A feed that tells prints beside quantities of whole levels: what L2 and L1 have in common. */
abstract class PrintFeed extends MarketFeed {
  override trade(time: Nanos, aggressor: Aggressor, price: number, qty: number): void {
    if (qty <= 0) return
    this.watch.print(time, price, qty)
    this.book.trades.note(price)
    let left = this.book.state.printFills(price) ? qty : 0
    if (aggressor !== BUY) left = this.fills.print(time, this.book.bids, price, qty, left)
    if (aggressor !== SELL) this.fills.print(time, this.book.asks, price, qty, left)
  }

  protected setLevel(time: Nanos, side: BookSide, price: number, qty: number): void {
    const level = side.find(price)
    if (level !== undefined) this.book.setMarketQty(time, side, level, qty > 0 ? qty : 0)
    else if (qty > 0) this.book.setMarketQty(time, side, side.create(price), qty)
  }
}

/** L2: a feed of price levels. */
export class LevelFeed extends PrintFeed {
  override level(time: Nanos, side: Side, price: number, qty: number): void {
    this.setLevel(time, this.book.side(side), price, qty)
  }
}

/** L1: a feed of best quotes. A side shows one level at most; clients behind it wait for the price to come to them. */
export class QuoteFeed extends PrintFeed {
  override quote(time: Nanos, side: Side, price: number, qty: number): void {
    const bookSide = this.book.side(side)
    this.#clearOthers(time, bookSide, price)
    this.setLevel(time, bookSide, price, qty)
    if (qty > 0 && bookSide.pending) bookSide.reach(bookSide.side * price)
  }

  override trade(time: Nanos, aggressor: Aggressor, price: number, qty: number): void {
    super.trade(time, aggressor, price, qty)
    if (qty <= 0) return
    const { bids, asks } = this.book
    if (aggressor !== BUY && bids.pending) bids.passed(price)
    if (aggressor !== SELL && asks.pending) asks.passed(-price)
  }

  #clearOthers(time: Nanos, side: BookSide, price: number): void {
    for (let i = side.levels.length - 1; i >= 0; i--) {
      const level = side.levels.at(i)
      if (level.marketQty === 0 || level.price === price) continue
      this.book.setMarketQty(time, side, level, 0)
      return
    }
  }
}
