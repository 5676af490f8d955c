/** What can happen to a session or a connection, as an operator would filter for it. */
export type SessionEvent =
  | 'connected'
  | 'connectionRefused'
  | 'logonRefused'
  | 'loggedOn'
  | 'loggedOut'
  | 'disconnected'
  | 'garbled'
  | 'rejectSent'
  | 'rejectReceived'
  | 'protocolError'
  | 'gap'
  | 'gapClosed'
  | 'resend'
  | 'sequenceReset'
  | 'numbersReset'
  | 'possibleDuplicate'
  | 'ignored'
  | 'testRequest'
  | 'held'
  | 'timeout'
  | 'limit'

/**
 * Is told what happens below the application. `session` is the session's name, or the peer's address while no session is
 * known; `text` comes from `log-text.ts`.
 */
export interface SessionLog {
  event(session: string, event: SessionEvent, text: string): void
}

/** Tells nobody. */
export const SILENT_LOG: SessionLog = { event: () => undefined }
