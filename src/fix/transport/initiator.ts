import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { SECOND, type Nanos } from '../../base/time.js'
import { type Credentials } from '../session/credentials.js'
import { LogText } from '../session/log-text.js'
import { type Session } from '../session/session.js'
import { type SessionSettings } from '../session/session-settings.js'

/** How an initiator knows its counterparty, and what it shows of itself; all in PEM. */
export interface TlsClientOptions {
  /** Who vouches for the counterparty; the authorities that come with Node where left out. */
  readonly ca?: string | Buffer | undefined
  readonly cert?: string | Buffer | undefined
  readonly key?: string | Buffer | undefined
  /** The name that the counterparty's certificate must be made out to; the host where left out. */
  readonly serverName?: string | undefined
}

/** How an initiator finds its counterparty. */
export interface InitiatorOptions {
  /** `role` must be `initiator`. */
  readonly settings: SessionSettings
  readonly host: string
  readonly port: number
  readonly credentials?: Credentials | undefined
  /** Connect by TLS. */
  readonly tls?: TlsClientOptions | undefined
  /** Seconds to the first new attempt after a connection ended or failed; doubled up to the most. Default 1 and 30. */
  readonly reconnectAfter?: number
  readonly reconnectAtMost?: number
}

/** How long a connection may take to stand. */
const DIAL_TIMEOUT = 10 * SECOND

/** Keeps one session connected: dials, logs on, and dials again with growing pauses when the connection ends. */
export class Initiator {
  readonly session: Session
  readonly options: InitiatorOptions
  readonly #join: (socket: Socket, initiator: Initiator) => void
  #socket: Socket | undefined
  #pause: number
  #deadline = Number.NEGATIVE_INFINITY
  #stopped = false
  /** The connection stands, its TLS included. */
  #standing = false

  /** @param join takes a socket that stands; the engine logs on with it */
  constructor(session: Session, options: InitiatorOptions, join: (socket: Socket, initiator: Initiator) => void) {
    this.session = session
    this.options = options
    this.#join = join
    this.#pause = this.#firstPause
  }

  /** Dials when it is time to. */
  tick(now: Nanos): void {
    if (this.session.loggedOn) this.#pause = this.#firstPause
    if (this.#stopped || now < this.#deadline) return
    if (this.#socket === undefined && !this.session.withinHours(now)) return
    if (this.#socket === undefined) this.#dial(now)
    else if (!this.#standing) this.#socket.destroy()
  }

  /** Dials no more. A connection that stands is not touched. */
  stop(): void {
    this.#stopped = true
    if (!this.#standing) this.#socket?.destroy()
  }

  #dial(now: Nanos): void {
    const { host, port, tls } = this.options
    const socket = tls === undefined ? connect({ host, port, noDelay: true, allowHalfOpen: true }) : this.#secure(tls)
    this.#socket = socket
    this.#standing = false
    this.#deadline = now + DIAL_TIMEOUT
    socket.on(tls === undefined ? 'connect' : 'secureConnect', () => {
      this.#standing = true
      this.#deadline = Number.POSITIVE_INFINITY
      this.#join(socket, this)
    })
    socket.on('error', (error) =>
      this.session.parts.log('disconnected', LogText.connectFailed(host, port, error.message))
    )
    socket.on('close', () => {
      this.#socket = undefined
      this.#deadline = this.session.parts.context.clock.now() + this.#pause * SECOND
      this.#pause = Math.min(this.#pause * 2, this.options.reconnectAtMost ?? 30)
    })
  }

  #secure({ ca, cert, key, serverName }: TlsClientOptions): Socket {
    const { host, port } = this.options
    const name = serverName ?? (isIP(host) === 0 ? host : undefined)
    const options = {
      host,
      port,
      minVersion: 'TLSv1.2' as const,
      allowHalfOpen: true,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(name === undefined ? {} : { servername: name })
    }
    return connectTls(options).setNoDelay(true)
  }

  get #firstPause(): number {
    return this.options.reconnectAfter ?? 1
  }
}
