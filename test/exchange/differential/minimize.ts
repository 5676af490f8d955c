import { nanos } from '../../../src/base/time.js'
import { type Scenario, type Step } from './step.js'

/**
 * The smallest scenario it can find that still fails: leaves out steps, then facts, then waits, latency and models, as
 * long as something can go (delta debugging).
 */
export function minimize(scenario: Scenario, fails: (candidate: Scenario) => boolean): Scenario {
  let smallest = scenario
  const attempt = (candidate: Scenario): boolean => {
    if (!fails(candidate)) return false
    smallest = candidate
    return true
  }
  for (let before = ''; before !== JSON.stringify(smallest);) {
    before = JSON.stringify(smallest)
    withoutSteps(() => smallest, attempt)
    withoutFacts(() => smallest, attempt)
    withoutWaits(() => smallest, attempt)
    for (const models of simplerModels(smallest.models)) attempt({ ...smallest, models })
    for (const rules of simplerRules(smallest.rules)) attempt({ ...smallest, rules })
    attempt({ ...smallest, isHostile: false })
  }
  return smallest
}

type Attempt = (candidate: Scenario) => boolean

function withoutSteps(current: () => Scenario, attempt: Attempt): void {
  for (let size = Math.ceil(current().steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = current().steps.length - size; from >= 0; from -= size) {
      const steps = current().steps.filter((_, i) => i < from || i >= from + size)
      if (steps.length < current().steps.length) attempt({ ...current(), steps })
    }
  }
}

function withoutFacts(current: () => Scenario, attempt: Attempt): void {
  for (const [i, step] of current().steps.entries()) {
    if (step.kind !== 'event') continue
    for (let at = step.facts.length - 1; at >= 0; at--) {
      const now = current().steps[i]
      if (now.kind !== 'event') continue
      attempt(replaced(current(), i, { ...now, facts: now.facts.filter((_, n) => n !== at) }))
    }
  }
}

function withoutWaits(current: () => Scenario, attempt: Attempt): void {
  for (const [i, step] of current().steps.entries()) {
    if (step.wait > 0) attempt(replaced(current(), i, { ...step, wait: 0 }))
  }
}

function replaced(scenario: Scenario, at: number, step: Step): Scenario {
  return { ...scenario, steps: scenario.steps.map((other, i) => (i === at ? step : other)) }
}

function simplerModels(models: Scenario['models']): Scenario['models'][] {
  const { latency, queue, preset } = models
  const simpler: Scenario['models'][] = []
  const constant = (inbound: number, outbound: number): Scenario['models'] => ({
    ...models,
    latency: { kind: 'constant', inbound: nanos(inbound), outbound: nanos(outbound) }
  })
  if (latency.kind === 'drawn') simpler.push(constant(0, 0), constant(1, 2))
  else {
    if (latency.inbound > 0 && latency.outbound > 0) simpler.push(constant(0, 0))
    if (latency.inbound > 0) simpler.push(constant(0, latency.outbound))
    if (latency.outbound > 0) simpler.push(constant(latency.inbound, 0))
  }
  if (queue.kind !== 'riskAverse') simpler.push({ ...models, queue: { kind: 'riskAverse' } })
  if (models.fees) simpler.push({ ...models, fees: {} })
  if (preset === 'impact') simpler.push({ ...models, preset: 'consume+refill' })
  if (preset !== 'consume' && preset !== 'observer') simpler.push({ ...models, preset: 'consume' })
  if (preset !== 'observer') simpler.push({ ...models, preset: 'observer' })
  return simpler
}

function simplerRules(rules: Scenario['rules']): Scenario['rules'][] {
  return Object.keys(rules).map((left) => Object.fromEntries(Object.entries(rules).filter(([name]) => name !== left)))
}
