/**
 * The facts a tape tells, in the words of its `action` column. Each is one call of the exchange's `MarketSink`; `hidden`
 * is its `hiddenTrade`. The position in this list is the action's code in a decoded batch.
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
  'clear'
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

/** Bit 0 of the `flags` column: the row is the last of the vendor's event. */
export const EVENT_END = 1
