import { nanos, SECOND, type Nanos } from '../../base/time.js'

/** Without progress for this long, a resend is asked for again. */
const STALL = 10 * SECOND
/** How often a resend is asked for again before the session is given up. */
export const RESEND_ATTEMPTS = 3

/** What the open gap asks for: a ResendRequest from the expected number, or the end of the session. */
export type GapDemand = 'nothing' | 'resendRequest' | 'giveUp'

/**
 * The gap in the peer's numbers: when a resend is asked for. A ResendRequest asks for everything from the first missing
 * number on (EndSeqNo 0), so it covers all numbers that the peer had used before it handled the request; that is known to
 * have happened when the first missing message arrives. What is missing beyond those is a new gap.
 */
export class InboundGap {
  #open = false
  #highest = 0
  #covered = 0
  #answered = false
  #attempts = 0
  #lastProgress = nanos(0)

  get open(): boolean {
    return this.#open
  }

  /** The highest number that came too early. */
  get highest(): number {
    return this.#highest
  }

  get attempts(): number {
    return this.#attempts
  }

  clear(): void {
    this.#open = false
  }

  /** A number above the expected one arrived. True when it opens a gap, so that a resend is to be asked for. */
  tooHigh(msgSeqNum: number, now: Nanos): boolean {
    if (!this.#open) {
      this.#highest = msgSeqNum
      this.#ask(now)
      return true
    }
    if (msgSeqNum > this.#highest) this.#highest = msgSeqNum
    if (!this.#answered) this.#covered = this.#highest
    return false
  }

  /** The expected number moved on to `expected`. */
  progress(expected: number, now: Nanos): GapDemand {
    if (!this.#open) return 'nothing'
    this.#answered = true
    this.#lastProgress = now
    if (expected > this.#highest) this.#open = false
    else if (expected > this.#covered) {
      this.#ask(now)
      return 'resendRequest'
    }
    return 'nothing'
  }

  /** Whether the resend stalls at `now`. */
  stalled(now: Nanos): GapDemand {
    if (!this.#open || now - this.#lastProgress < STALL) return 'nothing'
    if (this.#attempts === RESEND_ATTEMPTS) return 'giveUp'
    this.#attempts++
    this.#lastProgress = now
    this.#answered = false
    this.#covered = this.#highest
    return 'resendRequest'
  }

  #ask(now: Nanos): void {
    this.#open = true
    this.#covered = this.#highest
    this.#answered = false
    this.#attempts = 0
    this.#lastProgress = now
  }
}
