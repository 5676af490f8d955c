import { nanos, type Nanos } from '../../../src/base/time.js'
import { type Command } from '../../../src/exchange/command.js'
import { type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { instrumentNo } from '../../../src/exchange/units.js'
import { Invariants } from './invariants.js'
import { observedExchange, type ObservedExchange } from './observed-exchange.js'
import { commandsOf, submit, tell, timesOf, type Scenario, type Step, type Untimed } from './step.js'

/** Where two exchanges part, or where one breaks an invariant. */
export interface Difference {
  /** Index of the step; the number of steps for what shows only when everything under way has arrived. */
  readonly step: number
  readonly what: string
  readonly expected: string
  readonly actual: string
}

type Fault = Omit<Difference, 'step'>

/** Runs a scenario on both. @returns the first difference, or undefined where there is none. */
export function differenceBetween(
  reference: ExchangeFactory,
  candidate: ExchangeFactory,
  scenario: Scenario
): Difference | undefined {
  const expected = observedExchange(reference, scenario)
  const actual = observedExchange(candidate, scenario)
  const invariants = new Invariants(scenario, actual)
  const times = timesOf(scenario)
  const after = (step: number, act: (observed: ObservedExchange) => void): Difference | undefined => {
    const fault =
      thrownBy('reference', () => act(expected)) ??
      thrownBy('candidate', () => act(actual)) ??
      firstDifference(expected, actual) ??
      invariants.fault()
    return fault && { step, ...fault }
  }
  for (const [i, step] of scenario.steps.entries()) {
    const commands = commandsOf(step, i, expected.exchange.workingOrders())
    const difference = after(i, (observed) => {
      perform(observed, step, commands, times[i], observed === actual ? invariants : undefined)
    })
    if (difference) return difference
  }
  const end = nanos((times.at(-1) ?? 0) + 1000)
  return (
    after(scenario.steps.length, ({ exchange }) => exchange.advance(end)) ??
    withStep(scenario.steps.length, invariants.faultAtEnd())
  )
}

/** The hash of the state that a scenario leads to. */
export function stateHashAfter(factory: ExchangeFactory, scenario: Scenario): string {
  const observed = observedExchange(factory, scenario)
  const times = timesOf(scenario)
  for (const [i, step] of scenario.steps.entries()) {
    perform(observed, step, commandsOf(step, i, observed.exchange.workingOrders()), times[i], undefined)
  }
  return observed.exchange.stateHash()
}

function perform(
  { exchange }: ObservedExchange,
  step: Step,
  commands: readonly Untimed<Command>[],
  time: Nanos,
  invariants: Invariants | undefined
): void {
  if (step.kind === 'advance') exchange.advance(time)
  for (const command of commands) {
    invariants?.beforeCommand(command)
    submit(exchange, time, command)
    invariants?.afterCommand(command)
  }
  if (step.kind !== 'event') return
  const no = instrumentNo(step.instrument)
  invariants?.beforeEvent(no)
  for (const fact of step.facts) {
    tell(exchange, time, no, fact)
    invariants?.afterFact(no, fact)
  }
  exchange.eventEnd(time, no)
  invariants?.afterEvent(no)
}

function thrownBy(who: string, act: () => void): Fault | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return {
      what: `thrown by the ${who}`,
      expected: 'nothing',
      actual: error instanceof Error ? `${error.stack}` : `${error}`
    }
  }
}

function firstDifference(expected: ObservedExchange, actual: ObservedExchange): Fault | undefined {
  const [expectedHeard, actualHeard] = [expected.heard(), actual.heard()]
  for (let i = 0; i < Math.max(expectedHeard.length, actualHeard.length); i++) {
    if (expectedHeard[i] === actualHeard[i]) continue
    return { what: 'told', expected: expectedHeard[i] ?? 'nothing more', actual: actualHeard[i] ?? 'nothing more' }
  }
  const [expectedShown, actualShown] = [expected.shown(), actual.shown()]
  for (const [what, value] of Object.entries(expectedShown)) {
    if (value !== actualShown[what]) return { what, expected: value, actual: actualShown[what] }
  }
  return undefined
}

function withStep(step: number, fault: Fault | undefined): Difference | undefined {
  return fault && { step, ...fault }
}
