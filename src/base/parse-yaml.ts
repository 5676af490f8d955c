import { LineCounter, parseDocument, isMap, isPair, isScalar, type Document } from 'yaml'
import { Value } from 'typebox/value'
import type { Static, TSchema } from 'typebox'
import { UserError, type SourcePosition } from './user-error.js'

/** A value that was read by a schema. */
export interface ParsedYaml<T> {
  readonly value: T
  /** Where the value of a path such as "/fix/port" stands, for faults that no schema finds. */
  readonly positionOf: (path: string) => SourcePosition
}

/**
 * Reads YAML text by a schema.
 * @throws UserError naming file:line:column, the key and what was expected there.
 */
export function parseYaml<T extends TSchema>(text: string, file: string, schema: T): ParsedYaml<Static<T>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const at = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const [broken] = document.errors
  if (broken) throw new UserError(broken.message.split('\n')[0].replace(/ at line .*$/, ''), at(broken.pos[0]))
  const value: unknown = document.toJS() ?? {}
  const fault = firstFault(schema, value)
  if (!fault) return { value: value as Static<T>, positionOf: (path) => at(offsetOf(document, path, false)) }
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
      message: expectation(schema, error),
      unknownKey: false
    }
  }
  return undefined
}

interface SchemaError {
  readonly keyword: string
  readonly message: string
  readonly params: unknown
  readonly schemaPath: string
}

function expectation(schema: TSchema, { keyword, message, params, schemaPath }: SchemaError): string {
  if (keyword === 'enum') {
    const { allowedValues } = params as { allowedValues: readonly unknown[] }
    return `must be one of ${allowedValues.join(', ')}`
  }
  if (keyword !== 'pattern') return message
  const { description } = schemaAt(schema, schemaPath) as { description?: string }
  return description === undefined ? message : `must be ${description}`
}

function schemaAt(schema: TSchema, schemaPath: string): unknown {
  const steps = schemaPath.replace(/^#\/?/, '').split('/')
  let node: unknown = schema
  for (const step of steps) {
    const next = (node as Record<string, unknown>)[step]
    if (typeof next !== 'object' || next === null) break
    node = next
  }
  return node
}

/** The keys of the object that a schema path ".../additionalProperties" belongs to. */
function knownKeys(schema: TSchema, schemaPath: string): string {
  return Object.keys((schemaAt(schema, schemaPath) as { properties: object }).properties).join(', ')
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
