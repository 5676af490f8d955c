import { type GroupLayout } from '../dictionary/layout.js'
import { type FieldTable } from './field-table.js'

/** Depth of a field that the dictionary does not hold: it belongs to the entry it stands in and to the message. */
export const ANY_DEPTH = 255

/** Which fields of a message stand in which repeating groups, as far as they follow the dictionary. */
export class GroupStructure {
  readonly #table: FieldTable
  /** Per field: how many groups it stands in, or {@link ANY_DEPTH}. */
  depth = new Uint8Array(256)
  /** Per NumInGroup field: the index behind its last entry. */
  end = new Int32Array(256)

  constructor(table: FieldTable) {
    this.#table = table
  }

  /** Finds the structure of the message that the table holds. `groups` are those of its type. */
  resolve(groups: ReadonlyMap<number, GroupLayout> | undefined): void {
    const { tags, count } = this.#table
    if (this.depth.length < count) {
      this.depth = new Uint8Array(tags.length)
      this.end = new Int32Array(tags.length)
    }
    this.depth.fill(0, 0, count)
    if (groups === undefined) return
    let i = 0
    while (i < count) {
      const layout = groups.get(tags[i])
      i = layout === undefined ? i + 1 : this.#entries(i, layout, 1)
    }
  }

  /** Marks the entries behind the NumInGroup field `at`; returns the index behind the last. */
  #entries(at: number, layout: GroupLayout, depth: number): number {
    const { tags, count, dictionary } = this.#table
    const { slots } = dictionary
    let last = 0
    let i = at + 1
    while (i < count) {
      const tag = tags[i]
      const slot = tag >= 0 && tag < slots.length ? slots[tag] : 0
      if (slot === 0 && last > 0) {
        this.depth[i++] = ANY_DEPTH
        continue
      }
      const position = layout.position[slot]
      if (position !== 1 && position <= last) break
      if (last === 0 && position !== 1) break
      last = position
      this.depth[i] = depth
      const nested = layout.groups.get(tag)
      i = nested === undefined ? i + 1 : this.#entries(i, nested, depth + 1)
    }
    this.end[at] = i
    return i
  }
}
