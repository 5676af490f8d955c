import { type Socket } from 'node:net'
import { type Clock, type EpochSeconds, type Nanos } from '../../base/time.js'
import { type Dictionary } from '../dictionary/dictionary.js'
import { type FixApplication } from '../session/application.js'
import { Connection, type ConnectionHost } from '../session/connection.js'
import { type SessionLog } from '../session/log.js'
import { LogText } from '../session/log-text.js'
import { type MessageStore } from '../session/message-store.js'
import { sessionContext, type SessionContext } from '../session/session-parts.js'
import {
  DEFAULT_SETTINGS,
  peerName,
  sessionName,
  type Peer,
  type SessionDirectory,
  type SessionSettings
} from '../session/session-settings.js'
import { type SessionStatus } from '../session/session-status.js'
import { Session } from '../session/session.js'
import { Acceptor, type ListenAddress } from './acceptor.js'
import { Admission } from './admission.js'
import { DEFAULT_LIMITS, type EngineLimits } from './engine-limits.js'
import { Initiator, type InitiatorOptions } from './initiator.js'
import { peerOf, SocketSink } from './socket-sink.js'
import { TlsHandshakes, type TlsServerOptions } from './tls-handshakes.js'

export interface FixEngineOptions {
  /** Wall time: stamps and checks SendingTime (52), runs all timers. */
  readonly clock: Clock
  /** What `clock` counts from. */
  readonly epoch: EpochSeconds
  /** What the times of application messages count from; that of the clock where it is left out. */
  readonly venueEpoch?: EpochSeconds
  readonly store: MessageStore
  readonly directory: SessionDirectory
  readonly application: FixApplication
  readonly dictionary: Dictionary
  readonly log: SessionLog
  /**
   * Called, often many times a turn, when something waits for the end of the turn. The owner then commits the store and
   * calls {@link FixEngine.flush}; nothing leaves before that.
   */
  readonly requestTurn: () => void
  /** Largest message that any session takes, in bytes. Default 64 KiB. */
  readonly maxMessageSize?: number
  /** See {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<EngineLimits>
  /** Every port of the engine speaks TLS where this is given. */
  readonly tls?: TlsServerOptions | undefined
}

/** How long {@link FixEngine.close} waits for peers that answer nothing, in milliseconds. */
const CLOSE_PATIENCE = 4000
const CLOSE_TICK = 50

/** FIX sessions on TCP. Owned by a venue, or by a client, that gives it time and ends its turns. */
export class FixEngine implements ConnectionHost {
  readonly context: SessionContext
  readonly directory: SessionDirectory
  readonly log: SessionLog
  readonly maxMessageSize: number
  readonly logonTimeout: number
  readonly #admission: Admission
  readonly #tls: TlsHandshakes | undefined
  readonly #sessions = new Map<string, Session>()
  readonly #connections = new Set<Connection>()
  readonly #acceptors: Acceptor[] = []
  readonly #initiators: Initiator[] = []
  #due: Connection[] = []
  #spare: Connection[] = []
  #closing = false

  constructor(options: FixEngineOptions) {
    const { dictionary, directory, log, epoch } = options
    this.context = sessionContext({ ...options, venueEpoch: options.venueEpoch ?? epoch }, dictionary)
    this.directory = directory
    this.log = log
    this.maxMessageSize = options.maxMessageSize ?? DEFAULT_SETTINGS.maxMessageSize
    const limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.logonTimeout = limits.logonTimeout
    this.#admission = new Admission(limits)
    this.#tls = options.tls && this.#handshakes(options.tls)
  }

