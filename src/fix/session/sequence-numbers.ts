import { type Nanos } from '../../base/time.js'
import { type FixMessage } from '../wire/fix-message.js'
import { type MessageStore } from './message-store.js'
import { type SessionId } from './session-settings.js'

/** The two next numbers of a session, kept in step with its message store. */
export class SequenceNumbers {
  readonly store: MessageStore
  readonly no: number
  #nextSender: number
  #nextTarget: number

  constructor(store: MessageStore, id: SessionId) {
    const { no, nextSenderMsgSeqNum, nextTargetMsgSeqNum } = store.open(id)
    this.store = store
    this.no = no
    this.#nextSender = nextSenderMsgSeqNum
    this.#nextTarget = nextTargetMsgSeqNum
  }

  /** The number of our next message. */
  get nextSender(): number {
    return this.#nextSender
  }

  /** The number that the peer's next message is expected to have. */
  get nextTarget(): number {
    return this.#nextTarget
  }

  /** Takes the peer's message that has the expected number. */
  received({ bytes, start, end }: FixMessage): void {
    this.store.received(this.no, this.#nextTarget++, bytes, start, end)
  }

  /** Records bytes of the peer that move no number. */
  notedIn(bytes: Buffer, from: number, to: number): void {
    this.store.noted(this.no, 'in', bytes, from, to)
  }

  /** Records bytes of ours that move no number. */
  notedOut(bytes: Buffer, from: number, to: number): void {
    this.store.noted(this.no, 'out', bytes, from, to)
  }

  /** Records our message that has the next number. */
  sent(bytes: Buffer, from: number, to: number): void {
    this.store.sent(this.no, this.#nextSender++, bytes, from, to)
  }

  set(nextSender: number, nextTarget: number): void {
    this.#nextSender = nextSender
    this.#nextTarget = nextTarget
    this.store.setNumbers(this.no, nextSender, nextTarget)
  }

  reset(at: Nanos): void {
    this.#nextSender = 1
    this.#nextTarget = 1
    this.store.reset(this.no, at)
  }
}
