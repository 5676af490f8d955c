import type { Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { SessionNo } from '../../exchange/units.js'

/** What a mapping of a request needs besides the message. */
export interface RequestContext {
  /** Venue time of this turn. */
  readonly time: Nanos
  readonly session: SessionNo
  instrumentOf(symbol: string): Instrument | undefined
}
