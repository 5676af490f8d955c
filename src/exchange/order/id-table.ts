import { type Order } from './order.js'

const SHARD_BITS = 4
const FIRST_SIZE = 64
const PAGE_BITS = 10
const PAGE_SIZE = 1 << PAGE_BITS

/**
 * Ids of one client mostly count up: such neighbours stay neighbours in groups of 16 places, which the processor fetches
 * together; the groups themselves are scattered.
 */
function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  let group = hash >>> 4
  group = Math.imul(group ^ (group >>> 15), 0x85ebca6b)
  return ((group ^ (group >>> 13)) << 4) | (hash & 15)
}

/** A part of the places, which grows by itself: no single claim waits for the whole table to be laid out anew. */
class Shard {
  /** Pairs of hash and entry number plus 1; 0 where a place is free. At most half of the places are taken. */
  places = new Int32Array(2 * FIRST_SIZE)
  mask = FIRST_SIZE - 1
  count = 0

  grow(): void {
    const old = this.places
    const mask = 2 * this.mask + 1
    const places = new Int32Array(2 * old.length)
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue
      let at = old[i] & mask
      while (places[2 * at + 1] !== 0) at = (at + 1) & mask
      places[2 * at] = old[i]
      places[2 * at + 1] = old[i + 1]
    }
    this.places = places
    this.mask = mask
  }
}

/** Entries in the order of their claim; pages, so that none is ever copied. */
class Page {
  readonly ids: string[] = new Array<string>(PAGE_SIZE).fill('')
  readonly orders: (Order | null)[] = new Array<Order | null>(PAGE_SIZE).fill(null)
}

/**
 * ClOrdIDs and the orders they name, by open addressing. A day may bring tens of millions of them, more than a Map can
 * hold, and every command asks for one or two; here a new id costs one look into one array.
 */
export class IdTable {
  readonly #shards = Array.from({ length: 1 << SHARD_BITS }, () => new Shard())
  readonly #pages: Page[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /**
   * Takes an id.
   * @returns the number of its entry, which names no order yet; -1 where the id was taken before.
   */
  claim(id: string): number {
    const hash = hashOf(id)
    const shard = this.#shards[hash >>> (32 - SHARD_BITS)]
    const { places, mask } = shard
    let at = hash & mask
    for (; places[2 * at + 1] !== 0; at = (at + 1) & mask) {
      if (places[2 * at] === hash && this.#idOf(places[2 * at + 1] - 1) === id) return -1
    }
    const entry = this.#append(id)
    places[2 * at] = hash
    places[2 * at + 1] = entry + 1
    if (2 * ++shard.count > mask) shard.grow()
    return entry
  }

  /** Lets a claimed entry name an order. */
  name(entry: number, order: Order): void {
    this.#pages[entry >>> PAGE_BITS].orders[entry & (PAGE_SIZE - 1)] = order
  }

  /** The order that an id names, if it names one. */
  find(id: string): Order | undefined {
    const hash = hashOf(id)
    const { places, mask } = this.#shards[hash >>> (32 - SHARD_BITS)]
    for (let at = hash & mask; places[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const entry = places[2 * at + 1] - 1
      if (places[2 * at] === hash && this.#idOf(entry) === id) return this.#orderOf(entry) ?? undefined
    }
    return undefined
  }

  /** A table of the entries that name a working order. */
  ofWorking(): IdTable {
    const kept = new IdTable()
    for (const [id, order] of this) if (order?.working) kept.name(kept.claim(id), order)
    return kept
  }

  /** Every entry, in the order of claim; the order is null where it names none. */
  *[Symbol.iterator](): Generator<readonly [id: string, order: Order | null]> {
    for (let entry = 0; entry < this.#size; entry++) yield [this.#idOf(entry), this.#orderOf(entry)]
  }

  #idOf(entry: number): string {
    return this.#pages[entry >>> PAGE_BITS].ids[entry & (PAGE_SIZE - 1)]
  }

  #orderOf(entry: number): Order | null {
    return this.#pages[entry >>> PAGE_BITS].orders[entry & (PAGE_SIZE - 1)]
  }

  #append(id: string): number {
    const entry = this.#size++
    if ((entry & (PAGE_SIZE - 1)) === 0) this.#pages.push(new Page())
    this.#pages[entry >>> PAGE_BITS].ids[entry & (PAGE_SIZE - 1)] = id
    return entry
  }
}
