/** Bytes that may wait for gaps to close in all sessions of an engine together. */
const LIMIT = 268_435_456

/** What the held messages of an engine may cost together: many sessions with a gap each are bounded as well as one. */
export class HeldBudget {
  readonly #limit: number
  #used = 0

  constructor(limit: number = LIMIT) {
    this.#limit = limit
  }

  get used(): number {
    return this.#used
  }

  /** False where there is no room. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) return false
    this.#used += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#used -= bytes
  }
}
