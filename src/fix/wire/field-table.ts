import { type Dictionary, Trait } from '../dictionary/dictionary.js'
import { readInt, readText } from './value-reader.js'

const SOH = 1
const EQUALS = 61

/** Tags below this are found through a table, larger ones through a map. */
const TABLE_SIZE = 16_384
/** A tag past this is kept as this one: it is a number, and no dictionary holds it. */
export const LARGEST_TAG = 2_147_483_647

/** User-defined tags begin here (FIX 4.4 vol. 1, "User defined fields"). */
export const USER_DEFINED = 5000

/**
 * The fields of a message as places of tags and values in its bytes, with the first field of every tag found at once.
 * Made once and filled for every message: nothing is allocated.
 */
export class FieldTable {
  readonly dictionary: Dictionary

  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  /** The message has user-defined tags. */
  hasUserDefined = false

  /** Number of fields. */
  count = 0
  /** The message has NumInGroup fields. */
  hasGroups = false
  /** Per field: its tag. */
  tags = new Int32Array(256)
  /** Per field: the value is `bytes[from[i], to[i])`. */
  from = new Int32Array(256)
  to = new Int32Array(256)

  /** Per small tag: index of its first field, right where the stamp is that of this message. */
  readonly #first = new Int32Array(TABLE_SIZE)
  readonly #stamp = new Uint32Array(TABLE_SIZE)
  #generation = 0
  readonly #firstLarge = new Map<number, number>()

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary
  }

  /**
   * Takes the message `bytes[start, end)` apart, as a framer found it.
   * @returns false where a field has no tag that is a number: the message is garbled and must not be read.
   */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.hasGroups = false
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
          if (traits[tag] === Trait.NumInGroup) this.hasGroups = true
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

  /** The value of field `i` as text. */
  textAt(i: number): string {
    return readText(this.bytes, this.from[i], this.to[i])
  }

  /** The tag of field `i` as it was written, for tags too large to keep. */
  writtenTagAt(i: number): number {
    return Number(this.bytes.toString('latin1', i === 0 ? this.start : this.to[i - 1] + 1, this.from[i] - 1))
  }

  /** Indexes anew, leaving out the fields that stand in groups: those of a depth other than 0 and `anyDepth`. */
  protected reindex(depth: Uint8Array, anyDepth: number): void {
    this.#nextGeneration()
    for (let i = this.count - 1; i >= 0; i--) {
      if (depth[i] !== 0 && depth[i] !== anyDepth) continue
      const tag = this.tags[i]
      if (tag >= 0 && tag < TABLE_SIZE) {
        this.#stamp[tag] = this.#generation
        this.#first[tag] = i
      } else this.#firstLarge.set(tag, i)
    }
  }

  /** Index of the first indexed field of a tag, or -1. */
  protected indexed(tag: number): number {
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
  }
}
