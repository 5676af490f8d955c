import { type Instrument } from '../../exchange/instrument.js'
import { type Exact } from '../exact.js'

/** A fill as a fee schedule sees it, in the instrument's units. */
export interface FeeInput {
  readonly instrument: Instrument
  readonly price: number
  readonly qty: number
  readonly added: boolean
}

/** The explicit fee of one fill in price units x quantity units; positive is paid, negative a rebate. Must be whole. */
export type FeeSchedule = (fill: FeeInput) => Exact
