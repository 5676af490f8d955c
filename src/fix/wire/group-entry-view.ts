import { type GroupLayout } from '../dictionary/layout.js'
import { type FixGroupEntry } from './fix-message.js'
import { ANY_DEPTH } from './group-structure.js'
import { type ParsedMessage } from './parsed-message.js'
import { readDecimal, readInt } from './value-reader.js'

/** One entry of a repeating group as a range of a message's fields. Entries are short, so a tag is found by looking. */
export class GroupEntryView implements FixGroupEntry {
  readonly #message: ParsedMessage
  #layout: GroupLayout | undefined
  #from = 0
  /** Index behind the entry's last field. */
  to = 0
  #depth = 0

  constructor(message: ParsedMessage) {
    this.#message = message
  }

  /** Points the view at fields `from` to `to` at `depth`. */
  set(layout: GroupLayout, from: number, to: number, depth: number): void {
    this.#layout = layout
    this.#from = from
    this.to = to
    this.#depth = depth
  }

  has(tag: number): boolean {
    return this.#find(tag) >= 0
  }

  string(tag: number): string | undefined {
    const i = this.#find(tag)
    return i < 0 ? undefined : this.#message.textAt(i)
  }

  char(tag: number): number {
    const i = this.#find(tag)
    return i < 0 ? 0 : this.#message.charAt(i)
  }

  int(tag: number): number | undefined {
    const i = this.#find(tag)
    return i < 0 ? undefined : readInt(this.#message.bytes, this.#message.from[i], this.#message.to[i])
  }

  decimal(tag: number, scale: number): number | undefined {
    const i = this.#find(tag)
    return i < 0 ? undefined : readDecimal(this.#message.bytes, this.#message.from[i], this.#message.to[i], scale)
  }

  group(numInGroupTag: number): readonly FixGroupEntry[] {
    const i = this.#find(numInGroupTag)
    const nested = this.#layout?.groups.get(numInGroupTag)
    return i < 0 || nested === undefined ? [] : this.#message.entriesAt(i, nested, this.#depth + 1)
  }

  #find(tag: number): number {
    const message = this.#message
    for (let i = this.#from; i < this.to; i++) {
      if (message.tags[i] !== tag) continue
      const depth = message.depthAt(i)
      if (depth === this.#depth || depth === ANY_DEPTH) return i
    }
    return -1
  }
}
