import { SECOND, type Nanos } from '../../base/time.js'
import { type GarbledReason } from '../wire/framer.js'
import { MessageReader, type MessageVisitor } from '../wire/message-reader.js'
import { type ParsedMessage } from '../wire/parsed-message.js'
import { type Credentials } from './credentials.js'
import { type Link } from './link.js'
import { LogText } from './log-text.js'
import { findSession, type LogonGateHost } from './logon-gate.js'
import { type FrameTaker, PendingLogon } from './pending-logon.js'
import { type Session } from './session.js'
import { type SessionContext } from './session-parts.js'
import { peerName, type Peer, type PendingVerdict } from './session-settings.js'
import { Tag } from '../wire/tag.js'

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
  /** A Logon was refused for where it comes from or who it says it is. */
  logonRefused(peer: Peer, now: Nanos): void
}

/** How long a closing connection may take to send what it still holds. */
const CLOSE_TIMEOUT = 2 * SECOND

/**
 * One connection, without its socket: bytes come in by {@link receive}, the session's answers go to the sink by
 * {@link flush}. Until a Logon names the session it has none; an initiator's has one from the start.
 */
export class Connection implements Link, MessageVisitor, FrameTaker {
  readonly peer: Peer
  readonly #host: ConnectionHost
  readonly #sink: ByteSink
  readonly #reader: MessageReader
  #session: Session | undefined
  #pending: PendingLogon | undefined
  #now: Nanos
  #deadline: number
  #scheduled = false
  #closing = false
  #last: Buffer | undefined

  constructor(host: ConnectionHost, peer: Peer, sink: ByteSink) {
    this.#host = host
    this.peer = peer
    this.#sink = sink
    this.#reader = new MessageReader(host.context.readings.usual.message, host.maxMessageSize)
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

  /** It has ended, or does at the end of the turn. */
  get closing(): boolean {
    return this.#closing
  }

  get pendingBytes(): number {
    return this.#sink.pendingBytes
  }

  /** Logs on as initiator. */
  logOn(session: Session, credentials: Credentials | undefined): void {
    this.#now = this.#host.context.clock.now()
    this.#bind(session)
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
    if (this.#pending !== undefined) this.#pending.ended = true
    else if (this.#session === undefined) this.close(undefined)
    else this.#session.disconnected()
  }

  /** The socket is closed. */
  closed(): void {
    this.#closing = true
    this.#session?.disconnected()
    this.#session = this.#pending = undefined
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
    if (this.#pending !== undefined) return this.#hold(message.bytes, message.start, message.end)
    const session = findSession(this.#host, message, this.peer, this.#now)
    if (session === undefined) return this.close(undefined)
    this.#judge(session, message)
  }

  garbled(bytes: Buffer, from: number, to: number, why: GarbledReason): void {
    if (this.#pending !== undefined) return this.#hold(bytes, from, to, why)
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
    this.#session = this.#pending = undefined
    this.#deadline = this.#host.context.clock.now() + CLOSE_TIMEOUT
    this.#reader.close()
    this.outputReady()
  }

  /** From here on the session hears the peer, and its dictionary is read by. */
  #bind(session: Session): void {
    this.#session = session
    this.#deadline = Number.POSITIVE_INFINITY
    this.#reader.use(session.parts.reading.message)
  }

  #judge(session: Session, message: ParsedMessage): void {
    const fault = session.logonFault(message)
    if (fault !== undefined) {
      this.#bind(session)
      return session.refuseLogon(message, this, fault)
    }
    const { directory } = this.#host
    const username = message.string(Tag.Username)
    const verdict = directory.admit(session.settings, this.peer, username, message.string(Tag.Password))
    if (typeof verdict === 'function') this.#await(session, message, verdict)
    else this.#decide(session, message, verdict)
  }

  #decide(session: Session, message: ParsedMessage, refusal: string | undefined): void {
    this.#bind(session)
    if (refusal === undefined) return session.logon(message, this, this.#now)
    this.#host.logonRefused(this.peer, this.#now)
    session.refuseLogon(message, this, refusal)
  }

  #await(session: Session, message: ParsedMessage, verdict: PendingVerdict): void {
    const pending = new PendingLogon(session, message)
    this.#pending = pending
    verdict((refusal) => {
      if (this.#pending === pending) this.#decidePending(pending, refusal)
    })
  }

  /** The verdict on a Logon has come, in a turn of its own: the Logon is answered, and what waited behind it is handled. */
  #decidePending(pending: PendingLogon, refusal: string | undefined): void {
    const { session } = pending
    const { context } = this.#host
    this.#now = context.clock.now()
    this.#pending = undefined
    context.requestTurn()
    if (session.connected) return this.#refuse(LogText.alreadyConnected(this.peer.address))
    const { message } = context.readings.usual
    message.read(pending.logon, 0, pending.logon.length)
    this.#decide(session, message, refusal)
    if (this.#session !== undefined) pending.replay(session.parts.reading.message, this)
    if (pending.ended) this.ended()
  }

  #hold(bytes: Buffer, from: number, to: number, why?: GarbledReason): void {
    if (this.#pending?.hold(bytes, from, to, why) === false) this.#refuse(LogText.tooMuchBehindLogon)
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
