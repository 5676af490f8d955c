import { type Nanos } from '../../base/time.js'
import { type Book } from '../book/book.js'
import { type BookSide } from '../book/book-side.js'
import { BUY, SELL, type Side } from '../units.js'
import { type ClientFills } from './client-fills.js'

/** Market quantity that came in an event, at one price. */
interface Added {
  readonly key: number
  readonly price: number
  qty: number
}

/** At the end of an event: market quantity that came within clients' limits meets them, at their limits. */
export class Crossing {
  readonly #book: Book
  readonly #fills: ClientFills

  constructor(book: Book, fills: ClientFills) {
    this.#book = book
    this.#fills = fills
  }

  eventEnd(time: Nanos): void {
    const { growth } = this.#book
    if (growth.isEmpty) return
    if (this.#book.state.continuous) {
      this.#cross(time, BUY)
      this.#cross(time, SELL)
    }
    growth.clear()
  }

  #cross(time: Nanos, side: Side): void {
    const clients = this.#book.side(side)
    const market = this.#book.opposite(side)
    const added = this.#added(market)
    while (added.length > 0 && clients.bestClientKey + added[0].key >= 0) {
      const order = clients.clientLevels.best()?.front
      if (order === undefined) return
      const { shown } = order
      const fill = this.#take(time, market, added, clients.bestClientKey, shown)
      const partial = fill < shown
      this.#book.trades.note(order.limit)
      this.#fills.resting(time, order, fill)
      if (partial) return
    }
  }

  /** By how much prices of a side have grown in this event, best first. */
  #added(side: BookSide): Added[] {
    const added: Added[] = []
    for (const [price, before] of this.#book.growth.before(side.side)) {
      const qty = (side.find(price)?.marketQty ?? 0) - before
      if (qty > 0) added.push({ key: side.side * price, price, qty })
    }
    return added.sort((a, b) => b.key - a.key)
  }

  /** Takes up to `wanted` off what was added within a limit, best price first. */
  #take(time: Nanos, side: BookSide, added: Added[], limitKey: number, wanted: number): number {
    let taken = 0
    while (taken < wanted && added.length > 0 && limitKey + added[0].key >= 0) {
      const best = added[0]
      const qty = Math.min(best.qty, wanted - taken)
      const level = side.find(best.price)
      if (level !== undefined) this.#book.consume(time, level, qty)
      taken += qty
      best.qty -= qty
      if (best.qty === 0) added.shift()
    }
    return taken
  }
}
