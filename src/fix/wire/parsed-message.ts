import { type EpochSeconds, type Nanos, nanos } from '../../base/time.js'
import { parseTimestamp } from '../../base/timestamp.js'
import { type Dictionary, Trait } from '../dictionary/dictionary.js'
import { type GroupLayout } from '../dictionary/layout.js'
import { type FixGroupEntry, type FixMessage } from './fix-message.js'
import { GroupEntryView } from './group-entry-view.js'
import { readDecimal, readInt, readText } from './value-reader.js'
import { Tag } from './tag.js'

const SOH = 1
const EQUALS = 61

/** Tags below this are found through a table, larger ones through a map. */
const TABLE_SIZE = 16_384
/** A tag past this is kept as this one: it is a number, and no dictionary holds it. */
export const LARGEST_TAG = 2_147_483_647

/** User-defined tags begin here (FIX 4.4 vol. 1, "User defined fields"). */
export const USER_DEFINED = 5000

/** Depth of a field that the dictionary does not hold: it belongs to the entry it stands in and to the message. */
export const ANY_DEPTH = 255

/**
 * A message taken apart into places of tags and values, made once and used for every message: nothing is allocated but
 * the strings that are asked for.
 */
export class ParsedMessage implements FixMessage {
  readonly dictionary: Dictionary
  readonly #epoch: EpochSeconds

  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  hasUserDefined = false

  /** Number of fields. */
  count = 0
  /** Per field: its tag. */
  tags = new Int32Array(256)
  /** Per field: the value is `bytes[from[i], to[i])`. */
  from = new Int32Array(256)
  to = new Int32Array(256)
  /** Per field, once the groups are resolved: how many groups it stands in. */
  #depth = new Uint8Array(256)
  /** Per field, once the groups are resolved: for a NumInGroup field the index behind its last entry. */
  #groupEnd = new Int32Array(256)

  /** Per small tag: index of its first field, right where the stamp is that of this message. */
  readonly #first = new Int32Array(TABLE_SIZE)
  readonly #stamp = new Uint32Array(TABLE_SIZE)
  #generation = 0
  readonly #firstLarge = new Map<number, number>()

  #hasGroups = false
  #resolved = false
  #msgType: string | undefined
  readonly #views: GroupEntryView[] = []
  #viewsUsed = 0

  constructor(dictionary: Dictionary, epoch: EpochSeconds) {
    this.dictionary = dictionary
    this.#epoch = epoch
  }

  /**
   * Takes the message `bytes[start, end)` apart, as a framer found it.
   * @returns false where a field has no tag that is a number: the message is garbled and must not be read.
   */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.#msgType = undefined
    this.#hasGroups = false
    this.#resolved = false
    this.#viewsUsed = 0
    this.hasUserDefined = false
    this.#nextGeneration()
    const traits = this.dictionary.traits
    const stamp = this.#stamp
    const first = this.#first
    const generation = this.#generation
    let count = 0
    let dataTag = -1
    let dataLength = 0
    let at = start
    while (at < end) {
      let digit = bytes[at] - 48
      let tag = 0
      const tagAt = at
      if (digit === -3) digit = bytes[++at] - 48
      const digitsAt = at
      while (digit >= 0 && digit <= 9) {
        tag = tag * 10 + digit
        digit = bytes[++at] - 48
      }
      if (at === digitsAt || at >= end || bytes[at] !== EQUALS) return false
      at++
      if (tag > LARGEST_TAG) tag = LARGEST_TAG
      if (tagAt !== digitsAt) tag = -tag
      const valueAt = at
      if (tag === dataTag && dataLength >= 0 && at + dataLength < end && bytes[at + dataLength] === SOH)
        at += dataLength
      else {
        while (at < end && bytes[at] !== SOH) at++
        if (at >= end) return false
      }
      if (count === this.tags.length) this.#grow()
      this.tags[count] = tag
      this.from[count] = valueAt
      this.to[count] = at
      dataTag = -1
      if (tag >= 0 && tag < TABLE_SIZE) {
        if (stamp[tag] !== generation) {
          stamp[tag] = generation
          first[tag] = count
        }
        if (tag < traits.length && traits[tag] !== 0) {
          if (traits[tag] === Trait.NumInGroup) this.#hasGroups = true
          else {
            dataTag = this.dictionary.dataOfLength.get(tag) ?? -1
            dataLength = readInt(bytes, valueAt, at)
          }
        }
      } else if (!this.#firstLarge.has(tag)) this.#firstLarge.set(tag, count)
      if (tag >= USER_DEFINED) this.hasUserDefined = true
      count++
      at++
    }
    this.count = count
    return true
  }

