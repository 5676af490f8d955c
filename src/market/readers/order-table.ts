import type { Side } from '../../exchange/units.js'

const WORD = 4_294_967_296
/** Words of an entry: the id's high and low half, owner and side, feed id, price (two words), quantity, filled quantity. */
const STRIDE = 8
const FIRST_BITS = 10

/**
 * The orders that stand in the books of a feed, by the vendor's 64-bit id and the instrument. Open addressing in one typed
 * array, one cache line for two orders: memory follows the orders that live, and nothing is allocated per order. A place
 * (`find`, `add`) is good until the next `remove` or `add`.
 */
export class OrderTable {
  #bits = FIRST_BITS
  #words = new Int32Array(STRIDE << FIRST_BITS)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The place of an order, -1 where there is none. */
  find(high: number, low: number, instrument: number): number {
    const words = this.#words
    const mask = (1 << this.#bits) - 1
    high |= 0
    low |= 0
    for (let slot = this.#slotOf(high, low); ; slot = (slot + 1) & mask) {
      const at = slot * STRIDE
      const owner = words[at + 2]
      if (owner === 0) return -1
      if (words[at + 1] === low && words[at] === high && owner >>> 2 === instrument) return at
    }
  }

  /** Adds an order that is not there. Returns its place. */
  add(high: number, low: number, instrument: number, feedId: number, side: Side, price: number, qty: number): number {
    if (4 * ++this.#size > 3 << this.#bits) this.#grow()
    const words = this.#words
    const mask = (1 << this.#bits) - 1
    let slot = this.#slotOf(high | 0, low | 0)
    while (words[slot * STRIDE + 2] !== 0) slot = (slot + 1) & mask
    const at = slot * STRIDE
    words[at] = high
    words[at + 1] = low
    words[at + 2] = (instrument << 2) | (side + 2)
    words[at + 3] = feedId
    const priceHigh = Math.floor(price / WORD)
    words[at + 4] = priceHigh
    words[at + 5] = price - priceHigh * WORD
    words[at + 6] = qty
    words[at + 7] = 0
    return at
  }

  remove(at: number): void {
    const words = this.#words
    const mask = (1 << this.#bits) - 1
    this.#size--
    let hole = at / STRIDE
    // Entries behind the hole move up, as far as they do not pass the place where they would be looked for first.
    for (let slot = (hole + 1) & mask; words[slot * STRIDE + 2] !== 0; slot = (slot + 1) & mask) {
      const home = this.#slotOf(words[slot * STRIDE], words[slot * STRIDE + 1])
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      words.copyWithin(hole * STRIDE, slot * STRIDE, slot * STRIDE + STRIDE)
      hole = slot
    }
    words[hole * STRIDE + 2] = 0
  }

  /** Removes the orders of an instrument for which `goes` says so. */
  removeOf(instrument: number, goes: (at: number) => boolean = () => true): void {
    const doomed: (readonly [high: number, low: number])[] = []
    const words = this.#words
    for (let at = 0; at < words.length; at += STRIDE) {
      const owner = words[at + 2]
      if (owner !== 0 && owner >>> 2 === instrument && goes(at)) doomed.push([words[at], words[at + 1]])
    }
    for (const [high, low] of doomed) this.remove(this.find(high, low, instrument))
  }

  feedId(at: number): number {
    return this.#words[at + 3] >>> 0
  }

  side(at: number): Side {
    return ((this.#words[at + 2] & 3) - 2) as Side
  }

  price(at: number): number {
    return this.#words[at + 4] * WORD + (this.#words[at + 5] >>> 0)
  }

  qty(at: number): number {
    return this.#words[at + 6] >>> 0
  }

  setQty(at: number, qty: number): void {
    this.#words[at + 6] = qty
  }

  /** What fills have taken off the order that the book does not show yet. */
  filled(at: number): number {
    return this.#words[at + 7] >>> 0
  }

  setFilled(at: number, qty: number): void {
    this.#words[at + 7] = qty
  }

  /** Ids mostly count up; their product with an odd number spreads neighbours over the whole table. */
  #slotOf(high: number, low: number): number {
    return Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> (32 - this.#bits)
  }

  #grow(): void {
    const old = this.#words
    this.#bits++
    this.#words = new Int32Array(STRIDE << this.#bits)
    const words = this.#words
    const mask = (1 << this.#bits) - 1
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at + 2] === 0) continue
      let slot = this.#slotOf(old[at], old[at + 1])
      while (words[slot * STRIDE + 2] !== 0) slot = (slot + 1) & mask
      for (let i = 0; i < STRIDE; i++) words[slot * STRIDE + i] = old[at + i]
    }
  }
}
