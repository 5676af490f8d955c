import { type Nanos } from '../../base/time.js'
import { fault, REJECT_TEXT, SessionRejectReason, type Fault } from '../dictionary/session-reject.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { type FixSession } from './application.js'
import { InboundIdentity, WRONG_BEGIN_STRING, type IdentityFault } from './inbound-identity.js'
import { LogText } from './log-text.js'
import { LogoutText } from './logout-text.js'
import { MsgType } from './msg-type.js'
import { type RelogonHandler } from './relogon.js'
import { SequenceResetHandler } from './sequence-reset.js'
import { type SessionEnd } from './session-end.js'
import { type SessionParts } from './session-parts.js'

/**
 * Handles the messages of a peer that is logged on. Which check comes first when several would fail:
 *
 * | order | check | answer | number |
 * |---|---|---|---|
 * | 1 | wire: BodyLength, CheckSum, first three fields | ignored | stays |
 * | 2 | BeginString (8) | Logout `Incorrect BeginString` | taken when it is the expected one |
 * | 3 | 49, 52, 56 missing, 52 off, 49 or 56 wrong; a fault against the dictionary goes first | Reject; for 52, 49 and 56 also Logout | taken when it is the expected one |
 * | 4 | Logon with 141=Y, Logout, SequenceReset-Reset | obeyed whatever their number | |
 * | | ResendRequest whose number is too high | obeyed, its number is held | stays |
 * | 5 | MsgSeqNum (34) too high | held, ResendRequest | stays |
 * | 6 | MsgSeqNum too low | Logout; with 43=Y ignored, by the rules of 122 | stays |
 * | 7 | dictionary | Reject | taken |
 *
 * 2, 3 and 6 stand in the order of QuickFIX (BeginString, dictionary, SendingTime, CompIDs, number). 7 comes behind the
 * number here: a message that comes before its turn is judged in its turn, so that it is rejected once and in order.
 */
export class Inbound {
  readonly #parts: SessionParts
  readonly #session: FixSession
  readonly #end: SessionEnd
  readonly #relogon: RelogonHandler
  readonly #identity: InboundIdentity
  readonly #sequenceReset: SequenceResetHandler

  constructor(parts: SessionParts, session: FixSession, end: SessionEnd, relogon: RelogonHandler) {
    this.#parts = parts
    this.#session = session
    this.#end = end
    this.#relogon = relogon
    this.#identity = new InboundIdentity(parts.settings)
    this.#sequenceReset = new SequenceResetHandler(parts)
  }

