import { nanos, type Nanos } from '../../../src/base/time.js'
import { type MessageStore, type SessionNumbers } from '../../../src/fix/session/message-store.js'

/** What is kept for resends: a run of millions must not measure its store. */
const KEPT = 64

/** The store of one session, which keeps its latest messages only and demands that its numbers have no hole. */
export class ShortStore implements MessageStore {
  #nextSender = 1
  #nextTarget = 1
  #createdAt = nanos(0)
  readonly #sent = new Map<number, Buffer>()
  readonly #stored: (text: string) => void

  /** @param stored is told every new message */
  constructor(stored: (text: string) => void) {
    this.#stored = stored
  }

  open(): SessionNumbers {
    return {
      no: 0,
      nextSenderMsgSeqNum: this.#nextSender,
      nextTargetMsgSeqNum: this.#nextTarget,
      createdAt: this.#createdAt
    }
  }

  received(_no: number, msgSeqNum: number): void {
    if (msgSeqNum !== this.#nextTarget)
      throw new Error(`message ${msgSeqNum} was taken where ${this.#nextTarget} follows`)
    this.#nextTarget = msgSeqNum + 1
  }

  noted(): void {
    // Nothing is asked of these.
  }

  sent(_no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    if (msgSeqNum !== this.#nextSender)
      throw new Error(`number ${msgSeqNum} was given where ${this.#nextSender} follows`)
    this.#nextSender = msgSeqNum + 1
    this.#sent.set(msgSeqNum, Buffer.from(bytes.subarray(from, to)))
    this.#sent.delete(msgSeqNum - KEPT)
    this.#stored(bytes.toString('latin1', from, to))
  }

  setNumbers(_no: number, nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void {
    this.#nextSender = nextSenderMsgSeqNum
    this.#nextTarget = nextTargetMsgSeqNum
  }

  reset(_no: number, at: Nanos): void {
    this.#nextSender = this.#nextTarget = 1
    this.#createdAt = at
    this.#sent.clear()
  }

  forEachSent(_no: number, first: number, last: number, visit: (msgSeqNum: number, bytes: Buffer) => void): void {
    for (const [msgSeqNum, bytes] of this.#sent) if (msgSeqNum >= first && msgSeqNum <= last) visit(msgSeqNum, bytes)
  }
}
