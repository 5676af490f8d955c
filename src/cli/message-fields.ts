/** A field of a message as text. `name` and `meaning` (of an enumerated value) where a dictionary knows them. */
export interface NamedField {
  readonly tag: number
  readonly name: string | undefined
  readonly value: string
  readonly meaning: string | undefined
}

/** What a dictionary knows of a tag and its values. */
export interface FieldNames {
  nameOf(tag: number): string | undefined
  meaningOf(tag: number, value: string): string | undefined
}

/**
 * The fields of a message in order of appearance. What does not look like a field belongs to the value before it: data
 * fields may hold the SOH.
 */
export function namedFields(message: string, names: FieldNames): NamedField[] {
  const texts: string[] = []
  for (const part of message.split('\x01')) {
    if (/^\d+=/.test(part) || texts.length === 0) texts.push(part)
    else if (part !== '') texts[texts.length - 1] += `|${part}`
  }
  return texts.map((text) => {
    const equals = text.indexOf('=')
    const tag = Number(text.slice(0, Math.max(0, equals)))
    const value = text.slice(equals + 1)
    return { tag, name: names.nameOf(tag), value, meaning: names.meaningOf(tag, value) }
  })
}

/** "  54 Side                 1 (BUY)" */
export function fieldLine({ tag, name, value, meaning }: NamedField): string {
  const what = meaning === undefined ? value : `${value} (${meaning})`
  return `  ${String(tag).padStart(5)} ${(name ?? '?').padEnd(22)} ${what}`
}
