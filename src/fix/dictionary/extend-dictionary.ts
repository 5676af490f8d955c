import { type DictionarySource } from './dictionary-source.js'

/**
 * Adds what `extension` states to `base`: new messages, components and fields; members behind those that a message,
 * component, header or trailer of the same name has; values to those that a field of the same name allows.
 */
export function extendDictionary(base: DictionarySource, extension: DictionarySource): void {
  base.header.members.push(...extension.header.members)
  base.trailer.members.push(...extension.trailer.members)
  for (const [msgType, message] of extension.messages) {
    const known = base.messages.get(msgType)
    if (known === undefined) base.messages.set(msgType, message)
    else known.members.push(...message.members)
  }
  for (const [name, component] of extension.components) {
    const known = base.components.get(name)
    if (known === undefined) base.components.set(name, component)
    else known.members.push(...component.members)
  }
  for (const [name, field] of extension.fields) {
    const known = base.fields.get(name)
    if (known === undefined || known.tag !== field.tag) base.fields.set(name, field)
    else for (const [value, description] of field.values) known.values.set(value, description)
  }
}
