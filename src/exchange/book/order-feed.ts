import { type Nanos } from '../../base/time.js'
import { type Side } from '../units.js'
import { FeedOrderIndex } from './feed-order-index.js'
import { FormerPlaces } from './former-places.js'
import { FeedOrderPool, WITHOUT_ID, type FeedOrder } from './feed-order.js'
import { type Level } from './level.js'
import { MarketFeed } from './market-feed.js'

/** L3: a feed of single orders. They and the clients' orders stand in one queue per price. */
export class OrderFeed extends MarketFeed {
  readonly #orders = new FeedOrderIndex()
  readonly #pool = new FeedOrderPool()
  /** Of the last book that was voided; undefined where none was, or all were told again. */
  #former: FormerPlaces | undefined = undefined

  override add(time: Nanos, id: number, side: Side, price: number, qty: number): void {
    if (qty <= 0) return
    if (this.#orders.get(id) === undefined) this.#append(time, id, side, price, qty)
    else this.modify(time, id, side, price, qty)
  }

  override reduce(time: Nanos, id: number, qty: number): void {
    const order = this.#orders.get(id)
    if (order !== undefined && qty > 0) this.#shrink(time, order, qty)
  }

  override remove(time: Nanos, id: number): void {
    const order = this.#orders.get(id)
    if (order !== undefined) this.#shrink(time, order, order.qty)
  }

  override modify(time: Nanos, id: number, side: Side, price: number, qty: number): void {
    const order = this.#orders.get(id)
    if (order !== undefined) {
      if (order.side.side === side && order.level.price === price && qty <= order.qty) {
        this.#shrink(time, order, order.qty - Math.max(0, qty))
        return
      }
      this.#shrink(time, order, order.qty)
    }
    if (qty > 0) this.#append(time, id, side, price, qty)
  }

  override execute(time: Nanos, id: number, side: Side, price: number, qty: number): void {
    if (qty <= 0) return
    const order = this.#orders.get(id)
    if (order === undefined) {
      this.#executeUnknown(time, side, price, qty)
      return
    }
    const { level } = order
    this.watch.print(time, level.price, qty)
    this.book.trades.note(level.price)
    this.#fill(time, order, qty)
    this.#shrink(time, order, qty)
  }

  override level(time: Nanos, side: Side, price: number, qty: number): void {
    const bookSide = this.book.side(side)
    const level = bookSide.find(price)
    const difference = Math.max(0, qty) - (level?.marketQty ?? 0)
    if (difference > 0) this.#append(time, WITHOUT_ID, side, price, difference)
    else if (level !== undefined && difference < 0) {
      this.#leaveFromBack(level, -difference)
      this.book.setMarketQty(time, bookSide, level, level.marketQty + difference)
    }
  }

  /** Where nothing stands, what stood before the last time is still remembered: a feed may say it twice. */
  override clear(time: Nanos): void {
    const { bids, asks, shift } = this.book
    const former = new FormerPlaces()
    let stood = false
    for (const side of [bids, asks]) {
      for (let i = side.levels.length - 1; i >= 0; i--) {
        const level = side.levels.at(i)
        for (let order = level.firstFeedOrder; order !== undefined; order = level.firstFeedOrder) {
          stood = true
          if (order.id !== WITHOUT_ID) former.add(order, level.price - shift)
          this.#forget(order)
        }
      }
    }
    if (stood) this.#former = former.size === 0 ? undefined : former
    super.clear(time)
  }

  override state(): readonly number[] {
    const { book } = this
    return [...(this.#former ?? [])].flatMap(([id, { side, price, qty, rank }]) => {
      const behind = book
        .side(side)
        .find(price + book.shift)
        ?.firstFrom(rank)
      return [id, side, price, qty, behind === undefined ? 0 : behind.terms.orderId]
    })
  }

  #append(time: Nanos, id: number, side: Side, price: number, qty: number): void {
    const bookSide = this.book.side(side)
    const level = bookSide.obtain(price)
    const rank = this.#former === undefined ? undefined : this.#formerRank(id, side, price, qty)
    const order = this.#pool.obtain(id, bookSide, level, qty, rank ?? this.book.nextRank())
    if (id !== WITHOUT_ID) this.#orders.set(id, order)
    this.book.setMarketQty(time, bookSide, level, level.marketQty + qty)
  }

  #formerRank(id: number, side: Side, price: number, qty: number): number | undefined {
    const former = this.#former
    if (former === undefined || id === WITHOUT_ID) return undefined
    const rank = former.take(id, side, price - this.book.shift, qty)
    if (former.size === 0) this.#former = undefined
    return rank
  }

  /** Up to `qty` of a feed order is gone. */
  #shrink(time: Nanos, order: FeedOrder, qty: number): void {
    const { side, level } = order
    const gone = Math.min(qty, order.qty)
    order.qty -= gone
    if (order.qty === 0) this.#forget(order)
    this.book.setMarketQty(time, side, level, level.marketQty - gone)
  }

  #forget(order: FeedOrder): void {
    if (order.id !== WITHOUT_ID) this.#orders.delete(order.id)
    this.#pool.release(order)
  }

  /** A print of a feed order's quantity goes to better limits and to the clients that stand ahead of it, or next after it. */
  #fill(time: Nanos, executed: FeedOrder, qty: number): void {
    const { side, level, rank } = executed
    if (side.bestClientKey < level.key || !this.book.state.printFills(level.price)) return
    const last = level.lastOrder?.rank ?? 0
    const rest = this.fills.better(time, side, level.price, qty)
    const left = this.fills.aheadOf(time, level, rank, rest)
    if (left > 0 && last > rank && level.consumedQty > 0 && executed.id !== WITHOUT_ID)
      this.fills.behind(time, executed, last, left)
  }

  #executeUnknown(time: Nanos, side: Side, price: number, qty: number): void {
    this.watch.print(time, price, qty)
    const bookSide = this.book.side(side)
    let next = firstWithoutId(bookSide.find(price)?.firstFeedOrder)
    if (next === undefined) {
      if (this.book.state.printFills(price)) this.fills.better(time, bookSide, price, qty)
      return
    }
    this.book.trades.note(price)
    this.#fill(time, next, qty)
    for (let left = qty; left > 0 && next !== undefined;) {
      const behind = firstWithoutId(next.behind)
      const taken = Math.min(left, next.qty)
      this.#shrink(time, next, taken)
      left -= taken
      next = behind
    }
  }

  /** `qty` leaves a level: from quantities without id, last first, then from the back. */
  #leaveFromBack(level: Level, qty: number): void {
    let left = qty
    for (const withId of [false, true]) {
      let order = level.lastFeedOrder
      while (left > 0 && order !== undefined) {
        const { ahead } = order
        if ((order.id !== WITHOUT_ID) === withId) {
          const gone = Math.min(left, order.qty)
          order.qty -= gone
          left -= gone
          if (order.qty === 0) this.#forget(order)
        }
        order = ahead
      }
    }
  }
}

function firstWithoutId(from: FeedOrder | undefined): FeedOrder | undefined {
  let order = from
  while (order !== undefined && order.id !== WITHOUT_ID) order = order.behind
  return order
}
