import { describe, expect, it } from 'vitest'
import { differenceBetween } from './differential/compare.js'
import { generateScenario } from './differential/generate.js'
import { minimize } from './differential/minimize.js'
import { regressions } from './differential/regressions.js'
import { type Scenario } from './differential/step.js'
import { writeScenario } from './differential/write-scenario.js'
import { matchingExchange, referenceExchange } from './support/implementations.js'

const difference = (scenario: Scenario): ReturnType<typeof differenceBetween> =>
  differenceBetween(referenceExchange.factory, matchingExchange.factory, scenario)

/** Fails with the smallest sequence that shows the difference. */
function expectSame(scenario: Scenario): void {
  if (!difference(scenario)) return
  const smallest = minimize(scenario, (candidate) => difference(candidate) !== undefined)
  const found = difference(smallest)
  expect.fail(found ? writeScenario(smallest, found) : 'a difference that does not come again')
}

describe('the matching exchange and the reference exchange', () => {
  it.each(Array.from({ length: 12 }, (_, block) => block))('agree on random days, block %i', (block) => {
    for (let seed = block * 25; seed < (block + 1) * 25; seed++) expectSame(generateScenario(seed, 80))
  })

  it.each(regressions)('agree on what once differed: $what', ({ scenario }) => {
    expect(difference(scenario)).toBeUndefined()
  })

  it('end in the same state hash when run again', () => {
    const scenario = generateScenario(1, 200)
    for (const { factory } of [referenceExchange, matchingExchange]) {
      expect(differenceBetween(factory, factory, scenario)).toBeUndefined()
    }
  })
})
