import { type Difference } from './compare.js'
import { timesOf, type Scenario, type Step } from './step.js'

/** A failing scenario for people, and once more as data to keep among the regressions. */
export function writeScenario(scenario: Scenario, { step, what, expected, actual }: Difference): string {
  const { feeds, lotSize, rules, models, isHostile } = scenario
  const times = timesOf(scenario)
  return [
    `feeds ${feeds.join(', ')}; lot ${lotSize}; rules ${JSON.stringify(rules)}${isHostile ? '; hostile' : ''}`,
    `models ${JSON.stringify(models)}`,
    ...scenario.steps.map((each, i) => `${i === step ? '>' : ' '} ${i} at ${times[i]}: ${stepLine(each)}`),
    `differs in ${what}`,
    `  expected ${expected}`,
    `  actual   ${actual}`,
    JSON.stringify(scenario)
  ].join('\n')
}

function stepLine(step: Step): string {
  if (step.kind === 'advance' || step.kind === 'probe') return step.kind
  if (step.kind === 'event') {
    return `feed ${step.instrument}: ${step.facts.map(({ name, args }) => `${name}(${args.join(', ')})`).join(' ')}`
  }
  const { kind, ...rest } = step.command
  const fields = Object.entries(rest).filter(([, value]) => value !== undefined && JSON.stringify(value) !== '[]')
  const named = step.of === undefined ? '' : ` of the working order ${step.of}`
  return `${kind}${named} ${fields.map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' ')}`
}