  receive(message: ParsedMessage, now: Nanos): void {
    const { numbers, timer, gap } = this.#parts
    timer.received(now)
    const wrong = this.#identity.check(message, now)
    if (wrong !== 0) return this.#misidentified(message, wrong)
    if (this.#obeyedOutOfTurn(message, now)) return
    const { msgSeqNum } = message
    if (msgSeqNum === numbers.nextTarget) {
      this.#take(message)
      if (gap.open) this.advance(now)
    } else if (msgSeqNum > numbers.nextTarget) this.tooHigh(message, now, false)
    else if (msgSeqNum < numbers.nextTarget) this.#tooLow(message, msgSeqNum)
    else {
      numbers.notedIn(message.bytes, message.start, message.end)
      this.#end.logoutOnError(undefined, LogText.noMsgSeqNum)
    }
  }

  /** What is wrong with the sender of a Logon, for the log; undefined where it is the session's peer. */
  identityFault(message: ParsedMessage, now: Nanos): string | undefined {
    const wrong = this.#identity.check(message, now)
    if (wrong === 0) return undefined
    return LogText.strangerAnswers(wrong === WRONG_BEGIN_STRING ? LogoutText.incorrectBeginString : REJECT_TEXT[wrong])
  }

  /** Holds a message that came before its turn and asks for those before it. @param obeyed only its number is to be taken */
  tooHigh(message: ParsedMessage, now: Nanos, obeyed: boolean): void {
    const { numbers, held, gap, admin } = this.#parts
    const { msgSeqNum } = message
    numbers.notedIn(message.bytes, message.start, message.end)
    if (!held.hold(message, obeyed)) this.#parts.log('limit', LogText.notHeld(msgSeqNum))
    if (!gap.tooHigh(msgSeqNum, now)) return
    this.#parts.log('gap', LogText.gap(numbers.nextTarget, msgSeqNum))
    admin.resendRequest(numbers.nextTarget, 0)
  }

  /** The expected number moved on while a gap is open: handles what was held for it. */
  advance(now: Nanos): void {
    const { numbers, held, gap, admin } = this.#parts
    const { heldMessage } = this.#parts.reading
    while (this.#end.connected) {
      const next = held.take(numbers.nextTarget)
      if (next === undefined) break
      heldMessage.read(next.bytes, 0, next.bytes.length)
      if (next.obeyed) numbers.received(heldMessage)
      else this.#take(heldMessage)
    }
    if (!this.#end.connected) return
    held.dropBelow(numbers.nextTarget)
    if (gap.progress(numbers.nextTarget, now) === 'resendRequest') {
      this.#parts.log('gap', LogText.gap(numbers.nextTarget, gap.highest))
      admin.resendRequest(numbers.nextTarget, 0)
    } else if (!gap.open) this.#parts.log('gapClosed', LogText.gapClosed(numbers.nextTarget))
  }

  /** Takes the message whose turn it is. */
  #take(message: ParsedMessage): void {
    const { validator, numbers } = this.#parts
    const found = validator.validate(message)
    numbers.received(message)
    // A faulty Reject is not rejected: two sides that reject each other's Rejects never end.
    if (found !== undefined && message.msgType !== MsgType.Reject) return this.#reject(message, found)
    switch (message.msgType) {
      case MsgType.Heartbeat:
        return
      case MsgType.TestRequest:
        return this.#parts.admin.heartbeat(message.string(Tag.TestReqID) ?? '')
      case MsgType.ResendRequest:
        return this.#answerResendRequest(message)
      case MsgType.SequenceReset:
        return this.#sequenceReset.gapFill(message)
      case MsgType.Reject:
        return this.#parts.log(
          'rejectReceived',
          LogText.rejectReceived(message.string(Tag.RefSeqNum) ?? '', message.string(Tag.Text) ?? '')
        )
      case MsgType.Logon:
        return this.#logonInside(message)
      default:
        this.#parts.context.application.onMessage(this.#session, message)
    }
  }

  /** Messages that are obeyed whatever their number is. True when nothing is left to do. */
  #obeyedOutOfTurn(message: ParsedMessage, now: Nanos): boolean {
    switch (message.msgType) {
      case MsgType.Logout:
        this.#noteOrTake(message)
        this.#end.loggedOutByPeer(message.string(Tag.Text))
        return true
      case MsgType.Logon:
        return message.boolean(Tag.ResetSeqNumFlag) === true && this.#resetByPeer(message, now)
      case MsgType.SequenceReset:
        if (message.boolean(Tag.GapFillFlag) === true) return false
        if (this.#sequenceReset.reset(message)) this.advance(now)
        return true
      case MsgType.ResendRequest:
        return this.#resendRequestTooHigh(message, now)
      default:
        return false
    }
  }

