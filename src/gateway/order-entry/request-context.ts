import type { EpochSeconds, Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { SelfMatch } from '../../exchange/order-qualifiers.js'
import type { Refusal } from '../../exchange/refusal.js'
import type { SessionNo } from '../../exchange/units.js'

/** What a mapping of a request needs besides the message. */
export interface RequestContext {
  /** Venue time of this turn. */
  readonly time: Nanos
  readonly session: SessionNo
  /** What the venue's times are counted from. */
  readonly epoch: EpochSeconds
  /** What keeps the session's orders from trading with each other, where it is not the exchange's own rule. */
  readonly selfMatch: SelfMatch | undefined
  instrumentOf(symbol: string): Instrument | undefined
  /** Why an instrument takes no new terms at this time (its market data is not to be trusted), or undefined. Cancels are always taken. */
  haltOf(instrument: Instrument): Refusal | undefined
}
