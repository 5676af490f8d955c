import { type Consumed } from '../models/consumption.js'
import { type Order } from '../order/order.js'
import { type FeedOrder } from './feed-order.js'
import { type LevelQueue } from './level-queue.js'

/** One price of one side: what the feed shows there, what clients consumed of it, and the clients' own orders. */
export class Level implements Consumed {
  price: number
  /** side x price: larger is better on both sides. */
  key: number
  /** Q: the market's quantity. */
  marketQty = 0
  /** u: what clients consumed of it; never more than Q. */
  consumedQty = 0
  staying = 0
  returning = 0
  returningSince = 0

  /** L3: the feed's orders in order of arrival. */
  firstFeedOrder: FeedOrder | undefined = undefined
  lastFeedOrder: FeedOrder | undefined = undefined

  /** The clients' displayed orders in order of arrival, and what is shown of them. */
  firstOrder: Order | undefined = undefined
  lastOrder: Order | undefined = undefined
  clientQty = 0
  /** What pegged orders show of {@link clientQty}. */
  peggedQty = 0
  /** The clients' hidden orders in order of arrival: behind everything that is displayed. */
  firstHidden: Order | undefined = undefined
  lastHidden: Order | undefined = undefined
  /** Hidden orders and the reserves of icebergs. */
  hiddenQty = 0
  /** L2, L1: where the clients' orders stand in the market's quantity; made when the first of them comes. */
  queue: LevelQueue | undefined = undefined

  constructor(price: number, key: number) {
    this.price = price
    this.key = key
  }

  /** Q - u: what is left of the market's quantity. */
  get displayedMarketQty(): number {
    return this.marketQty - this.consumedQty
  }

  /** The first client order that did not arrive before `rank`; mostly the very first. */
  firstFrom(rank: number): Order | undefined {
    let order = this.firstOrder
    while (order !== undefined && order.rank < rank) order = order.behind
    return order
  }

  /** The client order that is met first where no market quantity is. */
  get front(): Order | undefined {
    return this.firstOrder ?? this.firstHidden
  }

  /** `qty` of what an order shows, or of a hidden order, is gone; it keeps its place. */
  drop(order: Order, qty: number): void {
    if (order.dark) {
      this.hiddenQty -= qty
      return
    }
    this.clientQty -= qty
    if (order.pegged) this.peggedQty -= qty
  }

  /** What a participant sees. */
  get displayedQty(): number {
    return this.marketQty - this.consumedQty + this.clientQty
  }
}
