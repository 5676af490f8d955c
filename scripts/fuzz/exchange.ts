import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { differenceBetween } from '../../test/exchange/differential/compare.js'
import { generateScenario } from '../../test/exchange/differential/generate.js'
import { minimize } from '../../test/exchange/differential/minimize.js'
import { type Scenario } from '../../test/exchange/differential/step.js'
import { writeScenario } from '../../test/exchange/differential/write-scenario.js'
import { matchingExchange, referenceExchange } from '../../test/exchange/support/implementations.js'

/**
 * Runs random days on the matching exchange and the reference exchange until they differ or the time is over, and prints
 * the smallest sequence that shows a difference. The seed is counted up; a run from the same seed finds the same.
 *
 *   npm run fuzz:exchange -- --seed 1 --seconds 60 --length 120
 *   npm run fuzz:exchange -- --days 1000000 --length 20 --seconds Infinity      a million sequences of 20 steps
 *   npm run fuzz:exchange -- --again failing.json      the line of JSON that a run printed
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '30' },
    length: { type: 'string', default: '120' },
    /** How many days to run, where that is less than the time allows. */
    days: { type: 'string', default: 'Infinity' },
    /** Go on after a difference; different causes are told apart by what differs. */
    all: { type: 'boolean', default: false },
    again: { type: 'string' }
  }
})

const difference = (scenario: Scenario): ReturnType<typeof differenceBetween> =>
  differenceBetween(referenceExchange.factory, matchingExchange.factory, scenario)

/** Differences of one cause have one name, as far as their looks tell: what differs, and the kinds of events that do. */
function causeOf(found: ReturnType<typeof difference>): string | undefined {
  if (!found) return undefined
  const kind = (told: string): string =>
    [...told.matchAll(/"(?:kind|code|cause|reason)":"(\w+)"/g)].map(([, name]) => name).join(' ')
  return found.what === 'told' ? `told ${kind(found.expected)} / ${kind(found.actual)}` : found.what
}

if (values.again !== undefined) {
  const scenario = JSON.parse(readFileSync(values.again, 'utf8')) as Scenario
  const found = difference(scenario)
  console.log(found ? writeScenario(scenario, found) : 'no difference')
  process.exit(found ? 1 : 0)
}

const first = Number(values.seed)
const end = performance.now() + Number(values.seconds) * 1000
const found = new Set<string>()
let days = 0
let events = 0
for (let seed = first; days < Number(values.days) && performance.now() < end; seed++) {
  const scenario = generateScenario(seed, Number(values.length))
  days++
  events += scenario.steps.length
  const what = causeOf(difference(scenario))
  if (what === undefined || found.has(what)) continue
  found.add(what)
  const smallest = minimize(scenario, (candidate) => causeOf(difference(candidate)) === what)
  const shown = difference(smallest)
  if (shown) console.log(`seed ${seed}\n${writeScenario(smallest, shown)}\n`)
  if (!values.all) break
}
console.log(`${days} days, ${events} steps, seeds ${first} to ${first + days - 1}: ${found.size} differences`)
process.exitCode = found.size === 0 ? 0 : 1
