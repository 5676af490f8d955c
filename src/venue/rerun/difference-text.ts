import type { Difference, Told } from './first-difference.js'

/**
 * A difference in lines for people: what was recorded and what came instead, as JSON, and the first value in which they
 * part.
 */
export function differenceText({ behind, recorded, again }: Difference): string {
  const parts = recorded && again ? firstPart('', plain(recorded), plain(again)) : undefined
  return [
    `parts from the recording behind ${behind} events, quotes and prints that are the same${parts === undefined ? '' : `, first in ${parts}`}`,
    `  recorded  ${toldText(recorded)}`,
    `  again     ${toldText(again)}`
  ].join('\n')
}

function toldText(told: Told | undefined): string {
  return told === undefined ? 'nothing: it has ended' : JSON.stringify(plain(told))
}

/** The event itself, with bigints as text. */
function plain(told: Told): unknown {
  const bare = told.kind === 'event' ? told.event : told
  return JSON.parse(
    JSON.stringify(bare, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  ) as unknown
}

/** "terms.price" */
function firstPart(path: string, one: unknown, other: unknown): string | undefined {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other) ? undefined : path
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const part = firstPart(path === '' ? key : `${path}.${key}`, member(one, key), member(other, key))
    if (part !== undefined) return part
  }
  return undefined
}

function member(of: object, key: string): unknown {
  return (of as Readonly<Record<string, unknown>>)[key]
}
