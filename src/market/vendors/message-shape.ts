/** A price level as vendors write it: decimals as text. Quantity 0 removes the level. */
export type LevelText = readonly [price: string, qty: string]

/** A JSON object of a vendor. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Characters that are told of what was found. */
const TOLD = 80

/** A message is not what its vendor documents. */
export class MalformedMessage extends Error {
  constructor(expected: string, found: unknown) {
    super(`expected ${expected}, got ${(JSON.stringify(beginning(found)) ?? 'nothing').slice(0, TOLD)}`)
    this.name = 'MalformedMessage'
  }
}

/** So much of a value as can be told: what was found may be megabytes. */
function beginning(found: unknown): unknown {
  return typeof found === 'string' || Array.isArray(found) ? found.slice(0, TOLD) : found
}

/** @throws MalformedMessage */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new MalformedMessage('JSON', text)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @throws MalformedMessage */
export function objectOf(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value
  throw new MalformedMessage(`${what} as an object`, value)
}

/** @throws MalformedMessage */
export function textOf(from: JsonObject, key: string): string {
  const value = from[key]
  if (typeof value === 'string' && value !== '') return value
  throw new MalformedMessage(`${key} as text`, value)
}

/** @throws MalformedMessage where it is no safe integer. */
export function integerOf(from: JsonObject, key: string): number {
  const value = from[key]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new MalformedMessage(`${key} as a whole number`, value)
}

/** @throws MalformedMessage */
export function numberOf(from: JsonObject, key: string): number {
  const value = from[key]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new MalformedMessage(`${key} as a number`, value)
}

/** @throws MalformedMessage */
export function listOf(from: JsonObject, key: string): readonly unknown[] {
  const value = from[key]
  if (Array.isArray(value)) return value
  throw new MalformedMessage(`${key} as a list`, value)
}

/** `[["61800.20", "2.909"], …]`; what stands behind the quantity is ignored. @throws MalformedMessage */
export function levelsOf(from: JsonObject, key: string): readonly LevelText[] {
  const levels = listOf(from, key)
  for (const level of levels) {
    if (!Array.isArray(level) || typeof level[0] !== 'string' || typeof level[1] !== 'string') {
      throw new MalformedMessage(`${key} as [price, quantity] in text`, level)
    }
  }
  return levels as readonly LevelText[]
}
