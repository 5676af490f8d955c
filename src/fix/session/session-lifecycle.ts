import { nanos, SECOND, type Nanos } from '../../base/time.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { type FixSession } from './application.js'
import { type Link } from './link.js'
import { LogText } from './log-text.js'
import { type SessionEvent } from './log.js'
import { type SessionEnd } from './session-end.js'
import { type SessionParts } from './session-parts.js'
import { type SessionState } from './session-status.js'

/** How long the peer's Logout is waited for. */
const LOGOUT_TIMEOUT = 2 * SECOND
/** How long an initiator waits for the answer to its Logon. */
const LOGON_TIMEOUT = 10 * SECOND

/** The state of a session from connection to disconnection, and every way in which a connection ends. */
export class SessionLifecycle implements SessionEnd {
  readonly #parts: SessionParts
  readonly #session: FixSession
  #state: SessionState = 'disconnected'
  #link: Link | undefined
  #deadline = Number.POSITIVE_INFINITY
  #attachedAt = nanos(0)
  /** The application was told of the Logon, and must be told of the end. */
  #announced = false
  #ignoring = false

  constructor(parts: SessionParts, session: FixSession) {
    this.#parts = parts
    this.#session = session
  }

  get state(): SessionState {
    return this.#state
  }

  get connected(): boolean {
    return this.#link !== undefined
  }

  /** Our Logout said that the peer broke the protocol: what it still sends is ignored. */
  get ignoring(): boolean {
    return this.#ignoring
  }

  /** When the connection came. */
  get attachedAt(): Nanos {
    return this.#attachedAt
  }

  attach(link: Link): void {
    this.#link = link
    this.#attachedAt = this.#parts.context.clock.now()
    this.#parts.outbox.attach(link)
    this.#parts.forgetGap()
    this.#ignoring = false
    this.#deadline = Number.POSITIVE_INFINITY
  }

  /** Our Logon is about to go out. */
  awaitLogon(now: Nanos): void {
    this.#state = 'logonSent'
    this.#deadline = now + LOGON_TIMEOUT
  }

  /** The Logon exchange is complete. */
  loggedOn(): void {
    this.#state = 'loggedOn'
    this.#deadline = Number.POSITIVE_INFINITY
  }

  /** Tells the application of the Logon. */
  announce(logon: ParsedMessage): void {
    this.#announced = true
    this.#parts.context.application.onLogon(this.#session, logon)
  }

  /** Ends a connection whose peer owes an answer for too long. */
  tick(now: Nanos): void {
    if (now >= this.#deadline)
      this.finish('timeout', this.#state === 'logonSent' ? LogText.logonUnanswered : LogText.logoutUnanswered)
  }

  /** Sends Logout and waits for the peer's. */
  logout(text: string | undefined, reason: string): void {
    if (this.#state === 'logonSent') return this.finish('disconnected', reason)
    if (this.#state !== 'loggedOn') return
    this.#parts.log('loggedOut', LogText.logoutSent(reason))
    this.#parts.resends.abort()
    this.#parts.admin.logout(text)
    this.#state = 'logoutSent'
    this.#deadline = this.#parts.context.clock.now() + LOGOUT_TIMEOUT
  }

  logoutOnError(text: string | undefined, reason: string): void {
    this.logout(text, reason)
    this.#ignoring = true
  }

  logoutAndClose(event: SessionEvent, text: string, logText: string = LogText.logoutSent(text)): void {
    this.#parts.resends.abort()
    if (this.#state !== 'logoutSent') this.#parts.admin.logout(text)
    this.finish(event, logText)
  }

  loggedOutByPeer(text: string | undefined): void {
    this.#parts.log('loggedOut', LogText.logoutReceived(text))
    this.#parts.resends.abort()
    if (this.#state !== 'logoutSent') this.#parts.admin.logout(undefined)
    this.finish('loggedOut', LogText.disconnected)
  }

  /** The end of a connection, whatever brought it about. */
  finish(event: SessionEvent, text: string): void {
    const link = this.#link
    if (link === undefined) return
    const { outbox, resends, context, settings } = this.#parts
    const loggedOut = event === 'loggedOut' || this.#state === 'logoutSent'
    this.#link = undefined
    this.#state = 'disconnected'
    link.close(outbox.take())
    outbox.detach()
    resends.abort()
    this.#parts.forgetGap()
    this.#parts.log(event, text)
    // A connection that never logged on changes no numbers, whoever was behind it.
    if (!this.#announced) return
    this.#announced = false
    if (settings.resetOnDisconnect || (settings.resetOnLogout && loggedOut))
      this.#parts.reset('settings', context.clock.now())
    context.application.onLogout(this.#session)
  }
}
