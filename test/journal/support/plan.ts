import { seededRandom } from '../../../src/base/random.js'
import { nanos } from '../../../src/base/time.js'
import type { Journal } from '../../../src/journal/journal.js'
import { receive, send } from './messages.js'

/** Numbers and messages of one session as they must be after a number of planned turns. */
export interface PlannedState {
  nextSender: number
  nextTarget: number
  readonly sent: Map<number, string>
}

/**
 * What a journal goes through in a test of crashes: every turn follows from its number alone, so that the whole state is
 * known from the number of turns that survived. The first turn only opens the session. Mostly small turns, now and then a large one, a reset, a number set.
 */
export function plannedTurn(turn: number, state: PlannedState, journal?: Journal): void {
  const random = seededRandom(turn, 'planned turn')
  const large = random.below(20) === 0
  for (let i = 1 + random.below(5); i > 0; i--) {
    const text = `turn ${turn} message ${i} ${'x'.repeat(large ? 20_000 : 200)}`
    if (journal) send(journal, 0, state.nextSender, text)
    state.sent.set(state.nextSender++, text)
  }
  if (journal) receive(journal, 0, state.nextTarget)
  state.nextTarget++
  if (random.below(50) === 0) {
    journal?.reset(0, nanos(turn))
    state.sent.clear()
    state.nextSender = state.nextTarget = 1
  } else if (random.below(50) === 0) {
    const back = Math.max(1, state.nextSender - 3)
    journal?.setNumbers(0, back, state.nextTarget)
    for (const seq of state.sent.keys()) if (seq >= back) state.sent.delete(seq)
    state.nextSender = back
  }
}

export function stateAfter(turns: number): PlannedState {
  const state: PlannedState = { nextSender: 1, nextTarget: 1, sent: new Map() }
  for (let turn = 2; turn <= turns; turn++) plannedTurn(turn, state)
  return state
}
