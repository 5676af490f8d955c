import { nanos, SECOND, type Nanos } from '../../base/time.js'
import { BackOff } from './back-off.js'
import type { BookState } from './feed.js'

/** How long the whole book of an instrument may take to come. */
const SYNC_TIMEOUT = 10 * SECOND
/** A book that stood this long was well: the next loss is asked for at once. */
const WELL_AFTER = 30 * SECOND

/** When the book of one instrument is to be asked for: at once behind a gap, after growing pauses where it is lost again and again. */
export class InstrumentSync {
  readonly #backOff = new BackOff()
  #askedAt = nanos(0)
  #dueAt: number | undefined
  #often = false
  #changes = -1
  #changedAt = nanos(0)

  /** The book was asked for now. */
  begin(now: Nanos): void {
    this.#askedAt = now
    this.#dueAt = undefined
  }

  /** A pause runs before the book is asked for again. */
  get waiting(): boolean {
    return this.#dueAt !== undefined
  }

  /** The book is lost. Returns whether to ask for it at once. @param retryAfter not before so many ns have passed */
  lost(now: Nanos, retryAfter = 0): boolean {
    if (now - this.#askedAt >= WELL_AFTER) {
      this.#often = false
      this.#backOff.reset()
    }
    const first = !this.#often
    this.#often = true
    if (first && retryAfter === 0) return true
    this.#dueAt ??= now + Math.max(first ? 0 : this.#backOff.next(), retryAfter)
    return false
  }

  /** For how long the instrument's count of changes has been the same, in ns, as far as this was looked at. */
  quietFor(now: Nanos, changes: number): number {
    if (changes !== this.#changes) {
      this.#changes = changes
      this.#changedAt = now
    }
    return now - this.#changedAt
  }

  /** Whether to ask for the book now: a pause is over, or it did not come. */
  due(now: Nanos, state: BookState): boolean {
    if (state !== 'syncing') return false
    if (this.#dueAt !== undefined) return now >= this.#dueAt
    return now - this.#askedAt >= SYNC_TIMEOUT
  }
}
