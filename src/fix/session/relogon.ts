import { type Nanos } from '../../base/time.js'
import { type ParsedMessage } from '../wire/parsed-message.js'

/** Logons inside a running session. */
export interface RelogonHandler {
  /** A Logon in sequence: the peer wants another HeartBtInt. */
  relogon(message: ParsedMessage): void
  /** A Logon with 141=Y: both numbers back to 1, or the answer to such a Logon of ours. True when it was handled. */
  resetByPeer(message: ParsedMessage, now: Nanos): boolean
}
