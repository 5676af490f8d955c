import { BUY, SELL, type Side } from '../../../exchange/units.js'
import type { FixGroupEntry } from '../../../fix/wire/fix-message.js'
import { MdTag, MDEntryType, MDUpdateAction } from './fix-codes.js'
import type { FeedInstrument, LevelChange } from '../feed-instrument.js'

/** An entry of a broker's book: a level, or one quote of several at a price. */
interface Entry {
  readonly side: Side
  readonly price: number
  readonly qty: number
}

/**
 * A broker's book by its entries. Brokers name entries by MDEntryID (278), or by side and price alone; what the venue
 * sees is the sum of the entries at a price.
 */
export class FixBook {
  readonly #instrument: FeedInstrument
  readonly #entries = new Map<string, Entry>()
  readonly #sums = new Map<string, number>()

  constructor(instrument: FeedInstrument) {
    this.#instrument = instrument
  }

  /** Starts again from the entries of a snapshot (35=W). @throws FeedFault */
  snapshot(entries: readonly FixGroupEntry[]): LevelChange[] {
    this.#entries.clear()
    this.#sums.clear()
    for (const entry of entries) {
      const side = sideOf(entry)
      if (side !== undefined) this.#put(this.#nameOf(entry, side), this.#read(entry, side))
    }
    return [...this.#sums].map(([key, qty]) => ({ ...levelOf(key), qty }))
  }

  /** Takes one entry of an incremental refresh (35=X). Returns the levels it changed. @throws FeedFault */
  update(entry: FixGroupEntry): LevelChange[] {
    const side = sideOf(entry)
    const removed = this.#take(this.#nameOf(entry, side))
    if (entry.char(MdTag.MDUpdateAction) === MDUpdateAction.Delete) return this.#levels(removed)
    const before = removed ?? { side: side ?? BUY, price: 0, qty: 0 }
    const now = this.#read(entry, side ?? before.side, before)
    // A change by MDEntryRefID may give the entry another name.
    const id = entry.string(MdTag.MDEntryID) ?? entry.string(MdTag.MDEntryRefID)
    this.#put(id === undefined ? keyOf(now) : `#${id}`, now)
    return this.#levels(removed, now)
  }

  #levels(...entries: readonly (Entry | undefined)[]): LevelChange[] {
    const keys = new Set(entries.flatMap((entry) => (entry === undefined ? [] : [keyOf(entry)])))
    return [...keys].map((key) => ({ ...levelOf(key), qty: this.#sums.get(key) ?? 0 }))
  }

  #put(name: string, entry: Entry): void {
    this.#take(name)
    this.#entries.set(name, entry)
    this.#add(entry, entry.qty)
  }

  #take(name: string): Entry | undefined {
    const entry = this.#entries.get(name)
    if (entry === undefined) return undefined
    this.#entries.delete(name)
    this.#add(entry, -entry.qty)
    return entry
  }

  #add(entry: Entry, qty: number): void {
    const key = keyOf(entry)
    const sum = (this.#sums.get(key) ?? 0) + qty
    if (sum > 0) this.#sums.set(key, sum)
    else this.#sums.delete(key)
  }

  /** A change may leave out what stays: price or size of the entry it changes. */
  #read(entry: FixGroupEntry, side: Side, before?: Entry): Entry {
    const price = entry.string(MdTag.MDEntryPx)
    const qty = entry.string(MdTag.MDEntrySize)
    return {
      side,
      price: price === undefined && before && before.price > 0 ? before.price : this.#instrument.price(price ?? 'none'),
      qty: qty === undefined && before ? before.qty : this.#instrument.quantity(qty ?? 'none')
    }
  }

  #nameOf(entry: FixGroupEntry, side: Side | undefined): string {
    const reference = entry.string(MdTag.MDEntryRefID)
    const id = reference !== undefined && this.#entries.has(`#${reference}`) ? reference : entry.string(MdTag.MDEntryID)
    if (id !== undefined) return `#${id}`
    return `${side ?? ''}@${this.#instrument.price(entry.string(MdTag.MDEntryPx) ?? 'none')}`
  }
}

/** The side of a bid or offer; undefined for entries that are none. */
export function sideOf(entry: FixGroupEntry): Side | undefined {
  const type = entry.char(MdTag.MDEntryType)
  return type === MDEntryType.Bid ? BUY : type === MDEntryType.Offer ? SELL : undefined
}

const keyOf = ({ side, price }: Entry): string => `${side}@${price}`

function levelOf(key: string): { readonly side: Side; readonly price: number } {
  const [side, price] = key.split('@')
  return { side: side === '1' ? BUY : SELL, price: Number(price) }
}
