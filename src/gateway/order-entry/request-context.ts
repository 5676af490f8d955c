import type { Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { Refusal } from '../../exchange/refusal.js'
import type { SessionNo } from '../../exchange/units.js'

/** What a mapping of a request needs besides the message. */
export interface RequestContext {
  /** Venue time of this turn. */
  readonly time: Nanos
  readonly session: SessionNo
  instrumentOf(symbol: string): Instrument | undefined
  /** Why an instrument takes no new terms at this time (its market data is not to be trusted), or undefined. Cancels are always taken. */
  haltOf(instrument: Instrument): Refusal | undefined
}
