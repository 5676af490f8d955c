import { describe, expect, it } from 'vitest'
import { nanos } from '../../src/base/time.js'
import { differenceBetween, stateHashAfter } from './differential/compare.js'
import { generateScenario } from './differential/generate.js'
import { minimize } from './differential/minimize.js'
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

  it('agree on a long day under latency', () => {
    const scenario = generateScenario(7, 1500)
    const latency = { kind: 'constant', inbound: nanos(90), outbound: nanos(40) } as const
    expectSame({ ...scenario, models: { ...scenario.models, latency } })
  })

  it('end in the same state when run again, and in another after another day', () => {
    for (const { factory } of [referenceExchange, matchingExchange]) {
      const hashes = [1, 1, 2, 2].map((seed) => stateHashAfter(factory, generateScenario(seed, 150)))
      expect(hashes[0]).toBe(hashes[1])
      expect(hashes[2]).toBe(hashes[3])
      expect(hashes[0]).not.toBe(hashes[2])
    }
  })
})