  #logonInside(message: ParsedMessage): void {
    const refusal = this.#relogon.relogon(message)
    if (refusal !== undefined) this.#end.logoutAndClose('protocolError', refusal)
  }

  #resetByPeer(message: ParsedMessage, now: Nanos): boolean {
    const refusal = this.#relogon.resetRefusal(message)
    if (refusal !== undefined) {
      this.#noteOrTake(message)
      this.#end.logoutAndClose('protocolError', refusal)
      return true
    }
    const verdict = this.#relogon.resetByPeer(message, now)
    if (verdict === 'tooHigh') this.tooHigh(message, now, true)
    return verdict === 'accepted' || verdict === 'tooHigh'
  }

  /**
   * Two sides that ask each other for a resend at once must both answer, or both wait for ever (FIX 4.4 vol. 2,
   * "ResendRequest").
   */
  #resendRequestTooHigh(message: ParsedMessage, now: Nanos): boolean {
    const { numbers, validator } = this.#parts
    const tooHigh = message.msgSeqNum > numbers.nextTarget
    if (!tooHigh || validator.validate(message) !== undefined) return false
    this.#answerResendRequest(message)
    this.tooHigh(message, now, true)
    return true
  }

  #answerResendRequest(message: ParsedMessage): void {
    const first = Math.max(message.int(Tag.BeginSeqNo) ?? 1, 1)
    const asked = message.int(Tag.EndSeqNo) ?? 0
    const next = this.#parts.numbers.nextSender
    if (asked !== 0 && asked < first)
      return this.#reject(message, fault(SessionRejectReason.ValueIsIncorrect, Tag.EndSeqNo))
    if (first >= next) return this.#parts.log('resend', LogText.resendOfNothing(first, next))
    const last = asked === 0 ? next - 1 : Math.min(asked, next - 1)
    this.#parts.log('resend', LogText.resend(first, last))
    this.#parts.resends.answer(first, last)
  }

  #tooLow(message: ParsedMessage, msgSeqNum: number): void {
    const { numbers, validator } = this.#parts
    numbers.notedIn(message.bytes, message.start, message.end)
    if (!message.possDup)
      return this.#end.logoutAndClose('protocolError', LogoutText.msgSeqNumTooLow(numbers.nextTarget, msgSeqNum))
    const original = message.timestamp(Tag.OrigSendingTime)
    const sent = message.timestamp(Tag.SendingTime) ?? Number.NaN
    if (original === undefined)
      return this.#reject(message, fault(SessionRejectReason.RequiredTagMissing, Tag.OrigSendingTime))
    if (Number.isNaN(original)) {
      const format = fault(SessionRejectReason.IncorrectDataFormat, Tag.OrigSendingTime)
      return this.#reject(message, validator.validate(message) ?? format)
    }
    if (original > sent) {
      this.#rejectIdentity(message, SessionRejectReason.SendingTimeAccuracyProblem)
      return this.#end.logoutOnError(undefined, REJECT_TEXT[SessionRejectReason.SendingTimeAccuracyProblem])
    }
    this.#parts.log('possibleDuplicate', LogText.possibleDuplicate(msgSeqNum))
  }

  #misidentified(message: ParsedMessage, wrong: Exclude<IdentityFault, 0>): void {
    this.#noteOrTake(message)
    if (wrong === WRONG_BEGIN_STRING) {
      this.#end.logoutOnError(LogoutText.incorrectBeginString, LogoutText.incorrectBeginString)
      if (message.msgType === MsgType.Logout) this.#end.loggedOutByPeer(message.string(Tag.Text))
      return
    }
    if (Number.isNaN(message.msgSeqNum)) return this.#end.logoutOnError(undefined, LogText.noMsgSeqNum)
    const found = this.#parts.validator.validate(message)
    if (found !== undefined) return this.#reject(message, found)
    this.#rejectIdentity(message, wrong)
    if (wrong !== SessionRejectReason.RequiredTagMissing) this.#end.logoutOnError(undefined, REJECT_TEXT[wrong])
  }

  #noteOrTake(message: ParsedMessage): void {
    const { numbers } = this.#parts
    if (message.msgSeqNum === numbers.nextTarget) numbers.received(message)
    else numbers.notedIn(message.bytes, message.start, message.end)
  }

  #reject(message: ParsedMessage, { refTag, reason, text }: Fault): void {
    this.#session.reject(message, refTag, reason, text)
  }

  #rejectIdentity(message: ParsedMessage, reason: SessionRejectReason): void {
    this.#session.reject(message, undefined, reason, REJECT_TEXT[reason])
  }
}
