import { type SessionEvent } from './log.js'

/** How the parts of a session end its connection. Implemented by its lifecycle. */
export interface SessionEnd {
  /** The connection stands and takes messages. */
  readonly connected: boolean
  /** Sends Logout and waits for the peer's; what else the peer sends is ignored. */
  logoutOnError(text: string | undefined, reason: string): void
  /** Sends Logout with a text and closes behind it. */
  logoutAndClose(event: SessionEvent, text: string): void
  /** The peer's Logout: answers it where it is no answer, and closes. */
  loggedOutByPeer(text: string | undefined): void
}
