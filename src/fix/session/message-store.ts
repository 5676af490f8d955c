import type { Nanos } from '../../base/time.js'
import type { SessionId } from './session-settings.js'

/** The next numbers of a session: ours to send and the peer's that is expected. */
export interface SessionNumbers {
  readonly no: number
  readonly nextSenderMsgSeqNum: number
  readonly nextTargetMsgSeqNum: number
  /** Wall time of the last reset. */
  readonly createdAt: Nanos
}

/**
 * Where numbers and messages survive. What is recorded in a turn is durable before anything of the turn is sent: the
 * store commits at the end of the turn, and the transport flushes behind that. Bytes are `bytes[from, to)` and are
 * copied before the call returns.
 */
export interface MessageStore {
  /** Opens a session, new or known. */
  open(id: SessionId): SessionNumbers
  /** A message of the peer was taken: the next expected number is `msgSeqNum + 1`. */
  received(no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void
  /** Bytes that came and moved no number: garbled, possible duplicates, held, out of session. For the message log. */
  noted(no: number, direction: 'in' | 'out', bytes: Buffer, from: number, to: number): void
  /** A new message of ours: the next number to send is `msgSeqNum + 1`. */
  sent(no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void
  /** The numbers are set by a SequenceReset or an operator. */
  setNumbers(no: number, nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void
  /** Both numbers back to 1; earlier messages are never resent. */
  reset(no: number, at: Nanos): void
  /**
   * Our messages since the last reset with numbers from `first` to `last`, ascending, those of the running turn
   * included. Numbers without a stored message are left out. `bytes` is the message as first sent.
   */
  forEachSent(no: number, first: number, last: number, visit: (msgSeqNum: number, bytes: Buffer) => void): void
}
