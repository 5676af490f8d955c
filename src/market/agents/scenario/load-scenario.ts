import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../../base/user-error.js'
import { parseScenario } from './parse-scenario.js'
import type { Scenario } from './scenario.js'

/** Where the scenarios are that come with the venue. */
const OWN = fileURLToPath(new URL('../../../../config/scenarios', import.meta.url))

/** A scenario with the text that it was read from, which makes it the same again. */
export interface LoadedScenario {
  readonly scenario: Scenario
  readonly text: string
}

/** Names of the scenarios that come with the venue. */
export function scenarioNames(): readonly string[] {
  return readdirSync(OWN)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort()
}

/**
 * Reads a scenario.
 * @param given the name of one that comes with the venue, or a file
 * @throws UserError where there is none, or the file is wrong (file:line:column)
 */
export function loadScenario(given: string): LoadedScenario {
  const known = /^[\w-]+$/.test(given)
  const own = join(OWN, `${given}.yaml`)
  const file = known && existsSync(own) ? own : given
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (known) {
      throw new UserError(`scenario "${given}": expected a file, or one of ${scenarioNames().join(', ')}`, undefined, {
        cause
      })
    }
    throw new UserError(`cannot be read: ${(cause as Error).message}`, { file }, { cause })
  }
  const name = basename(file).replace(/\.ya?ml$/, '')
  return { scenario: parseScenario(text, file, name), text }
}
