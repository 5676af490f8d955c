import { nanos, type Nanos } from '../../base/time.js'
import { type MessageStore, type SessionNumbers } from './message-store.js'
import { sessionName, type SessionId } from './session-settings.js'

interface StoredSession {
  readonly no: number
  nextSender: number
  nextTarget: number
  createdAt: Nanos
  readonly sent: Map<number, Buffer>
}

/** A message store that lasts as long as the process: for clients whose counterparty keeps the record, and for tests. */
export class MemoryStore implements MessageStore {
  readonly #sessions: StoredSession[] = []
  readonly #byName = new Map<string, StoredSession>()

  open(id: SessionId): SessionNumbers {
    const name = sessionName(id)
    let session = this.#byName.get(name)
    if (session === undefined) {
      session = { no: this.#sessions.length, nextSender: 1, nextTarget: 1, createdAt: nanos(0), sent: new Map() }
      this.#sessions.push(session)
      this.#byName.set(name, session)
    }
    const { no, nextSender, nextTarget, createdAt } = session
    return { no, nextSenderMsgSeqNum: nextSender, nextTargetMsgSeqNum: nextTarget, createdAt }
  }

  received(no: number, msgSeqNum: number): void {
    this.#sessions[no].nextTarget = msgSeqNum + 1
  }

  noted(): void {
    // Only a store with a message log keeps these.
  }

  sent(no: number, msgSeqNum: number, bytes: Buffer, from: number, to: number): void {
    const session = this.#sessions[no]
    session.sent.set(msgSeqNum, Buffer.from(bytes.subarray(from, to)))
    session.nextSender = msgSeqNum + 1
  }

  setNumbers(no: number, nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void {
    this.#sessions[no].nextSender = nextSenderMsgSeqNum
    this.#sessions[no].nextTarget = nextTargetMsgSeqNum
  }

  reset(no: number, at: Nanos): void {
    const session = this.#sessions[no]
    session.nextSender = session.nextTarget = 1
    session.createdAt = at
    session.sent.clear()
  }

  forEachSent(no: number, first: number, last: number, visit: (msgSeqNum: number, bytes: Buffer) => void): void {
    const { sent, nextSender } = this.#sessions[no]
    for (let n = first; n <= Math.min(last, nextSender - 1); n++) {
      const bytes = sent.get(n)
      if (bytes !== undefined) visit(n, bytes)
    }
  }
}
