import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const root = resolve(repository, process.env.PAPERPIT_DATA ?? '../shared/data')
const told = new Set<string>()

/**
 * The path of a recording that the repository does not hold (third-party data): `sharedData('golden/GOOG_L10.json')`.
 * It lies under the directory that PAPERPIT_DATA names, else under `../shared/data` beside the repository.
 * @returns undefined where it is absent; the reason is then said once, and the test is to be skipped.
 */
export function sharedData(name: string): string | undefined {
  const path = join(root, name)
  if (existsSync(path)) return path
  if (!told.has(name)) {
    told.add(name)
    console.warn(`skipping tests: ${name} is not in ${root}; set PAPERPIT_DATA to the directory of the recordings`)
  }
  return undefined
}
