import { connect, type Socket } from 'node:net'
import { SECOND, type Nanos } from '../../base/time.js'
import { type Credentials } from '../session/credentials.js'
import { LogText } from '../session/log-text.js'
import { type Session } from '../session/session.js'
import { type SessionSettings } from '../session/session-settings.js'

/** How an initiator finds its counterparty. */
export interface InitiatorOptions {
  /** `role` must be `initiator`. */
  readonly settings: SessionSettings
  readonly host: string
  readonly port: number
  readonly credentials?: Credentials | undefined
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
    else if (this.#socket.connecting) this.#socket.destroy()
  }

  /** Dials no more. A connection that stands is not touched. */
  stop(): void {
    this.#stopped = true
    if (this.#socket?.connecting === true) this.#socket.destroy()
  }

  #dial(now: Nanos): void {
    const { host, port } = this.options
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true })
    this.#socket = socket
    this.#deadline = now + DIAL_TIMEOUT
    socket.on('connect', () => {
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

  get #firstPause(): number {
    return this.options.reconnectAfter ?? 1
  }
}
