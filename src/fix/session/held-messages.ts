import { type FixMessage } from '../wire/fix-message.js'
import { HeldBudget } from './held-budget.js'

/** Bytes that may wait for a gap to close. What finds no room is not lost: the resend that was asked for brings it again. */
const LIMIT = 8_388_608
/** What a held message costs besides its bytes, about: a flood of small ones must not cost a multiple of the limit. */
const OVERHEAD = 176

/** A message that came before its turn. */
export interface HeldMessage {
  readonly bytes: Buffer
  /** It was obeyed when it came (a Logon, a ResendRequest): only its number is still to be taken. */
  readonly obeyed: boolean
}

/** Messages that wait for those before them, by number. */
export class HeldMessages {
  readonly #held = new Map<number, HeldMessage>()
  readonly #budget: HeldBudget
  #size = 0
  /** Nothing is held below this number. */
  #floor = 0

  /** @param budget shared with the other sessions of the engine */
  constructor(budget: HeldBudget = new HeldBudget()) {
    this.#budget = budget
  }

  clear(): void {
    this.#held.clear()
    this.#budget.giveBack(this.#size)
    this.#size = 0
    this.#floor = 0
  }

  /** Keeps a copy; the first one of a number stays. False where there is no room. */
  hold({ msgSeqNum, bytes, start, end }: FixMessage, obeyed: boolean): boolean {
    if (this.#held.has(msgSeqNum)) return true
    const cost = end - start + OVERHEAD
    if (this.#size + cost > LIMIT || !this.#budget.take(cost)) return false
    this.#held.set(msgSeqNum, { bytes: Buffer.from(bytes.subarray(start, end)), obeyed })
    this.#size += cost
    if (msgSeqNum < this.#floor) this.#floor = msgSeqNum
    return true
  }

  /** Takes out the message of a number. */
  take(msgSeqNum: number): HeldMessage | undefined {
    const message = this.#held.get(msgSeqNum)
    if (message === undefined) return undefined
    this.#held.delete(msgSeqNum)
    const cost = message.bytes.length + OVERHEAD
    this.#size -= cost
    this.#budget.giveBack(cost)
    return message
  }

  /**
   * Forgets what lies below the expected number. It is called for every message while a gap is open, so it looks at the
   * numbers that were passed since, and at all that is held only where those are more.
   */
  dropBelow(expected: number): void {
    if (expected - this.#floor > this.#held.size) {
      for (const msgSeqNum of this.#held.keys()) if (msgSeqNum < expected) this.take(msgSeqNum)
    } else for (let msgSeqNum = this.#floor; msgSeqNum < expected; msgSeqNum++) this.take(msgSeqNum)
    this.#floor = expected
  }
}
