import { MsgType } from './msg-type.js'
import { type Outbox } from './outbox.js'
import { type SequenceNumbers } from './sequence-numbers.js'

/** Bytes on their way to the peer above which a resend pauses: what is resent lies in the store, not in memory. */
const PAUSE_ABOVE = 1_048_576
/** Stored messages read at once, at most. */
const CHUNK = 256
/** What a message is taken to need before one was read, in bytes. */
const USUAL_SIZE = 4096

const SOH = 1
/** Session messages are replaced by a GapFill; a Reject is resent (FIX 4.4 vol. 2, "ResendRequest"). */
const NOT_RESENT: ReadonlySet<string> = new Set([
  MsgType.Heartbeat,
  MsgType.TestRequest,
  MsgType.ResendRequest,
  MsgType.SequenceReset,
  MsgType.Logout,
  MsgType.Logon
])

/** MsgType (35) of a stored message: the third field. */
function msgTypeOf(stored: Buffer): string {
  const from = stored.indexOf(SOH, stored.indexOf(SOH) + 1) + 4
  return stored.toString('latin1', from, stored.indexOf(SOH, from))
}

/**
 * Answers the peer's ResendRequests. A long answer pauses while the peer has much to read and goes on with {@link pump};
 * messages that are new meanwhile wait in the store, and the answer goes on until it has caught up with them.
 */
export class ResendAnswer {
  readonly #outbox: Outbox
  readonly #numbers: SequenceNumbers
  /** Next number to answer; 0 while nothing is asked for. */
  #next = 0
  #last = 0
  /** First number of the run that a GapFill replaces, or 0. */
  #fillFrom = 0
  /** Size of the largest message resent so far: how many fit below the limit is judged by it. */
  #largest = USUAL_SIZE
  readonly #pauseAbove: number

  /** @param maxOutboundBytes above which the peer counts as a slow reader; a resend stays well below */
  constructor(outbox: Outbox, numbers: SequenceNumbers, maxOutboundBytes: number) {
    this.#outbox = outbox
    this.#numbers = numbers
    this.#pauseAbove = Math.min(PAUSE_ABOVE, maxOutboundBytes / 2)
  }

  get active(): boolean {
    return this.#next > 0
  }

  /** Resends `first` to `last`, both sent before. A request that comes while one is answered begins anew. */
  answer(first: number, last: number): void {
    this.#last = this.active ? Math.max(last, this.#last) : last
    this.#next = first
    this.#fillFrom = 0
    this.pump()
  }

  /** Goes on as far as the peer reads. */
  pump(): void {
    if (!this.active) return
    for (let room = this.#room(); this.#next <= this.#last && room > 0; room = this.#room())
      this.#chunk(Math.min(this.#next + room - 1, this.#last))
    if (this.#next <= this.#last) {
      this.#outbox.deferring = true
      return
    }
    if (this.#outbox.deferring) {
      this.#last = this.#numbers.nextSender - 1
      if (this.#next <= this.#last) return this.pump()
    }
    this.#fill(this.#next)
    this.abort()
  }

  abort(): void {
    this.#next = 0
    this.#outbox.deferring = false
  }

  #chunk(last: number): void {
    this.#numbers.store.forEachSent(this.#numbers.no, this.#next, last, (msgSeqNum, bytes) => {
      if (NOT_RESENT.has(msgTypeOf(bytes))) return this.#skip(msgSeqNum)
      if (msgSeqNum > this.#next) this.#skip(msgSeqNum - 1)
      this.#fill(msgSeqNum)
      this.#outbox.resend(bytes)
      this.#largest = Math.max(this.#largest, bytes.length)
      this.#next = msgSeqNum + 1
    })
    if (this.#next <= last) this.#skip(last)
  }

  /** Numbers up to `last` hold nothing to resend. */
  #skip(last: number): void {
    if (this.#fillFrom === 0) this.#fillFrom = this.#next
    this.#next = last + 1
  }

  /** Closes the run of numbers with nothing to resend, in front of `newSeqNo`. */
  #fill(newSeqNo: number): void {
    if (this.#fillFrom > 0) this.#outbox.gapFill(this.#fillFrom, newSeqNo)
    this.#fillFrom = 0
  }

  /** How many messages may follow now. */
  #room(): number {
    const underway = this.#outbox.length + (this.#outbox.link?.pendingBytes ?? 0)
    const room = Math.min(CHUNK, Math.floor((this.#pauseAbove - underway) / this.#largest))
    return underway === 0 ? Math.max(room, 1) : room
  }
}
