import type { TimestampDigits } from '../../base/timestamp.js'
import type { Dictionary } from '../dictionary/dictionary.js'
import type { SessionSchedule } from './schedule.js'

/** Names of a session, from this side: sender is us. */
export interface SessionId {
  readonly beginString: 'FIX.4.4'
  readonly senderCompId: string
  readonly targetCompId: string
}

/** "FIX.4.4:PAPERPIT->OMS1" */
export function sessionName({ beginString, senderCompId, targetCompId }: SessionId): string {
  return `${beginString}:${senderCompId}->${targetCompId}`
}

/** The id that {@link sessionName} made a name of. CompIDs may hold anything but "->". */
export function parseSessionName(name: string): SessionId {
  const [pair, targetCompId] = name.slice('FIX.4.4:'.length).split('->')
  return { beginString: 'FIX.4.4', senderCompId: pair, targetCompId }
}

/** The rules of one session. Times are whole seconds as FIX has them. */
export interface SessionSettings {
  readonly id: SessionId
  readonly role: 'acceptor' | 'initiator'
  /** HeartBtInt (108) that an initiator asks for; an acceptor takes the peer's. */
  readonly heartBtInt: number
  /** Bounds of the HeartBtInt that an acceptor takes, in seconds; none where left out. */
  readonly minHeartBtInt?: number | undefined
  readonly maxHeartBtInt?: number | undefined
  /** How far a peer's SendingTime (52) may be off, in seconds (FIX session protocol: 120). */
  readonly sendingTimeTolerance: number
  readonly timestampDigits: TimestampDigits
  readonly resetOnLogon: boolean
  readonly resetOnLogout: boolean
  readonly resetOnDisconnect: boolean
  /** `strict` rejects user-defined tags that the dictionary does not hold (373=0); `lenient` keeps them. */
  readonly validation: 'strict' | 'lenient'
  /** Largest message taken, in bytes. */
  readonly maxMessageSize: number
  /** Bytes that may wait for a slow reader before it is disconnected. */
  readonly maxOutboundBytes: number
  /** Cancel the session's working orders when its connection ends. Read by the application. */
  readonly cancelOnDisconnect: boolean
  /** Whether application messages carry the venue's own tags (9501 and following). Read by the application. */
  readonly venueTags: boolean
  /** `pending` acknowledges a request before it is decided (150=A, 150=E, 150=6). Read by the application. */
  readonly ackMode: 'none' | 'pending'
  /** When the session may be logged on; always where left out. */
  readonly schedule?: SessionSchedule | undefined
  /** What its messages are judged by; the engine's dictionary where left out. */
  readonly dictionary?: Dictionary | undefined
}

export const DEFAULT_SETTINGS: Omit<SessionSettings, 'id' | 'role' | 'schedule' | 'dictionary'> = {
  heartBtInt: 30,
  sendingTimeTolerance: 120,
  timestampDigits: 3,
  resetOnLogon: false,
  resetOnLogout: false,
  resetOnDisconnect: false,
  validation: 'lenient',
  maxMessageSize: 65_536,
  maxOutboundBytes: 16_777_216,
  cancelOnDisconnect: false,
  venueTags: true,
  ackMode: 'none'
}

/** Where a connection comes from, for the directory's decision. */
export interface Peer {
  readonly address: string
  readonly port: number
  readonly loopback: boolean
  /** What a TLS client proved to be. */
  readonly certificate?: PeerCertificate | undefined
}

/** A client certificate that the engine's authorities vouch for. */
export interface PeerCertificate {
  /** Common name of its subject. */
  readonly commonName: string
  /** SHA-256 of the certificate, "AB:CD:…". */
  readonly fingerprint: string
}

/** "127.0.0.1:51002" */
export function peerName({ address, port }: Peer): string {
  return `${address}:${port}`
}

/** Who may log on. The venue's configuration stands behind it. */
export interface SessionDirectory {
  /**
   * The settings of the session that a Logon names, or undefined where it is not known (the connection is closed without
   * a message).
   */
  find(id: SessionId, peer: Peer): SessionSettings | undefined
  /**
   * Judges where a Logon comes from, its Username and its Password: undefined to admit, the text of the Logout to refuse,
   * or a promise to tell later. What the peer sends meanwhile waits.
   */
  admit(
    settings: SessionSettings,
    peer: Peer,
    username: string | undefined,
    password: string | undefined
  ): string | undefined | PendingVerdict
}

/** Begins to judge; `decide` is called once, with undefined to admit or the text of the Logout, at any later time. */
export type PendingVerdict = (decide: (refusal: string | undefined) => void) => void
