import { SaxesParser } from 'saxes'
import { type SourcePosition, UserError } from '../../base/user-error.js'

/** An XML element and where it stands. Text between elements is left out: dictionaries have none. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  readonly position: SourcePosition
}

/**
 * Reads XML text.
 * @throws UserError with file, line and column where it is not well-formed.
 */
export function parseXml(text: string, file: string): XmlElement {
  const parser = new SaxesParser({ position: true, xmlns: false })
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let position: SourcePosition = { file }
  parser.on('error', (error) => {
    // The parser puts its own line and column in front of the message.
    const message = error.message.replace(/^[^ ]*\d+:\d+: /, '')
    throw new UserError(`not well-formed XML: ${message}`, { file, line: parser.line, column: parser.column })
  })
  parser.on('opentagstart', (tag) => {
    // The event comes one character behind the name.
    position = { file, line: parser.line, column: Math.max(1, parser.column - tag.name.length - 1) }
  })
  parser.on('opentag', (tag) => {
    const element: XmlElement = { name: tag.name, attributes: tag.attributes, children: [], position }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  if (root === undefined) throw new UserError('no XML element', { file })
  return root
}

/**
 * An attribute that must be there.
 * @throws UserError at the element where it is missing or empty.
 */
export function attribute(element: XmlElement, name: string): string {
  const value = element.attributes[name]
  if (value === undefined || value === '')
    throw new UserError(`<${element.name}> needs the attribute "${name}"`, element.position)
  return value
}
