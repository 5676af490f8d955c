import { PHASES, type Phase } from '../../exchange/phase.js'

/**
 * The facts a tape tells, in the words of its `action` column. Each is one call of a `TapeSink`; `hidden` is its `hiddenTrade`,
 * and the phases of the trading day (since version 2) are its `enterPhase`. The position in this list is the action's code in a
 * decoded batch.
 */
export const TAPE_ACTIONS = [
  'add',
  'reduce',
  'remove',
  'modify',
  'execute',
  'level',
  'quote',
  'trade',
  'hidden',
  'clear',
  ...PHASES
] as const

export type TapeAction = (typeof TAPE_ACTIONS)[number]

export const ADD = 0
export const REDUCE = 1
export const REMOVE = 2
export const MODIFY = 3
export const EXECUTE = 4
export const LEVEL = 5
export const QUOTE = 6
export const TRADE = 7
export const HIDDEN = 8
export const CLEAR = 9
/** The code of the first phase; the others follow in the order of `PHASES`. */
const FIRST_PHASE = 10

export const codeOfPhase = (phase: Phase): number => FIRST_PHASE + PHASES.indexOf(phase)

/** The phase that an action begins; undefined for actions that begin none. */
export const phaseOfCode = (action: number): Phase | undefined =>
  action < FIRST_PHASE ? undefined : PHASES[action - FIRST_PHASE]

/** Bit 0 of the `flags` column: the row is the last of the vendor's event. */
export const EVENT_END = 1
