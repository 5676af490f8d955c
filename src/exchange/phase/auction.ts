import { type Nanos } from '../../base/time.js'
import { type Book } from '../book/book.js'
import { type Level } from '../book/level.js'
import { type ClientFills } from '../match/client-fills.js'
import { queueRuns } from '../match/queue-runs.js'
import { type Order } from '../order/order.js'
import { type Uncross } from '../uncross.js'
import { BUY, SELL, type Side } from '../units.js'
import { uncrossPrice, type Interest } from './uncross-price.js'

/** What one participant has at one place of one side: a client order, or market quantity of a level. */
interface Share extends Interest {
  readonly order: Order | undefined
  readonly level: Level | undefined
}

/** Trades what is in the book at one price: client orders and the market side as it is displayed. */
export class Auction {
  readonly #book: Book
  readonly #fills: ClientFills
  /** Market and left-over orders that wait for the uncross. */
  readonly #waiting: ReadonlySet<Order>

  constructor(book: Book, fills: ClientFills, waiting: ReadonlySet<Order>) {
    this.#book = book
    this.#fills = fills
    this.#waiting = waiting
  }

  /** What an uncross would come to now; undefined where nothing can be executed. */
  indicative(): Uncross | undefined {
    return uncrossPrice(this.#shares(BUY), this.#shares(SELL), this.#reference())
  }

  /** Trades. @returns what it came to; undefined where nothing can be executed */
  uncross(time: Nanos): Uncross | undefined {
    const buys = this.#shares(BUY)
    const sells = this.#shares(SELL)
    const result = uncrossPrice(buys, sells, this.#reference())
    if (result === undefined) return undefined
    const bought = new Map<Order, number>()
    const sold = new Map<Order, number>()
    const consumed = new Map<Level, number>()
    this.#match(buys, sells, result.qty, { bought, sold, consumed })
    this.#book.trades.note(result.price)
    for (const fills of [bought, sold])
      for (const [order, qty] of fills) this.#fills.uncross(time, order, qty, result.price)
    for (const [level, qty] of consumed) this.#book.consume(time, level, qty)
    return result
  }

  /** The last trade, on the tick. */
  #reference(): number | undefined {
    const { last } = this.#book.trades
    if (Number.isNaN(last)) return undefined
    const { tickSize } = this.#book.instrument
    return Math.floor(last / tickSize + 0.5) * tickSize
  }

  /** A side in the order of its claim: market orders, then prices best first, each as its queue stands. */
  #shares(side: Side): Share[] {
    const shares: Share[] = []
    for (const order of this.#waiting) {
      if (order.terms.side === side)
        shares.push({ price: side * Number.POSITIVE_INFINITY, qty: order.leavesQty, order, level: undefined })
    }
    const { levels } = this.#book.side(side)
    for (let i = levels.length - 1; i >= 0; i--) {
      const level = levels.at(i)
      for (const { qty, order } of queueRuns(level)) if (qty > 0) shares.push({ price: level.price, qty, order, level })
    }
    return shares
  }

  /** Lets `total` pass between the sides, first with first; quantity of the market against the market is the feed's business. */
  #match(
    buys: readonly Share[],
    sells: readonly Share[],
    total: number,
    into: { bought: Map<Order, number>; sold: Map<Order, number>; consumed: Map<Level, number> }
  ): void {
    let left = total
    let buy = 0
    let sell = 0
    let buyQty = buys[0].qty
    let sellQty = sells[0].qty
    for (;;) {
      const qty = Math.min(buyQty, sellQty, left)
      const buyer = buys[buy]
      const seller = sells[sell]
      if (buyer.order !== undefined) add(into.bought, buyer.order, qty)
      else if (seller.order !== undefined && buyer.level !== undefined) add(into.consumed, buyer.level, qty)
      if (seller.order !== undefined) add(into.sold, seller.order, qty)
      else if (buyer.order !== undefined && seller.level !== undefined) add(into.consumed, seller.level, qty)
      left -= qty
      if (left === 0) return
      if ((buyQty -= qty) === 0) buyQty = buys[++buy].qty
      if ((sellQty -= qty) === 0) sellQty = sells[++sell].qty
    }
  }
}

function add<K>(sums: Map<K, number>, key: K, qty: number): void {
  sums.set(key, (sums.get(key) ?? 0) + qty)
}
