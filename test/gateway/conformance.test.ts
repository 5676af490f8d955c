import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { runScenario } from '../fix/session/run-script.js'
import { readScript } from '../fix/session/script.js'
import { VENUE_STAGE } from './venue-stage.js'

const directory = join(import.meta.dirname, 'scripts')

for (const file of readdirSync(directory)
  .filter((name) => name.endsWith('.fix'))
  .sort()) {
  describe(file, () => {
    for (const scenario of readScript(join(directory, file)))
      it(scenario.name, () => runScenario(scenario, VENUE_STAGE))
  })
}
