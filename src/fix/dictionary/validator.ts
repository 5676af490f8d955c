import { readInt } from '../wire/value-reader.js'
import { LARGEST_TAG, USER_DEFINED } from '../wire/field-table.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { type Dictionary, Trait } from './dictionary.js'
import { FieldType } from './field-type.js'
import { type GroupLayout, type MessageLayout, Place, PLACE_MASK, REQUIRED } from './layout.js'
import { type Fault, fault, SessionRejectReason as Reason } from './session-reject.js'
import { isAllowedValue } from './allowed-value.js'
import { isWellFormed } from './value-format.js'

/**
 * Checks received messages against a dictionary and names the first fault, in the order of the message's fields; what is
 * missing comes last, as it stands nowhere. One pass over the fields, table lookups only (FIX 4.4 vol. 2, "Message
 * integrity", and the reasons of SessionRejectReason).
 */
export class Validator {
  readonly #dictionary: Dictionary
  readonly #strict: boolean
  /** Per slot: the message that held the field outside groups last. */
  readonly #seen: Uint32Array
  /** Per slot: the group entry that held the field last. */
  readonly #seenInEntry: Uint32Array
  #generation = 0
  readonly #userDefined = new Set<number>()

  // Of the message that is checked.
  #place: Uint8Array = new Uint8Array(0)
  #messageGeneration = 0
  #entryFault: Fault | undefined

  /** @param mode `lenient` takes user-defined tags (5000 and above) that the dictionary does not hold, `strict` does not. */
  constructor(dictionary: Dictionary, mode: 'strict' | 'lenient') {
    this.#dictionary = dictionary
    this.#strict = mode === 'strict'
    this.#seen = new Uint32Array(dictionary.fields.length)
    this.#seenInEntry = new Uint32Array(dictionary.fields.length)
  }

