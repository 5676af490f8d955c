import { type Socket } from 'node:net'
import { createServer, type PeerCertificate as LibraryCertificate, type Server, type TLSSocket } from 'node:tls'
import { SECOND, type Clock, type Nanos } from '../../base/time.js'
import { LogText } from '../session/log-text.js'
import { type Peer, type PeerCertificate } from '../session/session-settings.js'

/** Key material of a TLS server, in PEM. */
export interface TlsServerOptions {
  readonly cert: string | Buffer
  readonly key: string | Buffer
  /** Who vouches for clients; clients are asked for a certificate where this is given. */
  readonly ca?: string | Buffer | undefined
  /** A client without a certificate is not served. */
  readonly requireClientCertificate: boolean
}

/** What becomes of a handshake. */
export interface TlsListener {
  /** The socket is encrypted; the peer's certificate, if it showed one, is vouched for. */
  secured(socket: TLSSocket, peer: Peer): void
  /** The socket is closed: `text` is for the log. @param badCertificate the fault is the client's certificate */
  failed(peer: Peer, text: string, badCertificate: boolean): void
}

interface Handshake {
  readonly socket: Socket
  readonly peer: Peer
  readonly since: Nanos
}

/**
 * TLS on sockets that a port has accepted. A certificate that nobody vouches for is refused here, and said so, rather
 * than by the library, which closes without a word.
 */
export class TlsHandshakes {
  readonly #server: Server
  readonly #listener: TlsListener
  readonly #clock: Clock
  readonly #timeout: number
  readonly #required: boolean
  /** By both ends of the connection: the library does not tell which socket an encrypted one was made of. */
  readonly #waiting = new Map<string, Handshake>()

  /**
   * @param timeout seconds that a handshake may take
   * @throws Error where key material is not usable
   */
  constructor(options: TlsServerOptions, clock: Clock, timeout: number, listener: TlsListener) {
    const { cert, key, ca, requireClientCertificate } = options
    this.#clock = clock
    this.#timeout = timeout
    this.#listener = listener
    this.#required = requireClientCertificate
    this.#server = createServer({
      cert,
      key,
      minVersion: 'TLSv1.2',
      requestCert: ca !== undefined || requireClientCertificate,
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca })
    })
    this.#server.on('secureConnection', (socket) => this.#secured(socket))
    this.#server.on('tlsClientError', (error, socket) => {
      // The code is a word; the message names lines of the library's source.
      this.#failed(endsOf(socket), (error as NodeJS.ErrnoException).code ?? error.message)
      socket.destroy()
    })
  }

  get count(): number {
    return this.#waiting.size
  }

  begin(socket: Socket, peer: Peer): void {
    const ends = endsOf(socket)
    this.#waiting.set(ends, { socket, peer, since: this.#clock.now() })
    // What goes wrong is told by the encrypted socket, or by the end of this one.
    socket.on('error', () => undefined)
    socket.once('close', () => this.#failed(ends, 'the peer closed the connection'))
    this.#server.emit('connection', socket)
  }

  /** Gives up those that take too long. */
  tick(now: Nanos): void {
    for (const [ends, { socket, peer, since }] of this.#waiting) {
      if (now - since < this.#timeout * SECOND) continue
      this.#waiting.delete(ends)
      this.#listener.failed(peer, LogText.tlsTimeout(this.#timeout), false)
      socket.destroy()
    }
  }

  close(): void {
    for (const { socket } of this.#waiting.values()) socket.destroy()
    this.#waiting.clear()
  }

  #secured(socket: TLSSocket): void {
    const ends = endsOf(socket)
    const handshake = this.#waiting.get(ends)
    this.#waiting.delete(ends)
    if (handshake === undefined) return void socket.destroy()
    const shown = socket.getPeerCertificate()
    // Without a certificate the library gives an empty object, whatever its type says.
    const none = Object.keys(shown).length === 0
    const fault = none ? this.#missing() : unauthorized(socket)
    if (fault === undefined)
      return this.#listener.secured(socket, none ? handshake.peer : { ...handshake.peer, certificate: proofOf(shown) })
    this.#listener.failed(handshake.peer, LogText.badCertificate(fault), true)
    socket.on('error', () => undefined)
    socket.destroy()
  }

  /** Told more than once of the same fault, it says so once. */
  #failed(ends: string, why: string): void {
    const handshake = this.#waiting.get(ends)
    if (!this.#waiting.delete(ends) || handshake === undefined) return
    this.#listener.failed(handshake.peer, LogText.tlsFailed(why), false)
  }

  #missing(): string | undefined {
    return this.#required ? 'none was shown' : undefined
  }
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress}:${remotePort} ${localAddress}:${localPort}`
}

function unauthorized(socket: TLSSocket): string | undefined {
  // The type says Error; what is there is the code of the fault, as text.
  return socket.authorized ? undefined : String(socket.authorizationError)
}

function proofOf({ subject, fingerprint256 }: LibraryCertificate): PeerCertificate {
  const name: string | string[] | undefined = subject.CN
  return { commonName: Array.isArray(name) ? name.join(',') : (name ?? ''), fingerprint: fingerprint256 }
}
