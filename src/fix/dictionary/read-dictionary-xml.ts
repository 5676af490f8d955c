import { UserError } from '../../base/user-error.js'
import { type DictionarySource, type FieldSource, type MemberList, type MemberSource } from './dictionary-source.js'
import { attribute, parseXml, type XmlElement } from './xml-element.js'

/** A dictionary file read alone: what it states, and the file that it extends. */
export interface DictionaryFile {
  readonly source: DictionarySource
  /** The `extends` attribute of `<fix>`: path of the dictionary that this one adds to, relative to this file. */
  readonly extends: string | undefined
  readonly root: XmlElement
}

/**
 * Reads a QuickFIX-format dictionary: `<fix>` with header, trailer, messages, components and fields.
 * @throws UserError at the element that is wrong.
 */
export function readDictionaryXml(text: string, file: string): DictionaryFile {
  const root = parseXml(text, file)
  if (root.name !== 'fix') throw new UserError(`expected <fix>, found <${root.name}>`, root.position)
  const source: DictionarySource = {
    beginString: `${root.attributes['type'] ?? 'FIX'}.${attribute(root, 'major')}.${attribute(root, 'minor')}`,
    header: { members: [], position: root.position },
    trailer: { members: [], position: root.position },
    messages: new Map(),
    components: new Map(),
    fields: new Map()
  }
  for (const section of root.children) readSection(section, source)
  return { source, extends: root.attributes['extends'], root }
}

function readSection(section: XmlElement, source: DictionarySource): void {
  switch (section.name) {
    case 'header':
      source.header.members.push(...readMembers(section))
      return
    case 'trailer':
      source.trailer.members.push(...readMembers(section))
      return
    case 'messages':
      for (const element of section.children) readMessage(expect(element, 'message'), source)
      return
    case 'components':
      for (const element of section.children) {
        const name = attribute(expect(element, 'component'), 'name')
        addOnce(source.components, name, { name, ...memberList(element) }, element)
      }
      return
    case 'fields':
      for (const element of section.children) {
        const field = readField(expect(element, 'field'))
        addOnce(source.fields, field.name, field, element)
      }
      return
    default:
      throw unexpected(section, 'header, trailer, messages, components or fields')
  }
}

function readMessage(element: XmlElement, source: DictionarySource): void {
  const msgType = attribute(element, 'msgtype')
  const category = attribute(element, 'msgcat')
  if (category !== 'admin' && category !== 'app')
    throw new UserError(`msgcat is "admin" or "app", not "${category}"`, element.position)
  const message = { name: attribute(element, 'name'), msgType, category, ...memberList(element) } as const
  addOnce(source.messages, msgType, message, element)
}

function memberList(element: XmlElement): MemberList {
  return { members: readMembers(element), position: element.position }
}

function readMembers(parent: XmlElement): MemberSource[] {
  return parent.children.map((element) => {
    const { name: kind, position } = element
    if (kind !== 'field' && kind !== 'component' && kind !== 'group')
      throw unexpected(element, 'field, component or group')
    const member = { name: attribute(element, 'name'), required: yes(element, 'required'), position }
    if (kind === 'group') return { kind, ...member, members: readMembers(element) }
    return { kind, ...member }
  })
}

function readField(element: XmlElement): FieldSource {
  const number = attribute(element, 'number')
  const tag = /^[1-9]\d{0,4}$/.test(number) ? Number(number) : Number.NaN
  // Tables are indexed by tag: a five-digit limit keeps them small.
  if (Number.isNaN(tag)) throw new UserError(`a tag is a number from 1 to 99999, not "${number}"`, element.position)
  const values = new Map<string, string>()
  for (const value of element.children) {
    const code = attribute(expect(value, 'value'), 'enum')
    addOnce(values, code, value.attributes['description'] ?? '', value)
  }
  return {
    tag,
    name: attribute(element, 'name'),
    typeName: attribute(element, 'type'),
    values,
    open: yes(element, 'allowOtherValues'),
    position: element.position
  }
}

function yes(element: XmlElement, name: string): boolean {
  const value = element.attributes[name] ?? 'N'
  if (/^(y|true)$/i.test(value)) return true
  if (/^(n|false)$/i.test(value)) return false
  throw new UserError(`${name} is "Y" or "N", not "${value}"`, element.position)
}

function expect(element: XmlElement, name: string): XmlElement {
  if (element.name !== name) throw unexpected(element, name)
  return element
}

function unexpected(element: XmlElement, expected: string): UserError {
  return new UserError(`expected ${expected}, found <${element.name}>`, element.position)
}

function addOnce<T>(map: Map<string, T>, key: string, value: T, element: XmlElement): void {
  if (map.has(key)) throw new UserError(`<${element.name}> "${key}" appears twice`, element.position)
  map.set(key, value)
}
