import { type SessionFacts } from '../../journal/journal.js'
import { type Fills } from './fills.js'
import { type Orders } from './orders.js'
import { type Prints } from './prints.js'
import { type Quotes } from './quotes.js'

/** What was refused: such requests never became orders, so they have no cost, only a count. */
export interface Refusals {
  /** New orders. */
  readonly orders: number
  readonly cancels: number
  readonly replaces: number
  /** Cancels and replaces among them that came when the order was already done: lost races. */
  readonly tooLate: number
}

/** A session's journal as typed columns, in memory: everything that an analysis asks of it. */
export interface Recording {
  readonly facts: SessionFacts
  /** FIX sessions by number. */
  readonly sessionNames: readonly string[]
  readonly orders: Orders
  readonly fills: Fills
  /** By instrument number. */
  readonly quotes: readonly Quotes[]
  readonly prints: readonly Prints[]
  readonly refusals: Refusals
  /** Venue time of the first and the last thing recorded; NaN where nothing was. */
  readonly start: number
  readonly end: number
}
