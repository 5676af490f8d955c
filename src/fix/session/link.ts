import { type Peer } from './session-settings.js'

/**
 * The connection as its session sees it. What the session writes lies in its outbox until the connection takes it at the
 * end of the turn.
 */
export interface Link {
  readonly peer: Peer
  /** Bytes that were handed to the socket and have not left. */
  readonly pendingBytes: number
  /** There is something in the outbox to take at the end of this turn. */
  outputReady(): void
  /** Ends the connection at the end of this turn, behind `last`. Nothing more is received. */
  close(last: Buffer | undefined): void
}