  /** Index of the first field of a tag outside groups, or -1. */
  indexOf(tag: number): number {
    if (this.#hasGroups && !this.#resolved) this.#resolve()
    return this.#indexed(tag)
  }

  /** MsgType (35), the third field: empty where it is missing. */
  get msgType(): string {
    return (this.#msgType ??= this.count > 2 && this.tags[2] === Tag.MsgType ? this.textAt(2) : '')
  }

  /** MsgSeqNum (34), or NaN where it is missing or no number. */
  get msgSeqNum(): number {
    return this.int(Tag.MsgSeqNum) ?? Number.NaN
  }

  get possDup(): boolean {
    return this.char(Tag.PossDupFlag) === 89
  }

  get possResend(): boolean {
    return this.char(Tag.PossResend) === 89
  }

  has(tag: number): boolean {
    return this.indexOf(tag) >= 0
  }

  string(tag: number): string | undefined {
    const i = this.indexOf(tag)
    return i < 0 ? undefined : readText(this.bytes, this.from[i], this.to[i])
  }

  char(tag: number): number {
    const i = this.indexOf(tag)
    return i < 0 ? 0 : this.charAt(i)
  }

  int(tag: number): number | undefined {
    const i = this.indexOf(tag)
    return i < 0 ? undefined : readInt(this.bytes, this.from[i], this.to[i])
  }

  decimal(tag: number, scale: number): number | undefined {
    const i = this.indexOf(tag)
    return i < 0 ? undefined : readDecimal(this.bytes, this.from[i], this.to[i], scale)
  }

  timestamp(tag: number): Nanos | undefined {
    const i = this.indexOf(tag)
    return i < 0 ? undefined : this.timestampAt(i)
  }

  boolean(tag: number): boolean | undefined {
    const i = this.indexOf(tag)
    return i < 0 ? undefined : this.charAt(i) === 89
  }

  group(numInGroupTag: number): readonly FixGroupEntry[] {
    const i = this.indexOf(numInGroupTag)
    if (i < 0) return []
    const layout = this.dictionary.messages.get(this.msgType)?.groups.get(numInGroupTag)
    return layout === undefined ? [] : this.entriesAt(i, layout, 1)
  }

  forEach(visit: (tag: number, value: string) => void): void {
    for (let i = 0; i < this.count; i++) visit(this.tags[i], this.textAt(i))
  }

  /** The value of field `i` as text. */
  textAt(i: number): string {
    return readText(this.bytes, this.from[i], this.to[i])
  }

  /** The tag of field `i` as it was written, for tags too large to keep. */
  tagTextAt(i: number): number {
    return Number(this.bytes.toString('latin1', i === 0 ? this.start : this.to[i - 1] + 1, this.from[i] - 1))
  }

  /** The code of the only character of field `i`, or -1. */
  charAt(i: number): number {
    return this.to[i] - this.from[i] === 1 ? this.bytes[this.from[i]] : -1
  }

  timestampAt(i: number): Nanos {
    return nanos(parseTimestamp(this.bytes, this.from[i], this.to[i], this.#epoch))
  }

  /** How many groups field `i` stands in, or {@link ANY_DEPTH}. */
  depthAt(i: number): number {
    return this.#depth[i]
  }

  /** The index behind the last entry of the group whose NumInGroup field is field `i`. */
  groupEndAt(i: number): number {
    return this.#groupEnd[i]
  }

  /** The entries of the group whose NumInGroup field is field `i`, at `depth`. */
  entriesAt(i: number, layout: GroupLayout, depth: number): readonly FixGroupEntry[] {
    const entries: FixGroupEntry[] = []
    const end = this.#groupEnd[i]
    let last: GroupEntryView | undefined
    for (let at = i + 1; at < end; at++) {
      if (this.tags[at] !== layout.delimiter || this.#depth[at] !== depth) continue
      if (last !== undefined) last.to = at
      last = this.#views[this.#viewsUsed] ??= new GroupEntryView(this)
      this.#viewsUsed++
      last.set(layout, at, end, depth)
      entries.push(last)
    }
    return entries
  }

  #indexed(tag: number): number {
    if (tag >= 0 && tag < TABLE_SIZE) return this.#stamp[tag] === this.#generation ? this.#first[tag] : -1
    return this.#firstLarge.get(tag) ?? -1
  }

  #nextGeneration(): void {
    if (this.#generation === 0xffff_ffff) {
      this.#stamp.fill(0)
      this.#generation = 0
    }
    this.#generation++
    if (this.#firstLarge.size > 0) this.#firstLarge.clear()
  }

  #grow(): void {
    const larger = this.tags.length * 2
    const copy = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const into = new Int32Array(larger)
      into.set(old)
      return into
    }
    this.tags = copy(this.tags)
    this.from = copy(this.from)
    this.to = copy(this.to)
    this.#depth = new Uint8Array(larger)
    this.#groupEnd = new Int32Array(larger)
  }

  /** Finds which fields stand in groups and indexes those outside anew. Done once per message, and only where it has groups. */
  #resolve(): void {
    this.#resolved = true
    const { tags, count } = this
    this.#depth.fill(0, 0, count)
    const groups = this.dictionary.messages.get(this.msgType)?.groups
    if (groups !== undefined) {
      let i = 0
      while (i < count) {
        const layout = groups.get(tags[i])
        i = layout === undefined ? i + 1 : this.#resolveGroup(i, layout, 1)
      }
    }
    this.#nextGeneration()
    for (let i = count - 1; i >= 0; i--) {
      if (this.#depth[i] !== 0 && this.#depth[i] !== ANY_DEPTH) continue
      const tag = tags[i]
      if (tag >= 0 && tag < TABLE_SIZE) {
        this.#stamp[tag] = this.#generation
        this.#first[tag] = i
      } else this.#firstLarge.set(tag, i)
    }
  }

  /** Marks the entries behind the NumInGroup field `at`; returns the index behind the last. */
  #resolveGroup(at: number, layout: GroupLayout, depth: number): number {
    const { slots } = this.dictionary
    let last = 0
    let i = at + 1
    while (i < this.count) {
      const tag = this.tags[i]
      const slot = tag >= 0 && tag < slots.length ? slots[tag] : 0
      if (slot === 0 && last > 0) {
        this.#depth[i++] = ANY_DEPTH
        continue
      }
      const position = layout.position[slot]
      if (position !== 1 && position <= last) break
      if (last === 0 && position !== 1) break
      last = position
      this.#depth[i] = depth
      const nested = layout.groups.get(tag)
      i = nested === undefined ? i + 1 : this.#resolveGroup(i, nested, depth + 1)
    }
    this.#groupEnd[at] = i
    return i
  }
}
