import { isPassword, type PasswordHash } from './password-hash.js'

/** Checks that run at once: they share the process's few threads with everything else that needs one. */
const AT_ONCE = 2
/** Checks that may wait. Beyond them a Logon is refused unjudged: each would take its tenth of a second. */
const WAITING = 64

interface Check {
  readonly password: string
  readonly known: PasswordHash
  readonly decide: (right: boolean | undefined) => void
}

/** Judges passwords off the event loop, a few at a time, in the order they came. */
export class PasswordJudge {
  readonly #waiting: Check[] = []
  #running = 0

  /** @param decide is told true or false, or undefined where too many wait already; never before this returns */
  judge(password: string, known: PasswordHash, decide: (right: boolean | undefined) => void): void {
    if (this.#waiting.length >= WAITING) return void setImmediate(decide, undefined)
    this.#waiting.push({ password, known, decide })
    this.#next()
  }

  #next(): void {
    if (this.#running >= AT_ONCE) return
    const check = this.#waiting.shift()
    if (check === undefined) return
    this.#running++
    const done = (right: boolean | undefined): void => {
      this.#running--
      this.#next()
      check.decide(right)
    }
    isPassword(check.password, check.known).then(done, () => done(undefined))
  }
}
