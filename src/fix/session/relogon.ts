import { type Nanos } from '../../base/time.js'
import { type ParsedMessage } from '../wire/parsed-message.js'

/** What becomes of a Logon: `tooHigh` is accepted, with messages missing in front of it. */
export type LogonVerdict = 'accepted' | 'tooHigh' | 'tooLow' | 'possibleDuplicate'

/** Logons inside a running session. */
export interface RelogonHandler {
  /** A Logon in sequence: the peer wants another HeartBtInt. Returns the text of the Logout that refuses it, if any. */
  relogon(message: ParsedMessage): string | undefined
  /** The text of the Logout that refuses a Logon with 141=Y for what it asks, or undefined. */
  resetRefusal(message: ParsedMessage): string | undefined
  /** A Logon with 141=Y: both numbers back to 1, or the answer to such a Logon of ours. Undefined for a faulty one. */
  resetByPeer(message: ParsedMessage, now: Nanos): LogonVerdict | undefined
}