  /**
   * Listens for the acceptor sessions of the directory.
   * @param host loopback where nothing else is asked for
   * @param port 0 for any free one
   * @throws UserError where that is not possible
   */
  async listen(host = '127.0.0.1', port = 0): Promise<ListenAddress> {
    const failed = (error: Error): void =>
      this.log.event(`${host}:${port}`, 'limit', LogText.socketError(error.message))
    const acceptor = new Acceptor((socket) => this.#accept(socket), failed)
    const address = await acceptor.listen(host, port)
    this.#acceptors.push(acceptor)
    return address
  }

  /** Connects an initiator session, and again whenever its connection ends, until {@link close}. */
  connect(options: InitiatorOptions): Session {
    const session = this.session(options.settings)
    const initiator = new Initiator(session, options, (socket) => {
      this.#connection(socket, peerOf(socket)).logOn(session, options.credentials)
    })
    this.#initiators.push(initiator)
    initiator.tick(this.context.clock.now())
    return session
  }

  /** The session of these settings; it is opened where it is not yet, connected or not. */
  session(settings: SessionSettings): Session {
    const name = sessionName(settings.id)
    let session = this.#sessions.get(name)
    if (session === undefined) {
      session = new Session(this.context, settings)
      this.#sessions.set(name, session)
    }
    return session
  }

  /** A session by its name ("FIX.4.4:PAPERPIT->OMS1"), for operations on it. */
  find(name: string): Session | undefined {
    return this.#sessions.get(name)
  }

  /** All sessions that were opened so far. */
  get sessions(): readonly SessionStatus[] {
    return Array.from(this.#sessions.values(), ({ status }) => status)
  }

  /** Ends a turn: what waits is written, one write per connection. */
  flush(): void {
    const due = this.#due
    this.#due = this.#spare
    for (const connection of due) connection.flush()
    due.length = 0
    this.#spare = due
  }

  /** Looks after timers. To be called about every 100 ms. */
  tick(): void {
    const now = this.context.clock.now()
    this.#tls?.tick(now)
    for (const connection of this.#connections) connection.tick(now)
    for (const session of this.#sessions.values()) session.tick(now)
    if (!this.#closing) for (const initiator of this.#initiators) initiator.tick(now)
  }

  /**
   * Logout to all, waits for their answers, closes. The owner goes on ending turns until the promise is kept, which takes
   * two seconds at most where peers do not answer.
   */
  async close(): Promise<void> {
    this.#closing = true
    for (const acceptor of this.#acceptors) acceptor.close()
    for (const initiator of this.#initiators) initiator.stop()
    this.#tls?.close()
    for (const session of this.#sessions.values()) session.logout()
    for (const connection of this.#connections) if (!connection.hasSession) connection.close(undefined)
    let patience = CLOSE_PATIENCE
    while (this.#connections.size > 0 && patience > 0) {
      await new Promise((resolve) => setTimeout(resolve, CLOSE_TICK))
      patience -= CLOSE_TICK
      this.tick()
    }
    for (const connection of this.#connections) connection.destroy()
  }

  scheduleFlush(connection: Connection): void {
    this.#due.push(connection)
    this.context.requestTurn()
  }

  sessionLimit({ id }: SessionSettings): string | undefined {
    return this.#sessions.has(sessionName(id)) ? undefined : this.#admission.session(this.#sessions.size)
  }

  logonLimit(peer: Peer, now: Nanos): string | undefined {
    return this.#admission.logon(peer, now)
  }

  logonRefused(peer: Peer, now: Nanos): void {
    this.#admission.refused(peer, now)
  }

  #accept(socket: Socket): void {
    const peer = peerOf(socket)
    const open = this.#connections.size + (this.#tls?.count ?? 0)
    const refusal = this.#admission.connection(peer, open, this.context.clock.now())
    if (refusal !== undefined || this.#closing) {
      if (refusal !== undefined) this.log.event(peerName(peer), 'connectionRefused', refusal)
      socket.on('error', () => undefined)
      socket.destroy()
    } else if (this.#tls === undefined) this.#accepted(socket, peer)
    else this.#tls.begin(socket, peer)
  }

  #accepted(socket: Socket, peer: Peer): void {
    this.log.event(peerName(peer), 'connected', LogText.connected)
    this.#connection(socket, peer)
  }

  #handshakes(options: TlsServerOptions): TlsHandshakes {
    return new TlsHandshakes(options, this.context.clock, this.logonTimeout, {
      secured: (socket, peer) => this.#accepted(socket, peer),
      failed: (peer, text, badCertificate) => {
        this.log.event(peerName(peer), 'connectionRefused', text)
        if (badCertificate) this.#admission.refused(peer, this.context.clock.now())
      }
    })
  }

  #connection(socket: Socket, peer: Peer): Connection {
    const connection = new Connection(this, peer, new SocketSink(socket))
    this.#connections.add(connection)
    socket.on('data', (chunk) => connection.receive(chunk))
    socket.on('error', (error) => this.log.event(connection.name, 'disconnected', LogText.socketError(error.message)))
    socket.on('end', () => connection.ended())
    socket.on('close', () => {
      this.#connections.delete(connection)
      connection.closed()
    })
    if (this.#closing) connection.close(undefined)
    return connection
  }
}

export function createFixEngine(options: FixEngineOptions): FixEngine {
  return new FixEngine(options)
}
