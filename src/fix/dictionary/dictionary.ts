import { type FieldType } from './field-type.js'
import { type MessageLayout } from './layout.js'

/** A field as the dictionary defines it. */
export interface FieldDefinition {
  readonly tag: number
  readonly name: string
  readonly type: FieldType
  /** Allowed values with their description, or undefined where any value of the type will do. */
  readonly values: ReadonlyMap<string, string> | undefined
  /** Values besides those listed are allowed as well. */
  readonly open: boolean
}

/** Bits of {@link Dictionary.traits}: what reading a message must know of a tag. */
export const Trait = { Length: 1, NumInGroup: 2 } as const

/**
 * A compiled FIX dictionary: immutable, shared by all sessions. Every field has a slot, a small dense number from 1 that
 * indexes all tables; slot 0 stands for tags that the dictionary does not hold.
 */
export interface Dictionary {
  /** "FIX.4.4" */
  readonly beginString: string
  /** Tag to slot, for tags below its length. */
  readonly slots: Uint16Array
  /** Fields by slot; slot 0 is empty. */
  readonly fields: readonly (FieldDefinition | undefined)[]
  /** Per slot: {@link FieldType}. */
  readonly types: Uint8Array
  /** Per slot: where the field's single-character values begin in {@link characters}, or -1 where it has no list of values. */
  readonly valuesAt: Int32Array
  /** Per list of values 128 bytes: 1 where the character is an allowed value. */
  readonly characters: Uint8Array
  /** Per tag, for tags below its length: bits of {@link Trait}. */
  readonly traits: Uint8Array
  /** The data tag that a Length tag announces (95 to 96), for Length tags of data fields. */
  readonly dataOfLength: ReadonlyMap<number, number>
  /** The other way: the Length tag of a data tag. */
  readonly lengthOfData: ReadonlyMap<number, number>
  /** Messages by MsgType (35). */
  readonly messages: ReadonlyMap<string, MessageLayout>
  /** Tags by field name. */
  readonly tags: ReadonlyMap<string, number>
}

/** The field of a tag, or undefined where the dictionary has none. */
export function fieldOf(dictionary: Dictionary, tag: number): FieldDefinition | undefined {
  return tag >= 0 && tag < dictionary.slots.length ? dictionary.fields[dictionary.slots[tag]] : undefined
}
