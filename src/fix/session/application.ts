import type { FixMessage } from '../wire/fix-message.js'
import type { Routing } from '../wire/header-template.js'
import type { MessageWriter } from '../wire/message-writer.js'
import type { SessionSettings } from './session-settings.js'

/** A FIX session as the application above the engine sees it. It outlives connections. */
export interface FixSession {
  /** Number of the session in its message store, dense from 0 and stable over restarts. */
  readonly no: number
  readonly settings: SessionSettings
  readonly loggedOn: boolean
  /**
   * Opens an application message; every call must be followed by {@link send}, without another `begin` between. Sent
   * while logged off it takes its number and is delivered by ResendRequest after the next Logon. `routing` is that of the
   * message which this answers (`reverseRouting` in `routing.ts`).
   */
  begin(msgType: string, routing?: Routing): MessageWriter
  /** Closes the message that `begin` opened: numbers it, gives it to the message store, queues it for this turn's flush. */
  send(): void
  /** Answers `refMessage` with a session-level Reject (35=3): the dictionary cannot express every rule. */
  reject(refMessage: FixMessage, refTag: number | undefined, reason: number, text: string): void
  /** Ends the connection with a Logout. */
  logout(text?: string): void
}

/** What stands above the engine. All calls happen inside one turn; nothing leaves before the turn is journaled. */
export interface FixApplication {
  /** The Logon exchange is complete. `logon` is the peer's Logon message. */
  onLogon(session: FixSession, logon: FixMessage): void
  /** A valid application message, in sequence, exactly once. */
  onMessage(session: FixSession, message: FixMessage): void
  /** The connection is gone, by Logout or without. */
  onLogout(session: FixSession): void
}
