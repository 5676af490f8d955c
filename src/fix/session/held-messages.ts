import { type FixMessage } from '../wire/fix-message.js'

/** Bytes that may wait for a gap to close. What finds no room is not lost: the resend that was asked for brings it again. */
const LIMIT = 8_388_608

/** A message that came before its turn. */
export interface HeldMessage {
  readonly bytes: Buffer
  /** It was obeyed when it came (a Logon, a ResendRequest): only its number is still to be taken. */
  readonly obeyed: boolean
}

/** Messages that wait for those before them, by number. */
export class HeldMessages {
  readonly #held = new Map<number, HeldMessage>()
  #size = 0

  clear(): void {
    this.#held.clear()
    this.#size = 0
  }

  /** Keeps a copy; the first one of a number stays. False where there is no room. */
  hold({ msgSeqNum, bytes, start, end }: FixMessage, obeyed: boolean): boolean {
    if (this.#held.has(msgSeqNum)) return true
    if (this.#size + end - start > LIMIT) return false
    this.#held.set(msgSeqNum, { bytes: Buffer.from(bytes.subarray(start, end)), obeyed })
    this.#size += end - start
    return true
  }

  /** Takes out the message of a number. */
  take(msgSeqNum: number): HeldMessage | undefined {
    const message = this.#held.get(msgSeqNum)
    if (message === undefined) return undefined
    this.#held.delete(msgSeqNum)
    this.#size -= message.bytes.length
    return message
  }

  /** Forgets what lies below the expected number. */
  dropBelow(expected: number): void {
    for (const msgSeqNum of this.#held.keys()) if (msgSeqNum < expected) this.take(msgSeqNum)
  }
}
