import { type Order } from './order.js'

const FIRST_SIZE = 1024

/** FNV-1a over UTF-16 code units, then mixed, as the table uses the low bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

/**
 * ClOrdIDs and the orders they name, by open addressing. A day may bring tens of millions of them, more than a Map can
 * hold, and every command asks for one or two; here a new id costs one look into one array of hashes.
 */
export class IdTable {
  /** Entries in the order of their claim. */
  #ids: string[] = []
  #orders: (Order | null)[] = []
  /** Pairs of hash and entry number plus 1; 0 where a place is free. At most half of the places are taken. */
  #places = new Int32Array(2 * FIRST_SIZE)
  #mask = FIRST_SIZE - 1

  get size(): number {
    return this.#ids.length
  }

  /**
   * Takes an id.
   * @returns the number of its entry, which names no order yet; -1 where the id was taken before.
   */
  claim(id: string): number {
    const hash = hashOf(id)
    const places = this.#places
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const entry = places[2 * at + 1]
      if (entry === 0) {
        places[2 * at] = hash
        return this.#append(id, at)
      }
      if (places[2 * at] === hash && this.#ids[entry - 1] === id) return -1
    }
  }

  /** Lets a claimed entry name an order. */
  name(entry: number, order: Order): void {
    this.#orders[entry] = order
  }

  find(id: string): Order | undefined {
    const hash = hashOf(id)
    const places = this.#places
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const entry = places[2 * at + 1]
      if (entry === 0) return undefined
      if (places[2 * at] === hash && this.#ids[entry - 1] === id) return this.#orders[entry - 1] ?? undefined
    }
  }

  /** A table of the entries that name a working order. */
  ofWorking(): IdTable {
    const kept = new IdTable()
    for (const [id, order] of this) if (order?.working) kept.name(kept.claim(id), order)
    return kept
  }

  /** Every entry, in order of claim. */
  *[Symbol.iterator](): Generator<readonly [id: string, order: Order | null]> {
    for (let i = 0; i < this.#ids.length; i++) yield [this.#ids[i], this.#orders[i]]
  }

  #append(id: string, at: number): number {
    const entry = this.#ids.length
    this.#ids.push(id)
    this.#orders.push(null)
    this.#places[2 * at + 1] = entry + 1
    if (2 * entry > this.#mask) this.#grow()
    return entry
  }

  #grow(): void {
    const old = this.#places
    const size = 2 * (this.#mask + 1)
    const places = new Int32Array(2 * size)
    const mask = size - 1
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue
      let at = old[i] & mask
      while (places[2 * at + 1] !== 0) at = (at + 1) & mask
      places[2 * at] = old[i]
      places[2 * at + 1] = old[i + 1]
    }
    this.#places = places
    this.#mask = mask
  }
}
