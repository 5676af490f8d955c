import { seededRandom, type Random } from '../../../src/base/random.js'
import { type Nanos } from '../../../src/base/time.js'
import { type ReferenceBook } from './reference-book.js'
import { leavesQty, type ReferenceOrder } from './reference-order.js'

/** Arrivals, and the sizes of the parts that icebergs show: what the markets of an exchange share. */
export class ReferencePlaces {
  lastArrival = 0
  #draws = 0
  readonly #random: Random

  constructor(seed: number) {
    this.#random = seededRandom(seed, 'iceberg')
  }

  nextArrival(): number {
    return ++this.lastArrival
  }

  /** An order comes to rest, an iceberg with its first part. */
  rest(book: ReferenceBook, order: ReferenceOrder, time: Nanos): void {
    order.waiting = undefined
    order.part = Math.min(order.terms.qualifiers?.displayQty ?? 0, leavesQty(order))
    book.rest(order, this.nextArrival(), time)
  }

  /** The shown part of an iceberg is filled: the next one stands at the back. */
  refresh(book: ReferenceBook, order: ReferenceOrder, time: Nanos): void {
    const { rules, lotSize } = book.instrument
    const displayQty = order.terms.qualifiers?.displayQty ?? 0
    const most = Math.floor((displayQty * rules.icebergSpread) / 100 / lotSize)
    if (most >= 1) this.#draws++
    const less = most >= 1 ? this.#random.below(most + 1) : 0
    order.part = Math.min(leavesQty(order), Math.max(lotSize, displayQty - less * lotSize))
    book.take(order)
    book.rest(order, this.nextArrival(), time)
  }

  state(): unknown {
    return [this.lastArrival, this.#draws]
  }
}
