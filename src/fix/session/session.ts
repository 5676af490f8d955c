import { SECOND, type Nanos } from '../../base/time.js'
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
import { type SessionEvent } from './log.js'
import { LogonExchange, type LogonVerdict } from './logon-exchange.js'
import { LogoutText } from './logout-text.js'
import { MsgType } from './msg-type.js'
import { type SessionEnd } from './session-end.js'
import { SessionParts, type SessionContext } from './session-parts.js'
import { peerName, type SessionDirectory, type SessionSettings } from './session-settings.js'
import { type SessionState, type SessionStatus } from './session-status.js'

/** How long the peer's Logout is waited for. */
const LOGOUT_TIMEOUT = 2 * SECOND
/** How long an initiator waits for the answer to its Logon. */
const LOGON_TIMEOUT = 10 * SECOND

/**
 * A FIX session, acceptor or initiator, without a socket: messages come in by {@link receive}, time by {@link tick}, and
 * what it sends waits in its outbox for the connection to take. It outlives its connections, and its numbers and messages
 * outlive the process in the message store.
 */
export class Session implements FixSession, SessionEnd {
  readonly no: number
  readonly settings: SessionSettings
  readonly parts: SessionParts
  readonly #logon: LogonExchange
  readonly #inbound: Inbound
  #state: SessionState = 'disconnected'
  #link: Link | undefined
  #deadline = Number.POSITIVE_INFINITY
  /** The application was told of the Logon, and must be told of the end. */
  #announced = false
  /** Our Logout says that the peer broke the protocol: what it still sends is ignored. */
  #ignoring = false

  constructor(context: SessionContext, settings: SessionSettings) {
    this.parts = new SessionParts(context, settings)
    this.settings = settings
    this.no = this.parts.numbers.no
    this.#logon = new LogonExchange(this.parts)
    this.#inbound = new Inbound(this.parts, this, this, this.#logon)
  }

  get name(): string {
    return this.parts.name
  }

  get loggedOn(): boolean {
    return this.#state === 'loggedOn'
  }

  get connected(): boolean {
    return this.#link !== undefined
  }

  get status(): SessionStatus {
    const { numbers, timer, name } = this.parts
    return {
      name,
      state: this.#state,
      nextSenderMsgSeqNum: numbers.nextSender,
      nextTargetMsgSeqNum: numbers.nextTarget,
      lastSent: timer.lastSent,
      lastReceived: timer.lastReceived
    }
  }

  /**
   * Acceptor: judges the Logon that opens a connection. A session that does not take it closes the link, or stays without
   * one where the Logon is to be ignored.
   */
  logon(message: ParsedMessage, link: Link, directory: SessionDirectory, now: Nanos): void {
    this.#attach(link)
    const username = message.string(Tag.Username)
    const refusal =
      this.#logon.fault(message) ?? directory.admit(this.settings, link.peer, username, message.string(Tag.Password))
    if (refusal !== undefined) {
      this.#note(message)
      return this.#closeWith('logonRefused', refusal, LogText.logonRefused(refusal))
    }
    this.#logonTaken(this.#logon.accept(message, now), message, now)
  }

  /** Initiator: the connection stands, so the Logon goes out. */
  connect(link: Link, credentials: Credentials | undefined, now: Nanos): void {
    this.#attach(link)
    this.#state = 'logonSent'
    this.#deadline = now + LOGON_TIMEOUT
    this.#logon.request(credentials, now)
  }

