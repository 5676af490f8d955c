import type { FeedOrderId } from '../../exchange/market-sink.js'

/**
 * Numbers a vendor's order ids densely from 1, in the order in which they appear. An id that is over can be forgotten, so
 * that memory follows the orders that live.
 */
export class FeedOrderIds<Vendor extends number | bigint | string> {
  readonly #known = new Map<Vendor, FeedOrderId>()
  #last: number

  /** @param last the last number that is taken already. */
  constructor(last = 0) {
    this.#last = last
  }

  get last(): FeedOrderId {
    return this.#last
  }

  find(vendor: Vendor): FeedOrderId | undefined {
    return this.#known.get(vendor)
  }

  /** The number of an id, a new one for an id not seen before. */
  number(vendor: Vendor): FeedOrderId {
    const known = this.#known.get(vendor)
    if (known !== undefined) return known
    this.#known.set(vendor, ++this.#last)
    return this.#last
  }

  forget(vendor: Vendor): void {
    this.#known.delete(vendor)
  }
}
