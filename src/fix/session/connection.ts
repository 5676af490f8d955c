import { SECOND, type Nanos } from '../../base/time.js'
import { type GarbledReason } from '../wire/framer.js'
import { MessageReader, type MessageVisitor } from '../wire/message-reader.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { type Credentials } from './credentials.js'
import { type Link } from './link.js'
import { LogText } from './log-text.js'
import { findSession, type LogonGateHost } from './logon-gate.js'
import { type Session } from './session.js'
import { type SessionContext } from './session-parts.js'
import { peerName, type Peer } from './session-settings.js'

/** Where a connection's bytes go: a socket, or a test. */
export interface ByteSink {
  /** Bytes that were written and have not left. */
  readonly pendingBytes: number
  /** Sends `bytes`, which stay untouched until `done` is called. */
  write(bytes: Buffer, done: () => void): void
  /** Sends the last bytes and closes. */
  end(bytes: Buffer | undefined): void
  /** Closes at once. */
  destroy(): void
}

/** What connections need from their engine. */
export interface ConnectionHost extends LogonGateHost {
  readonly context: SessionContext
  /** Largest message that any session takes, in bytes. */
  readonly maxMessageSize: number
  /** Seconds that a connection may take to log on. */
  readonly logonTimeout: number
  /** The connection has something to send, or to close, at the end of the turn: its {@link Connection.flush} is called then. */
  scheduleFlush(connection: Connection): void
}

/** How long a closing connection may take to send what it still holds. */
const CLOSE_TIMEOUT = 2 * SECOND

/**
 * One connection, without its socket: bytes come in by {@link receive}, the session's answers go to the sink by
 * {@link flush}. Until a Logon names the session it has none; an initiator's has one from the start.
 */
export class Connection implements Link, MessageVisitor {
  readonly peer: Peer
  readonly #host: ConnectionHost
  readonly #sink: ByteSink
  readonly #reader: MessageReader
  #session: Session | undefined
  #now: Nanos
  #deadline: number
  #scheduled = false
  #closing = false
  #last: Buffer | undefined

  constructor(host: ConnectionHost, peer: Peer, sink: ByteSink) {
    this.#host = host
    this.peer = peer
    this.#sink = sink
    this.#reader = new MessageReader(host.context.message, host.maxMessageSize)
    this.#now = host.context.clock.now()
    this.#deadline = this.#now + host.logonTimeout * SECOND
  }

  /** For the log: the session's name, or the peer's address while there is none. */
  get name(): string {
    return this.#session?.name ?? peerName(this.peer)
  }

  get hasSession(): boolean {
    return this.#session !== undefined
  }

  get pendingBytes(): number {
    return this.#sink.pendingBytes
  }

  /** Logs on as initiator. */
  logOn(session: Session, credentials: Credentials | undefined): void {
    this.#now = this.#host.context.clock.now()
    this.#session = session
    this.#deadline = Number.POSITIVE_INFINITY
    session.connect(this, credentials, this.#now)
  }

  /** Bytes of the peer. They are done with when the call returns. */
  receive(chunk: Buffer): void {
    this.#now = this.#host.context.clock.now()
    this.#reader.push(chunk, this)
    this.#host.context.requestTurn()
  }

  tick(now: Nanos): void {
    if (now < this.#deadline) return
    if (this.#closing) return this.#sink.destroy()
    this.#refuse(LogText.logonTimeout(this.#host.logonTimeout))
  }

  /** Closes without sending what waits. */
  destroy(): void {
    this.#sink.destroy()
  }

  /** The peer sends no more. It still gets what this turn has for it. */
  ended(): void {
    if (this.#session === undefined) this.close(undefined)
    else this.#session.disconnected()
  }

  /** The socket is closed. */
  closed(): void {
    this.#closing = true
    this.#session?.disconnected()
    this.#session = undefined
    this.#host.context.requestTurn()
  }

  /** End of the turn: what the session wrote goes to the sink. */
  flush(): void {
    this.#scheduled = false
    if (this.#closing) {
      this.#sink.end(this.#last)
      this.#last = undefined
      return
    }
    const session = this.#session
    const bytes = session?.parts.outbox.take()
    if (session === undefined || bytes === undefined) return
    this.#sink.write(bytes, () => this.#left(session, bytes))
    const { maxOutboundBytes } = session.settings
    if (bytes.length > maxOutboundBytes || this.#sink.pendingBytes > maxOutboundBytes) session.outboundOverflow()
  }

  message(message: ParsedMessage): void {
    if (this.#session !== undefined) return this.#session.receive(message, this, this.#now)
    const session = findSession(this.#host, message, this.peer, this.#now)
    if (session === undefined) return this.close(undefined)
    this.#session = session
    this.#deadline = Number.POSITIVE_INFINITY
    session.logon(message, this, this.#host.directory, this.#now)
  }

  garbled(bytes: Buffer, from: number, to: number, why: GarbledReason): void {
    if (this.#session === undefined) return this.#refuse(LogText.garbledLogon(why))
    this.#session.parts.numbers.notedIn(bytes, from, to)
    this.#session.parts.log('garbled', LogText.garbled(why))
  }

  tooLong(): void {
    if (this.#session === undefined) this.#refuse(LogText.logonTooLarge)
    else this.#session.tooLarge()
  }

  outputReady(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#host.scheduleFlush(this)
  }

  close(last: Buffer | undefined): void {
    if (this.#closing) return
    this.#closing = true
    this.#last = last
    this.#session = undefined
    this.#deadline = this.#host.context.clock.now() + CLOSE_TIMEOUT
    this.#reader.close()
    this.outputReady()
  }

  #left(session: Session, bytes: Buffer): void {
    session.parts.outbox.recycle(bytes)
    if (session.parts.resends.active && this.#session === session) session.drained()
  }

  #refuse(text: string): void {
    this.#host.log.event(peerName(this.peer), 'logonRefused', text)
    this.close(undefined)
  }
}
