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
  const latency = (inbound: number, outbound: number): Scenario['models'] =>
    ({ ...models, latency: { kind: 'constant', inbound, outbound } }) as Scenario['models']
  const simpler: Scenario['models'][] = []
  if (models.latency.inbound > 0 && models.latency.outbound > 0) simpler.push(latency(0, 0))
  if (models.latency.inbound > 0) simpler.push(latency(0, models.latency.outbound))
  if (models.latency.outbound > 0) simpler.push(latency(models.latency.inbound, 0))
  if (models.queue.kind !== 'riskAverse') simpler.push({ ...models, queue: { kind: 'riskAverse' } })
  if (models.preset !== 'observer') simpler.push({ ...models, preset: 'observer' })
  return simpler
}