  /** The first fault of `message`, or undefined where it is valid. */
  validate(message: ParsedMessage): Fault | undefined {
    const msgType = message.msgType
    const layout = this.#dictionary.messages.get(msgType)
    if (layout === undefined)
      return fault(msgType === '' ? Reason.TagSpecifiedWithoutAValue : Reason.InvalidMsgType, Tag.MsgType)
    if (this.#userDefined.size > 0) this.#userDefined.clear()
    this.#entryFault = undefined
    const generation = (this.#messageGeneration = this.#nextGeneration())
    const { tags, count } = message
    const { slots, types } = this.#dictionary
    const place = (this.#place = layout.place)
    const seen = this.#seen
    let phase: number = Place.Header
    let missing = layout.required.length
    for (let i = 0; i < count; i++) {
      const tag = tags[i]
      const slot = tag > 0 && tag < slots.length ? slots[tag] : 0
      const stands = place[slot]
      const where = stands & PLACE_MASK
      if (where === Place.None) {
        const stray = this.#stray(message, i, slot, layout)
        if (stray !== undefined) return stray
        continue
      }
      if (where !== phase) {
        if (where < phase) return fault(Reason.TagSpecifiedOutOfRequiredOrder, tag)
        phase = where
      }
      if (seen[slot] === generation) return fault(Reason.TagAppearsMoreThanOnce, tag)
      seen[slot] = generation
      if ((stands & REQUIRED) !== 0) missing--
      const wrong = this.#value(message, i, slot)
      if (wrong !== undefined) return wrong
      if (types[slot] !== FieldType.NumInGroup) continue
      const group = layout.groups.get(tag)
      if (group === undefined) continue
      i = this.#group(message, i, group, true) - 1
      if (this.#entryFault !== undefined) return this.#entryFault
    }
    return missing === 0 ? undefined : this.#firstMissing(layout, generation)
  }

  /** A field that the message does not have: neither header nor body nor trailer. */
  #stray(message: ParsedMessage, i: number, slot: number, layout: MessageLayout): Fault | undefined {
    const tag = message.tags[i]
    if (slot === 0) {
      const unknown = this.#unknown(message, i)
      if (unknown !== undefined) return unknown
      if (this.#userDefined.has(tag)) return fault(Reason.TagAppearsMoreThanOnce, tag)
      this.#userDefined.add(tag)
      return undefined
    }
    if (!layout.listedOnly) {
      // Entries whose NumInGroup field was forgotten: where the group is required, that is what is missing.
      for (const group of layout.groups.values()) {
        const countIsRequired = (layout.place[this.#dictionary.slots[group.countTag]] & REQUIRED) !== 0
        if (countIsRequired && group.position[slot] !== 0 && !message.has(group.countTag))
          return fault(Reason.RequiredTagMissing, group.countTag)
      }
      return fault(Reason.TagNotDefinedForThisMessageType, tag)
    }
    return message.from[i] === message.to[i] ? fault(Reason.TagSpecifiedWithoutAValue, tag) : undefined
  }

  /** A field that no dictionary holds. */
  #unknown(message: ParsedMessage, i: number): Fault | undefined {
    const tag = message.tags[i]
    if (tag === LARGEST_TAG) return fault(Reason.InvalidTagNumber, message.writtenTagAt(i))
    if (tag < USER_DEFINED || this.#strict) return fault(Reason.InvalidTagNumber, tag)
    return message.from[i] === message.to[i] ? fault(Reason.TagSpecifiedWithoutAValue, tag) : undefined
  }

  #value(message: ParsedMessage, i: number, slot: number): Fault | undefined {
    const from = message.from[i]
    const to = message.to[i]
    const tag = message.tags[i]
    if (from === to) return fault(Reason.TagSpecifiedWithoutAValue, tag)
    const type = this.#dictionary.types[slot]
    if (type === FieldType.Data || type === FieldType.Length) return this.#data(message, i, type)
    if (!isWellFormed(type, message.bytes, from, to)) return fault(Reason.IncorrectDataFormat, tag)
    const valuesAt = this.#dictionary.valuesAt[slot]
    if (valuesAt < 0 || isAllowedValue(this.#dictionary, slot, message.bytes, from, to)) return undefined
    return fault(Reason.ValueIsIncorrect, tag)
  }

  /** A data field stands directly behind its Length field, which holds its length in bytes (vol. 1, "data"). */
  #data(message: ParsedMessage, i: number, type: number): Fault | undefined {
    const { bytes, tags, from, to } = message
    const tag = tags[i]
    if (type === FieldType.Data) {
      const lengthTag = this.#dictionary.lengthOfData.get(tag)
      if (i > 0 && tags[i - 1] === lengthTag) return undefined
      return fault(Reason.RequiredTagMissing, lengthTag ?? tag)
    }
    if (!isWellFormed(type, bytes, from[i], to[i])) return fault(Reason.IncorrectDataFormat, tag)
    if (this.#dictionary.traits[tag] !== Trait.Length) return undefined
    const dataTag = this.#dictionary.dataOfLength.get(tag)
    const length = readInt(bytes, from[i], to[i])
    if (dataTag === undefined) return undefined
    if (i + 1 >= message.count || tags[i + 1] !== dataTag)
      return length === 0 ? undefined : fault(Reason.RequiredTagMissing, dataTag)
    return to[i + 1] - from[i + 1] === length ? undefined : fault(Reason.ValueIsIncorrect, tag)
  }

  /**
   * Checks the entries behind the NumInGroup field `at`; returns the index behind the last, and leaves a fault in
   * #entryFault.
   */
  #group(message: ParsedMessage, at: number, group: GroupLayout, outermost: boolean): number {
    const { tags, count } = message
    const { slots } = this.#dictionary
    let generation = 0
    let entries = 0
    let last = 0
    let i = at + 1
    while (i < count) {
      const tag = tags[i]
      const slot = tag > 0 && tag < slots.length ? slots[tag] : 0
      if (slot === 0) {
        const unknown = this.#unknown(message, i)
        if (unknown !== undefined) return this.#fail(unknown, i)
        if (entries === 0) break
        i++
        continue
      }
      const position = group.position[slot]
      if (position === 0) break
      if (position === 1) {
        const missing = entries > 0 ? this.#missingInEntry(group, generation) : undefined
        if (missing !== undefined) return this.#fail(missing, i)
        entries++
        generation = this.#nextGeneration()
      } else if (position <= last || entries === 0) {
        // A field of this name may follow the group as a field of the message.
        if (entries > 0 && this.#place[slot] !== Place.None) break
        return this.#fail(fault(Reason.RepeatingGroupFieldsOutOfOrder, tag), i)
      }
      last = position
      this.#seenInEntry[slot] = generation
      const wrong = this.#value(message, i, slot)
      if (wrong !== undefined) return this.#fail(wrong, i)
      const nested = group.groups.size === 0 ? undefined : group.groups.get(tag)
      i = nested === undefined ? i + 1 : this.#group(message, i, nested, false)
      if (this.#entryFault !== undefined) return i
    }
    const missing = entries > 0 ? this.#missingInEntry(group, generation) : undefined
    const countIsRight = entries === readInt(message.bytes, message.from[at], message.to[at])
    if (missing === undefined && countIsRight) return i
    const ending = this.#endingFault(message, i, outermost)
    return this.#fail(ending ?? missing ?? fault(Reason.IncorrectNumInGroupCount, group.countTag), i)
  }

  /** The field that ends a group too early may itself be the fault, rather than what the group then lacks. */
  #endingFault(message: ParsedMessage, i: number, outermost: boolean): Fault | undefined {
    if (i >= message.count) return undefined
    const tag = message.tags[i]
    const slot = tag > 0 && tag < this.#dictionary.slots.length ? this.#dictionary.slots[tag] : 0
    const where = this.#place[slot] & PLACE_MASK
    if (where === Place.Header) return fault(Reason.TagSpecifiedOutOfRequiredOrder, tag)
    if (!outermost || slot === 0) return undefined
    if (where === Place.None) return fault(Reason.TagNotDefinedForThisMessageType, tag)
    return this.#seen[slot] === this.#messageGeneration ? fault(Reason.TagAppearsMoreThanOnce, tag) : undefined
  }

  #fail(found: Fault, at: number): number {
    this.#entryFault = found
    return at
  }

  #missingInEntry(group: GroupLayout, generation: number): Fault | undefined {
    for (const tag of group.required) {
      if (this.#seenInEntry[this.#dictionary.slots[tag]] !== generation) return fault(Reason.RequiredTagMissing, tag)
    }
    return undefined
  }

  #firstMissing(layout: MessageLayout, generation: number): Fault | undefined {
    const tag = layout.required.find((required) => this.#seen[this.#dictionary.slots[required]] !== generation)
    return tag === undefined ? undefined : fault(Reason.RequiredTagMissing, tag)
  }

  #nextGeneration(): number {
    if (this.#generation === 0xffff_ffff) {
      this.#seen.fill(0)
      this.#seenInEntry.fill(0)
      this.#generation = 0
    }
    return ++this.#generation
  }
}
