import { type Nanos } from '../../base/time.js'
import { type FixMessage } from '../wire/fix-message.js'
import { type MessageStore } from './message-store.js'
import { masked, mayHoldSecrets } from './secrets.js'
import { type SessionId } from './session-settings.js'

/**
 * The two next numbers of a session, kept in step with its message store. What is recorded here holds no passwords: they
 * are masked on the way.
 */
export class SequenceNumbers {
  readonly store: MessageStore
  readonly no: number
  #nextSender: number
  #nextTarget: number
  #createdAt: Nanos

  constructor(store: MessageStore, id: SessionId) {
    const { no, nextSenderMsgSeqNum, nextTargetMsgSeqNum, createdAt } = store.open(id)
    this.store = store
    this.no = no
    this.#nextSender = nextSenderMsgSeqNum
    this.#nextTarget = nextTargetMsgSeqNum
    this.#createdAt = createdAt
  }

  /** The number of our next message. */
  get nextSender(): number {
    return this.#nextSender
  }

  /** The number that the peer's next message is expected to have. */
  get nextTarget(): number {
    return this.#nextTarget
  }

  /** Wall time of the last reset. */
  get createdAt(): Nanos {
    return this.#createdAt
  }

  /** Takes the peer's message that has the expected number. */
  received(message: FixMessage): void {
    const { bytes, start, end } = message
    const shown = mayHoldSecrets(message) ? masked(bytes, start, end) : undefined
    if (shown === undefined) this.store.received(this.no, this.#nextTarget++, bytes, start, end)
    else this.store.received(this.no, this.#nextTarget++, shown, 0, shown.length)
  }

  /** Records bytes of the peer that move no number. */
  notedIn(bytes: Buffer, from: number, to: number): void {
    const shown = masked(bytes, from, to)
    if (shown === undefined) this.store.noted(this.no, 'in', bytes, from, to)
    else this.store.noted(this.no, 'in', shown, 0, shown.length)
  }

  /** Records bytes of ours that move no number. */
  notedOut(bytes: Buffer, from: number, to: number): void {
    this.store.noted(this.no, 'out', bytes, from, to)
  }

  /** Records our message that has the next number. */
  sent(bytes: Buffer, from: number, to: number): void {
    this.store.sent(this.no, this.#nextSender++, bytes, from, to)
  }

  /** The same for a message that may hold a password: a Logon, which is never resent. */
  sentSecret(bytes: Buffer, from: number, to: number): void {
    const shown = masked(bytes, from, to)
    if (shown === undefined) this.sent(bytes, from, to)
    else this.sent(shown, 0, shown.length)
  }

  set(nextSender: number, nextTarget: number): void {
    this.#nextSender = nextSender
    this.#nextTarget = nextTarget
    this.store.setNumbers(this.no, nextSender, nextTarget)
  }

  reset(at: Nanos): void {
    this.#nextSender = 1
    this.#nextTarget = 1
    this.#createdAt = at
    this.store.reset(this.no, at)
  }
}
