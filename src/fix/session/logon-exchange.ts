import { type Nanos } from '../../base/time.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { type Credentials } from './credentials.js'
import { LogText, type ResetBy } from './log-text.js'
import { LogoutText } from './logout-text.js'
import { type LogonVerdict, type RelogonHandler } from './relogon.js'
import { type SessionParts } from './session-parts.js'

/** The Logon exchange of one session, from both sides, and resets by Logon (141=Y) while it runs. */
export class LogonExchange implements RelogonHandler {
  readonly #parts: SessionParts
  #heartBtInt: number
  #resetPending = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#heartBtInt = parts.settings.heartBtInt
  }

  /** HeartBtInt (108) in force, in seconds. */
  get heartBtInt(): number {
    return this.#heartBtInt
  }

  /** Our Logon with 141=Y inside the session is not answered yet. */
  get resetPending(): boolean {
    return this.#resetPending
  }

  /** The text of the Logout that refuses a Logon for what it says, or undefined. */
  fault(message: ParsedMessage): string | undefined {
    const fault = this.#parts.validator.validate(message)
    if (fault !== undefined) return LogoutText.invalidLogon(fault.text, fault.refTag)
    return this.#terms(message)
  }

  /** The text of the Logout that refuses what a valid Logon asks for, or undefined. */
  #terms(message: ParsedMessage): string | undefined {
    if (message.int(Tag.EncryptMethod) !== 0) return LogoutText.encryptMethod
    const heartBtInt = message.int(Tag.HeartBtInt) ?? 0
    if (heartBtInt < 0) return LogoutText.heartBtInt
    const { role, minHeartBtInt = 0, maxHeartBtInt = Number.POSITIVE_INFINITY } = this.#parts.settings
    if (role === 'initiator' || (heartBtInt >= minHeartBtInt && heartBtInt <= maxHeartBtInt)) return undefined
    return maxHeartBtInt === Number.POSITIVE_INFINITY
      ? LogoutText.heartBtIntLeast(minHeartBtInt)
      : LogoutText.heartBtIntBounds(minHeartBtInt, maxHeartBtInt)
  }

  /** Takes the peer's first Logon of a connection and answers it. */
  accept(message: ParsedMessage, now: Nanos): LogonVerdict {
    const { numbers, settings, admin } = this.#parts
    const resetSeqNum = message.boolean(Tag.ResetSeqNumFlag) === true
    if (resetSeqNum || settings.resetOnLogon) this.#reset(resetSeqNum ? 'peer' : 'settings', now)
    const verdict = this.#number(message)
    if (verdict === 'tooLow' || verdict === 'possibleDuplicate') return verdict
    this.#start(message, now)
    if (verdict === 'accepted') numbers.received(message)
    admin.logon({ heartBtInt: this.#heartBtInt, resetSeqNum })
    return verdict
  }

  /** Sends the Logon of an initiator. */
  request(credentials: Credentials | undefined, now: Nanos): void {
    const { settings, admin, timer } = this.#parts
    this.#resetPending = false
    this.#heartBtInt = settings.heartBtInt
    timer.start(0, now)
    if (settings.resetOnLogon) this.#reset('settings', now)
    admin.logon({ heartBtInt: this.#heartBtInt, resetSeqNum: settings.resetOnLogon, ...credentials })
  }

  /** Takes the answer to an initiator's Logon. */
  answered(message: ParsedMessage, now: Nanos): LogonVerdict {
    const { numbers, settings } = this.#parts
    const unasked = message.boolean(Tag.ResetSeqNumFlag) === true && !settings.resetOnLogon
    if (unasked) {
      // The acceptor began anew on its own; it has taken our Logon as its first message.
      this.#reset('peer', now)
      numbers.set(2, 1)
    }
    const verdict = this.#number(message)
    if (verdict === 'tooLow' || verdict === 'possibleDuplicate') return verdict
    this.#start(message, now)
    if (verdict === 'accepted') numbers.received(message)
    return verdict
  }

  /** Both numbers back to 1 while the session runs, told to the peer by a Logon with 141=Y. */
  requestReset(now: Nanos): void {
    this.#reset('operator', now)
    this.#resetPending = true
    this.#parts.admin.logon({ heartBtInt: this.#heartBtInt, resetSeqNum: true })
  }

  relogon(message: ParsedMessage): string | undefined {
    const heartBtInt = message.int(Tag.HeartBtInt) ?? this.#heartBtInt
    const { context, timer, settings, admin } = this.#parts
    const refusal = this.#terms(message)
    if (refusal !== undefined || settings.role === 'initiator') return refusal
    this.#heartBtInt = heartBtInt
    timer.start(heartBtInt, context.clock.now())
    this.#parts.log('loggedOn', LogText.heartBtInt(heartBtInt))
    admin.logon({ heartBtInt, resetSeqNum: false })
    return undefined
  }

  resetRefusal(message: ParsedMessage): string | undefined {
    return this.#parts.validator.validate(message) === undefined ? this.#terms(message) : undefined
  }

  resetByPeer(message: ParsedMessage, now: Nanos): LogonVerdict | undefined {
    const { numbers, admin, validator } = this.#parts
    if (validator.validate(message) !== undefined) return undefined
    const answersOurs = this.#resetPending
    if (!answersOurs) this.#reset('peer', now)
    const verdict = this.#number(message)
    if (verdict === 'tooLow' || verdict === 'possibleDuplicate') return verdict
    this.#start(message, now)
    if (verdict === 'accepted') numbers.received(message)
    if (!answersOurs) admin.logon({ heartBtInt: this.#heartBtInt, resetSeqNum: true })
    return verdict
  }

  #number(message: ParsedMessage): LogonVerdict {
    const { msgSeqNum } = message
    const expected = this.#parts.numbers.nextTarget
    if (msgSeqNum === expected) return 'accepted'
    if (msgSeqNum > expected) return 'tooHigh'
    return message.possDup ? 'possibleDuplicate' : 'tooLow'
  }

  #start(message: ParsedMessage, now: Nanos): void {
    this.#resetPending = false
    this.#heartBtInt = message.int(Tag.HeartBtInt) ?? this.#heartBtInt
    this.#parts.timer.start(this.#heartBtInt, now)
  }

  #reset(by: ResetBy, now: Nanos): void {
    this.#parts.reset(by, now)
  }
}