  receive(message: ParsedMessage, now: Nanos): void {
    if (message.end - message.start > this.settings.maxMessageSize) return this.tooLarge()
    if (this.#state === 'loggedOn' && !this.#logon.resetPending) return this.#inbound.receive(message, now)
    if (this.#state === 'logonSent') return this.#logonAnswer(message, now)
    const { msgType, msgSeqNum } = message
    if (this.#logon.resetPending && msgType !== MsgType.Logon && msgType !== MsgType.Logout)
      return this.#ignore(message, LogText.duringReset(msgSeqNum))
    if (this.#ignoring && msgType !== MsgType.Logout) return this.#ignore(message, LogText.afterLogout(msgSeqNum))
    this.#inbound.receive(message, now)
  }

  /** The peer announced a message over the limit. */
  tooLarge(): void {
    this.#closeWith('limit', LogoutText.messageTooLarge(this.settings.maxMessageSize))
  }

  /** More waits for the peer to read than the limit allows. */
  outboundOverflow(): void {
    const { maxOutboundBytes } = this.settings
    if (this.connected) this.#closeWith('limit', LogoutText.outboundLimit(maxOutboundBytes))
  }

  /** The connection can take more of a long resend. */
  drained(): void {
    this.parts.resends.pump()
  }

  tick(now: Nanos): void {
    if (!this.connected) return
    if (now >= this.#deadline) {
      const late = this.#state === 'logonSent' ? LogText.logonUnanswered : LogText.logoutUnanswered
      return this.#finish('timeout', late)
    }
    if (this.#state !== 'loggedOn') return
    this.#tickGap(now)
    if (this.#state !== 'loggedOn') return
    this.parts.resends.pump()
    const due = this.parts.timer.due(now)
    if (due === 'heartbeat' && !this.parts.resends.active) this.parts.admin.heartbeat('')
    else if (due === 'testRequest') this.sendTestRequest()
    else if (due === 'disconnect') this.#finish('timeout', LogText.peerIsSilent)
  }

  /** The connection is gone. */
  disconnected(): void {
    if (this.connected) this.#finish('disconnected', LogText.disconnected)
  }

  begin(msgType: string, routing?: Routing): MessageWriter {
    return this.parts.outbox.begin(msgType, this.#state === 'loggedOn', routing)
  }

  send(): void {
    this.parts.outbox.send()
  }

  reject(refMessage: FixMessage, refTag: number | undefined, reason: number, text: string): void {
    this.parts.log('rejectSent', LogText.rejectSent(refMessage.msgSeqNum, text, refTag))
    this.parts.admin.reject(refMessage, refTag, reason, text)
  }

  logout(text?: string): void {
    this.#sendLogout(text, text ?? LogText.operator)
  }

  logoutOnError(text: string | undefined, reason: string): void {
    this.#sendLogout(text, reason)
    this.#ignoring = true
  }

  logoutAndClose(text: string): void {
    this.#closeWith('protocolError', text)
  }

  loggedOutByPeer(text: string | undefined): void {
    this.parts.log('loggedOut', LogText.logoutReceived(text))
    this.parts.resends.abort()
    if (this.#state !== 'logoutSent') this.parts.admin.logout(undefined)
    this.#finish('loggedOut', LogText.disconnected)
  }

  /** Operator: both numbers back to 1; a peer that is logged on is told by a Logon with 141=Y. */
  reset(): void {
    const now = this.parts.context.clock.now()
    if (this.#state === 'loggedOn') this.#logon.requestReset(now)
    else this.parts.reset('operator', now)
    this.parts.context.requestTurn()
  }

  /**
   * Operator: sets the next numbers.
   * @throws UserError where one is no whole number from 1 on
   */
  setNextNumbers(nextSenderMsgSeqNum: number, nextTargetMsgSeqNum: number): void {
    for (const next of [nextSenderMsgSeqNum, nextTargetMsgSeqNum])
      if (!Number.isSafeInteger(next) || next < 1)
        throw new UserError(`a next MsgSeqNum must be 1 or above, not ${next}`)
    this.parts.forgetGap()
    this.parts.numbers.set(nextSenderMsgSeqNum, nextTargetMsgSeqNum)
    this.parts.log('numbersReset', LogText.numbersSet(nextSenderMsgSeqNum, nextTargetMsgSeqNum))
    this.parts.context.requestTurn()
  }

  /** Operator: ends the connection without a Logout. */
  disconnect(): void {
    if (this.connected) this.#finish('disconnected', LogText.operator)
  }

  sendTestRequest(testReqId?: string): void {
    if (this.#state !== 'loggedOn') return
    this.parts.log('testRequest', LogText.testRequestSent)
    this.parts.admin.testRequest(testReqId)
    this.parts.timer.testRequestSent()
  }

  /** Operator: asks for the peer's messages again. @param endSeqNo 0 for all from `beginSeqNo` on */
  sendResendRequest(beginSeqNo: number, endSeqNo: number): void {
    if (this.#state === 'loggedOn') this.parts.admin.resendRequest(beginSeqNo, endSeqNo)
  }

  #attach(link: Link): void {
    this.#link = link
    this.parts.outbox.attach(link)
    this.parts.forgetGap()
    this.#ignoring = false
    this.#deadline = Number.POSITIVE_INFINITY
  }

  #logonAnswer(message: ParsedMessage, now: Nanos): void {
    if (message.msgType === MsgType.Logout) {
      this.parts.log('logonRefused', LogText.logoutReceived(message.string(Tag.Text)))
      this.#note(message)
      return this.#finish('disconnected', LogText.disconnected)
    }
    if (message.msgType !== MsgType.Logon) {
      this.#note(message)
      return this.#finish('protocolError', LogText.notALogon(message.msgType))
    }
    const stranger = this.#inbound.identityFault(message, now)
    if (stranger !== undefined) return this.#finish('protocolError', stranger)
    const fault = this.#logon.fault(message)
    if (fault !== undefined) return this.#closeWith('protocolError', fault)
    this.#logonTaken(this.#logon.answered(message, now), message, now)
  }

  #logonTaken(verdict: LogonVerdict, message: ParsedMessage, now: Nanos): void {
    if (verdict === 'tooLow') {
      this.#note(message)
      return this.logoutAndClose(LogoutText.msgSeqNumTooLow(this.parts.numbers.nextTarget, message.msgSeqNum))
    }
    if (verdict === 'possibleDuplicate') {
      this.#note(message)
      return this.#finish('ignored', LogText.possDupLogon)
    }
    this.#state = 'loggedOn'
    this.#deadline = Number.POSITIVE_INFINITY
    if (verdict === 'tooHigh') this.#inbound.tooHigh(message, now, true)
    const from = this.#link === undefined ? '' : peerName(this.#link.peer)
    this.parts.log('loggedOn', LogText.loggedOn(from, this.#logon.heartBtInt))
    this.#announced = true
    this.parts.context.application.onLogon(this, message)
  }

  #tickGap(now: Nanos): void {
    const { gap, admin, numbers } = this.parts
    const demand = gap.stalled(now)
    if (demand === 'resendRequest') {
      this.parts.log('gap', LogText.gapStalled(numbers.nextTarget, gap.attempts, RESEND_ATTEMPTS))
      admin.resendRequest(numbers.nextTarget, 0)
    } else if (demand === 'giveUp') this.logoutOnError(undefined, LogText.gapGivenUp(numbers.nextTarget))
  }

  #sendLogout(text: string | undefined, reason: string): void {
    if (this.#state === 'logonSent') return this.#finish('disconnected', reason)
    if (this.#state !== 'loggedOn') return
    this.parts.log('loggedOut', LogText.logoutSent(reason))
    this.parts.resends.abort()
    this.parts.admin.logout(text)
    this.#state = 'logoutSent'
    this.#deadline = this.parts.context.clock.now() + LOGOUT_TIMEOUT
  }

  #closeWith(
    event: 'logonRefused' | 'protocolError' | 'limit',
    text: string,
    logText = LogText.logoutSent(text)
  ): void {
    this.parts.resends.abort()
    if (this.#state !== 'logoutSent') this.parts.admin.logout(text)
    this.#finish(event, logText)
  }

  /** The end of a connection, whatever brought it about. */
  #finish(event: SessionEvent, text: string): void {
    const link = this.#link
    if (link === undefined) return
    const { outbox, resends, context } = this.parts
    const { resetOnLogout, resetOnDisconnect } = this.settings
    const loggedOut = event === 'loggedOut' || this.#state === 'logoutSent'
    this.#link = undefined
    this.#state = 'disconnected'
    link.close(outbox.take())
    outbox.detach()
    resends.abort()
    this.parts.forgetGap()
    this.parts.log(event, text)
    // A connection that never logged on changes no numbers, whoever was behind it.
    if (!this.#announced) return
    this.#announced = false
    if (resetOnDisconnect || (resetOnLogout && loggedOut)) this.parts.reset('settings', context.clock.now())
    context.application.onLogout(this)
  }

  #note({ bytes, start, end }: ParsedMessage): void {
    this.parts.numbers.notedIn(bytes, start, end)
  }

  #ignore(message: ParsedMessage, text: string): void {
    this.#note(message)
    this.parts.log('ignored', text)
  }
}
