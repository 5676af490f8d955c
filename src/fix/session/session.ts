import { type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { type FixMessage } from '../wire/fix-message.js'
import { type Routing } from '../wire/header-template.js'
import { type MessageWriter } from '../wire/message-writer.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { Tag } from '../wire/tag.js'
import { type FixSession } from './application.js'
import { type Credentials } from './credentials.js'
import { RESEND_ATTEMPTS } from './inbound-gap.js'
import { Inbound } from './inbound.js'
import { type Link } from './link.js'
import { LogText } from './log-text.js'
import { LogonExchange } from './logon-exchange.js'
import { LogoutText } from './logout-text.js'
import { MsgType } from './msg-type.js'
import { type LogonVerdict } from './relogon.js'
import { SessionLifecycle } from './session-lifecycle.js'
import { SessionParts, type SessionContext } from './session-parts.js'
import { peerName, type SessionSettings } from './session-settings.js'
import { type SessionStatus } from './session-status.js'

/**
 * A FIX session, acceptor or initiator, without a socket: messages come in by {@link receive}, time by {@link tick}, and
 * what it sends waits in its outbox for the connection to take. It outlives its connections, and its numbers and messages
 * outlive the process in the message store.
 */
export class Session implements FixSession {
  readonly no: number
  readonly settings: SessionSettings
  readonly parts: SessionParts
  readonly #life: SessionLifecycle
  readonly #logon: LogonExchange
  readonly #inbound: Inbound

  constructor(context: SessionContext, settings: SessionSettings) {
    this.parts = new SessionParts(context, settings)
    this.settings = settings
    this.no = this.parts.numbers.no
    this.#life = new SessionLifecycle(this.parts, this)
    this.#logon = new LogonExchange(this.parts)
    this.#inbound = new Inbound(this.parts, this, this.#life, this.#logon)
  }

  get name(): string {
    return this.parts.name
  }

  get loggedOn(): boolean {
    return this.#life.state === 'loggedOn'
  }

  get connected(): boolean {
    return this.#life.connected
  }

  get status(): SessionStatus {
    const { numbers, timer, name, hold } = this.parts
    return {
      name,
      state: this.#life.state,
      nextSenderMsgSeqNum: numbers.nextSender,
      nextTargetMsgSeqNum: numbers.nextTarget,
      lastSent: timer.lastSent,
      lastReceived: timer.lastReceived,
      paused: hold.paused,
      waiting: hold.waiting,
      withholding: hold.withholding
    }
  }

  /** Whether the session may be logged on now. */
  withinHours(now: Nanos): boolean {
    const { hours } = this.parts
    return hours === undefined || hours.openedAt(now) !== undefined
  }

  /** Acceptor: the text of the Logout that refuses a Logon for what it says, or undefined. */
  logonFault(message: ParsedMessage): string | undefined {
    const { maxMessageSize } = this.settings
    if (message.end - message.start > maxMessageSize) return LogoutText.messageTooLarge(maxMessageSize)
    return this.#logon.fault(message)
  }

  /** Acceptor: answers a Logon with a Logout and closes the link. */
  refuseLogon(message: ParsedMessage, link: Link, text: string): void {
    this.#life.attach(link)
    this.#note(message)
    this.#life.logoutAndClose('logonRefused', text, LogText.logonRefused(text, peerName(link.peer)))
  }

  /** Acceptor: takes the Logon that opens a connection. A session that does not take it closes the link. */
  logon(message: ParsedMessage, link: Link, now: Nanos): void {
    this.#tickHours(now)
    this.#life.attach(link)
    this.#logonTaken(this.#logon.accept(message, now), message, link, now)
  }

  /** Initiator: the connection stands, so the Logon goes out. */
  connect(link: Link, credentials: Credentials | undefined, now: Nanos): void {
    this.#tickHours(now)
    this.#life.attach(link)
    this.#life.awaitLogon(now)
    this.#logon.request(credentials, now)
  }

  /** A message of the peer; `link` is where it came from. */
  receive(message: ParsedMessage, link: Link, now: Nanos): void {
    if (message.end - message.start > this.settings.maxMessageSize) return this.tooLarge()
    const { state, ignoring } = this.#life
    const { resetPending } = this.#logon
    if (state === 'loggedOn' && !resetPending) return this.#inbound.receive(message, now)
    if (state === 'logonSent') return this.#logonAnswer(message, link, now)
    const { msgType, msgSeqNum } = message
    if (resetPending && msgType !== MsgType.Logon && msgType !== MsgType.Logout)
      return this.#ignore(message, LogText.duringReset(msgSeqNum))
    if (ignoring && msgType !== MsgType.Logout) return this.#ignore(message, LogText.afterLogout(msgSeqNum))
    this.#inbound.receive(message, now)
  }

  /** The peer announced a message over the limit. */
  tooLarge(): void {
    this.#life.logoutAndClose('limit', LogoutText.messageTooLarge(this.settings.maxMessageSize))
  }

  /** More waits for the peer to read than the limit allows. */
  outboundOverflow(): void {
    if (this.connected) this.#life.logoutAndClose('limit', LogoutText.outboundLimit(this.settings.maxOutboundBytes))
  }

  /** The connection can take more of a long resend. */
  drained(): void {
    this.parts.resends.pump()
  }

  tick(now: Nanos): void {
    this.#tickHours(now)
    if (!this.connected) return
    this.#life.tick(now)
    if (this.loggedOn) this.#tickGap(now)
    if (!this.loggedOn) return
    const { resends, timer, admin } = this.parts
    resends.pump()
    const due = timer.due(now)
    if (due === 'heartbeat' && !resends.active) admin.heartbeat('')
    else if (due === 'testRequest') this.sendTestRequest()
    else if (due === 'disconnect') this.#life.finish('timeout', LogText.peerIsSilent)
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#life.finish('disconnected', LogText.disconnected)
  }

  begin(msgType: string, routing?: Routing): MessageWriter {
    const { outbox, hold } = this.parts
    if (!hold.active) return outbox.begin(msgType, this.loggedOn, routing)
    return hold.paused ? hold.begin(msgType, routing) : this.#beginWithheld(msgType, routing)
  }

  send(): void {
    const { outbox, hold } = this.parts
    if (!hold.opened) return outbox.send()
    hold.send()
    if (!hold.full) return
    this.parts.log('limit', LogText.pauseOverflow(hold.waiting))
    this.resume()
  }

  reject(refMessage: FixMessage, refTag: number | undefined, reason: number, text: string): void {
    this.parts.log('rejectSent', LogText.rejectSent(refMessage.msgSeqNum, text, refTag))
    this.parts.admin.reject(refMessage, refTag, reason, text)
  }

  logout(text?: string): void {
    this.#life.logout(text, text ?? LogText.ours)
  }

  /** Operator: both numbers back to 1; a peer that is logged on is told by a Logon with 141=Y. */
  reset(): void {
    const { context } = this.parts
    if (this.loggedOn) this.#logon.requestReset(context.clock.now())
    else this.parts.reset('operator', context.clock.now())
    context.requestTurn()
  }

  /**
   * Operator: sets the next numbers.
   * @throws UserError where one is no whole number from 1 to 2^53 - 1
   */
  setNextNumbers(nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void {
    for (const next of [nextSenderMsgSeqNum, nextTargetMsgSeqNum])
      if (!Number.isSafeInteger(next) || next < 1)
        throw new UserError(`a next MsgSeqNum must be a whole number from 1 to ${Number.MAX_SAFE_INTEGER}, not ${next}`)
    this.parts.forgetGap()
    this.parts.numbers.set(nextSenderMsgSeqNum, nextTargetMsgSeqNum)
    this.parts.log('numbersReset', LogText.numbersSet(nextSenderMsgSeqNum, nextTargetMsgSeqNum))
    this.parts.context.requestTurn()
  }

  /** Operator: ends the connection without a Logout. */
  disconnect(): void {
    this.#life.finish('disconnected', LogText.operator)
  }

  /** Asks the peer for a sign of life. */
  sendTestRequest(testReqId?: string): void {
    if (!this.loggedOn) return
    this.parts.log('testRequest', LogText.testRequestSent)
    this.parts.admin.testRequest(testReqId)
    this.parts.timer.testRequestSent()
  }

  /** Operator: asks for the peer's messages again. @param endSeqNo 0 for all from `beginSeqNo` on */
  sendResendRequest(beginSeqNo: number, endSeqNo: number): void {
    if (this.loggedOn) this.parts.admin.resendRequest(beginSeqNo, endSeqNo)
  }

  /** Operator: application messages wait from now on, unnumbered and in order. A restart loses those that wait. */
  pause(): void {
    this.parts.hold.paused = true
    this.parts.log('held', LogText.paused)
  }

  /** Operator: what waits is sent, and so is what follows. */
  resume(): void {
    const { hold } = this.parts
    if (!hold.paused) return
    const waiting = hold.resume()
    this.parts.log('held', LogText.resumed(waiting.length))
    for (const message of waiting) {
      message.writeTo(this.begin(message.msgType, message.routing))
      this.send()
    }
    this.parts.context.requestTurn()
  }

  /**
   * Operator: the next `count` application messages take their number and are stored, and do not leave, so that the peer
   * sees a gap and asks for them. 0 ends it.
   * @throws UserError where it is no whole number from 0 on
   */
  withhold(count: number): void {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new UserError(`a number of messages to withhold must be 0 or above, not ${count}`)
    this.parts.hold.withholding = count
    this.parts.log('held', LogText.withholding(count))
  }

  /** A session that is logged off sends nothing anyway: what is withheld is what would have left. */
  #beginWithheld(msgType: string, routing: Routing | undefined): MessageWriter {
    const { outbox, hold, numbers } = this.parts
    const withheld = this.loggedOn && hold.withhold()
    if (withheld) this.parts.log('held', LogText.withheld(numbers.nextSender))
    return outbox.begin(msgType, this.loggedOn && !withheld, routing)
  }

  /** Logs out at the end of the session's hours, and begins anew where they begin. */
  #tickHours(now: Nanos): void {
    const { hours, numbers } = this.parts
    if (hours === undefined) return
    const openedAt = hours.openedAt(now)
    if (this.connected) {
      if (openedAt !== undefined && openedAt <= this.#life.attachedAt) return
      if (this.#life.state !== 'logoutSent') this.#life.logout(undefined, LogText.hoursOver)
    } else if (openedAt !== undefined && hours.resetAtStart && numbers.createdAt < openedAt)
      this.parts.reset('schedule', now)
  }

  #logonAnswer(message: ParsedMessage, link: Link, now: Nanos): void {
    if (message.msgType !== MsgType.Logon) {
      this.#note(message)
      if (message.msgType !== MsgType.Logout)
        return this.#life.finish('protocolError', LogText.notALogon(message.msgType))
      return this.#life.finish('logonRefused', LogText.logoutReceived(message.string(Tag.Text)))
    }
    const stranger = this.#inbound.identityFault(message, now)
    if (stranger !== undefined) return this.#life.finish('protocolError', stranger)
    const fault = this.#logon.fault(message)
    if (fault !== undefined) return this.#life.logoutAndClose('protocolError', fault)
    this.#logonTaken(this.#logon.answered(message, now), message, link, now)
  }

  #logonTaken(verdict: LogonVerdict, message: ParsedMessage, link: Link, now: Nanos): void {
    if (verdict === 'tooLow' || verdict === 'possibleDuplicate') {
      this.#note(message)
      if (verdict === 'possibleDuplicate') return this.#life.finish('ignored', LogText.possDupLogon)
      const text = LogoutText.msgSeqNumTooLow(this.parts.numbers.nextTarget, message.msgSeqNum)
      return this.#life.logoutAndClose('protocolError', text)
    }
    this.#life.loggedOn()
    if (verdict === 'tooHigh') this.#inbound.tooHigh(message, now, true)
    this.parts.log('loggedOn', LogText.loggedOn(peerName(link.peer), this.#logon.heartBtInt))
    this.#life.announce(message)
  }

  #tickGap(now: Nanos): void {
    const { gap, admin, numbers } = this.parts
    const demand = gap.stalled(now)
    if (demand === 'resendRequest') {
      this.parts.log('gap', LogText.gapStalled(numbers.nextTarget, gap.attempts, RESEND_ATTEMPTS))
      admin.resendRequest(numbers.nextTarget, 0)
    } else if (demand === 'giveUp') this.#life.logoutOnError(undefined, LogText.gapGivenUp(numbers.nextTarget))
  }

  #note({ bytes, start, end }: ParsedMessage): void {
    this.parts.numbers.notedIn(bytes, start, end)
  }

  #ignore(message: ParsedMessage, text: string): void {
    this.#note(message)
    this.parts.log('ignored', text)
  }
}
