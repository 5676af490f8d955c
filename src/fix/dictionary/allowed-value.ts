import { readText } from '../wire/value-reader.js'
import { type Dictionary } from './dictionary.js'
import { FieldType } from './field-type.js'

const SPACE = 32

/**
 * Whether `bytes[from, to)` is one of the values that the field of `slot` allows; for a MultipleValueString, whether each
 * of its values is. The field must have a list of values.
 */
export function isAllowedValue(dictionary: Dictionary, slot: number, bytes: Buffer, from: number, to: number): boolean {
  if (dictionary.types[slot] !== FieldType.MultipleValueString) return isAllowed(dictionary, slot, bytes, from, to)
  for (let begin = from; begin < to;) {
    let end = begin
    while (end < to && bytes[end] !== SPACE) end++
    if (!isAllowed(dictionary, slot, bytes, begin, end)) return false
    begin = end + 1
  }
  return true
}

function isAllowed(dictionary: Dictionary, slot: number, bytes: Buffer, from: number, to: number): boolean {
  if (to - from === 1) return bytes[from] < 128 && dictionary.characters[dictionary.valuesAt[slot] + bytes[from]] === 1
  return dictionary.fields[slot]?.values?.has(readText(bytes, from, to)) === true
}
