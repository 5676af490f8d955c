import { type FixMessage } from '../wire/fix-message.js'
import { type GarbledReason } from '../wire/framer.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { type Session } from './session.js'

/** Bytes that may wait behind a Logon for its verdict. A client that waits for the answer, as it should, needs none. */
const LIMIT = 1_048_576

/** What is done with the frames that waited. */
export interface FrameTaker {
  /** It takes nothing more. */
  readonly closing: boolean
  message(message: ParsedMessage): void
  garbled(bytes: Buffer, from: number, to: number, why: GarbledReason): void
}

interface WaitingFrame {
  readonly bytes: Buffer
  /** undefined for a sound message. */
  readonly why: GarbledReason | undefined
}

/**
 * A Logon whose password is being checked, off the event loop, and what the peer has sent behind it meanwhile. The
 * session is not bound to the connection yet: who has no password keeps nobody out.
 */
export class PendingLogon {
  readonly session: Session
  readonly logon: Buffer
  /** The peer has said that nothing more comes. */
  ended = false
  readonly #waiting: WaitingFrame[] = []
  #size = 0

  constructor(session: Session, { bytes, start, end }: FixMessage) {
    this.session = session
    this.logon = Buffer.from(bytes.subarray(start, end))
  }

  /** Keeps a copy of what came; false where there is no room. */
  hold(bytes: Buffer, from: number, to: number, why?: GarbledReason): boolean {
    this.#size += to - from
    if (this.#size > LIMIT) return false
    this.#waiting.push({ bytes: Buffer.from(bytes.subarray(from, to)), why })
    return true
  }

  /** Hands on what waited, in order. @param message what it is read with */
  replay(message: ParsedMessage, taker: FrameTaker): void {
    for (const { bytes, why } of this.#waiting.splice(0)) {
      if (taker.closing) return
      if (why !== undefined) taker.garbled(bytes, 0, bytes.length, why)
      else if (message.read(bytes, 0, bytes.length)) taker.message(message)
      else taker.garbled(bytes, 0, bytes.length, 'a tag is no number')
    }
  }
}
