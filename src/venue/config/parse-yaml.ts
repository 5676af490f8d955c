import { LineCounter, parseDocument, isMap, isPair, isScalar, type Document } from 'yaml'
import { Value } from 'typebox/value'
import type { Static, TSchema } from 'typebox'
import { UserError } from '../../base/user-error.js'

/**
 * Reads YAML text by a schema.
 * @throws UserError naming file:line:column, the key and what was expected there.
 */
export function parseYaml<T extends TSchema>(text: string, file: string, schema: T): Static<T> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const at = (offset: number): { file: string; line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const [broken] = document.errors
  if (broken) throw new UserError(broken.message.split('\n')[0].replace(/ at line .*$/, ''), at(broken.pos[0]))
  const value: unknown = document.toJS() ?? {}
  const fault = firstFault(schema, value)
  if (!fault) return value as Static<T>
  throw new UserError(`${fault.path || '/'} ${fault.message}`, at(offsetOf(document, fault.path, fault.unknownKey)))
}

interface Fault {
  readonly path: string
  readonly message: string
  /** The fault is the key itself, not its value. */
  readonly unknownKey: boolean
}

function firstFault(schema: TSchema, value: unknown): Fault | undefined {
  for (const error of Value.Errors(schema, value)) {
    if (error.keyword === 'boolean') {
      return {
        path: error.instancePath,
        message: `is no key here; known are ${knownKeys(schema, error.schemaPath)}`,
        unknownKey: true
      }
    }
    if (error.keyword === 'additionalProperties') continue
    return {
      path: error.instancePath,
      message: expectation(error.keyword, error.message, error.params),
      unknownKey: false
    }
  }
  return undefined
}

function expectation(keyword: string, message: string, params: unknown): string {
  if (keyword === 'enum') {
    const { allowedValues } = params as { allowedValues: readonly unknown[] }
    return `must be one of ${allowedValues.join(', ')}`
  }
  return keyword === 'pattern' ? 'must be a duration such as "250us", "1.5ms" or "0"' : message
}

/** The keys of the object that a schema path ".../additionalProperties" belongs to. */
function knownKeys(schema: TSchema, schemaPath: string): string {
  const steps = schemaPath.replace(/^#\/?/, '').split('/').slice(0, -1)
  let node: unknown = schema
  for (const step of steps) node = (node as Record<string, unknown>)[step]
  return Object.keys((node as { properties: object }).properties).join(', ')
}

function offsetOf(document: Document, path: string, wantKey: boolean): number {
  let node: unknown = document.contents
  let offset = 0
  const steps = path.split('/').slice(1)
  for (const [depth, step] of steps.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step)
      if (!pair) return offset
      const last = depth === steps.length - 1
      const target = last && wantKey ? pair.key : (pair.value ?? pair.key)
      offset = rangeStart(target) ?? offset
      node = pair.value
    } else if (node && typeof node === 'object' && 'items' in node) {
      node = (node as { items: unknown[] }).items[Number(step)]
      offset = rangeStart(node) ?? offset
    }
  }
  return offset
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0]
}
