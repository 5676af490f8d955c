import { UserError } from '../../base/user-error.js'
import { type Dictionary, type FieldDefinition, Trait } from './dictionary.js'
import { type DictionarySource, type FieldSource } from './dictionary-source.js'
import { FieldType, fieldTypeOf } from './field-type.js'

/** The part of a compiled dictionary that does not depend on messages. */
export type FieldTables = Omit<Dictionary, 'beginString' | 'messages'>

/** Bytes of the table of single-character values per field. */
const CHARACTER_ROW = 128

/** Gives every field its slot, in ascending order of tags, and compiles types and values. */
export function compileFields(source: DictionarySource): FieldTables {
  const sorted = [...source.fields.values()].sort((a, b) => a.tag - b.tag)
  const slots = new Uint16Array((sorted.at(-1)?.tag ?? 0) + 1)
  const fields: (FieldDefinition | undefined)[] = [undefined]
  const types = new Uint8Array(sorted.length + 1)
  const tags = new Map<string, number>()
  for (const field of sorted) {
    if (slots[field.tag] !== 0) {
      const other = fields[slots[field.tag]]?.name
      throw new UserError(`"${field.name}" has the tag ${field.tag} of "${other}"`, field.position)
    }
    slots[field.tag] = fields.length
    types[fields.length] = typeOf(field)
    tags.set(field.name, field.tag)
    const values = field.values.size > 0 ? field.values : undefined
    fields.push({ tag: field.tag, name: field.name, type: typeOf(field), values, open: field.open })
  }
  return { slots, fields, types, tags, ...compileValues(fields), ...compileTraits(source, slots, tags) }
}

function typeOf(field: FieldSource): FieldType {
  const type = fieldTypeOf(field.typeName)
  if (type === undefined) throw new UserError(`FIX has no type "${field.typeName}"`, field.position)
  return type
}

function compileValues(fields: readonly (FieldDefinition | undefined)[]): Pick<FieldTables, 'valuesAt' | 'characters'> {
  const valuesAt = new Int32Array(fields.length).fill(-1)
  const limited = fields.filter((field) => field?.values !== undefined && !field.open)
  const characters = new Uint8Array(limited.length * CHARACTER_ROW)
  let row = 0
  fields.forEach((field, slot) => {
    if (field?.values === undefined || field.open) return
    for (const value of field.values.keys()) {
      const code = value.charCodeAt(0)
      if (value.length === 1 && code < CHARACTER_ROW) characters[row + code] = 1
    }
    valuesAt[slot] = row
    row += CHARACTER_ROW
  })
  return { valuesAt, characters }
}

/**
 * Which fields a reader must know. The format does not say which Length field announces a data field; FIX does by name:
 * RawData has RawDataLength, EncodedText has EncodedTextLen.
 */
function compileTraits(
  source: DictionarySource,
  slots: Uint16Array,
  tags: ReadonlyMap<string, number>
): Pick<FieldTables, 'traits' | 'dataOfLength' | 'lengthOfData'> {
  const traits = new Uint8Array(slots.length)
  const dataOfLength = new Map<number, number>()
  const lengthOfData = new Map<number, number>()
  for (const field of source.fields.values()) {
    const type = typeOf(field)
    if (type === FieldType.NumInGroup) traits[field.tag] = Trait.NumInGroup
    if (type !== FieldType.Data) continue
    const length = tags.get(`${field.name}Length`) ?? tags.get(`${field.name}Len`)
    if (length === undefined)
      throw new UserError(`"${field.name}" is of type DATA and has no field ${field.name}Length`, field.position)
    traits[length] = Trait.Length
    dataOfLength.set(length, field.tag)
    lengthOfData.set(field.tag, length)
  }
  return { traits, dataOfLength, lengthOfData }
}
