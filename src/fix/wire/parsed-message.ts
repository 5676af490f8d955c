import { type EpochSeconds, type Nanos, nanos } from '../../base/time.js'
import { parseTimestamp } from '../../base/timestamp.js'
import { type Dictionary } from '../dictionary/dictionary.js'
import { type GroupLayout } from '../dictionary/layout.js'
import { FieldTable } from './field-table.js'
import { type FixGroupEntry, type FixMessage } from './fix-message.js'
import { GroupEntryView } from './group-entry-view.js'
import { ANY_DEPTH, GroupStructure } from './group-structure.js'
import { readDecimal, readInt, readText } from './value-reader.js'
import { Tag } from './tag.js'

/**
 * A received message: fields by tag and type over a {@link FieldTable}, groups by the dictionary. Made once and used for
 * every message: nothing is allocated but the strings and groups that are asked for.
 */
export class ParsedMessage extends FieldTable implements FixMessage {
  readonly #epoch: EpochSeconds
  readonly #structure: GroupStructure
  #resolved = false
  #msgType: string | undefined
  readonly #views: GroupEntryView[] = []
  #viewsUsed = 0

  /** @param epoch what times of the body count from. */
  constructor(dictionary: Dictionary, epoch: EpochSeconds) {
    super(dictionary)
    this.#epoch = epoch
    this.#structure = new GroupStructure(this)
  }

  override read(bytes: Buffer, start: number, end: number): boolean {
    this.#msgType = undefined
    this.#resolved = false
    this.#viewsUsed = 0
    return super.read(bytes, start, end)
  }

  /** Index of the first field of a tag outside groups, or -1. */
  indexOf(tag: number): number {
    if (this.hasGroups && !this.#resolved) this.#resolve()
    return this.indexed(tag)
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

  /** The code of the only character of field `i`, or -1. */
  charAt(i: number): number {
    return this.to[i] - this.from[i] === 1 ? this.bytes[this.from[i]] : -1
  }

  timestampAt(i: number): Nanos {
    return nanos(parseTimestamp(this.bytes, this.from[i], this.to[i], this.#epoch))
  }

  /** How many groups field `i` stands in, or {@link ANY_DEPTH}. */
  depthAt(i: number): number {
    return this.#structure.depth[i]
  }

  /** The entries of the group whose NumInGroup field is field `i`, at `depth`. */
  entriesAt(i: number, layout: GroupLayout, depth: number): readonly FixGroupEntry[] {
    const entries: FixGroupEntry[] = []
    const end = this.#structure.end[i]
    let last: GroupEntryView | undefined
    for (let at = i + 1; at < end; at++) {
      if (this.tags[at] !== layout.delimiter || this.#structure.depth[at] !== depth) continue
      if (last !== undefined) last.to = at
      last = this.#views[this.#viewsUsed] ??= new GroupEntryView(this)
      this.#viewsUsed++
      last.set(layout, at, end, depth)
      entries.push(last)
    }
    return entries
  }

  /** Done once per message, and only where it has groups. */
  #resolve(): void {
    this.#resolved = true
    this.#structure.resolve(this.dictionary.messages.get(this.msgType)?.groups)
    this.reindex(this.#structure.depth, ANY_DEPTH)
  }
}
