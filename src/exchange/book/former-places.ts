import { type Side } from '../units.js'
import { type FeedOrder } from './feed-order.js'

interface FormerPlace {
  readonly side: Side
  /** At the feed's price. */
  readonly price: number
  readonly qty: number
  readonly rank: number
}

/**
 * Where feed orders stood when the feed's book was voided. A snapshot tells those that are still there again, and they take
 * their places again: clients do not come to the front by a snapshot.
 */
export class FormerPlaces {
  readonly #places = new Map<number, FormerPlace>()

  get size(): number {
    return this.#places.size
  }

  /** @param price the feed's */
  add({ id, side, qty, rank }: FeedOrder, price: number): void {
    this.#places.set(id, { side: side.side, price, qty, rank })
  }

  /**
   * An order is told again.
   * @returns its place; undefined where it is new, or has lost it by its price or more quantity
   */
  take(id: number, side: Side, price: number, qty: number): number | undefined {
    const former = this.#places.get(id)
    if (former === undefined) return undefined
    this.#places.delete(id)
    return former.side === side && former.price === price && qty <= former.qty ? former.rank : undefined
  }

  *[Symbol.iterator](): Generator<readonly [id: number, place: FormerPlace]> {
    yield* this.#places
  }
}
