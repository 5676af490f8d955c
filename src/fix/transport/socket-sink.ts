import { type Socket } from 'node:net'
import { type ByteSink } from '../session/connection.js'
import { type Peer } from '../session/session-settings.js'

/** A TCP socket as a connection writes to it. */
export class SocketSink implements ByteSink {
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get pendingBytes(): number {
    return this.#socket.writableLength
  }

  write(bytes: Buffer, done: () => void): void {
    this.#socket.write(bytes, done)
  }

  end(bytes: Buffer | undefined): void {
    if (bytes === undefined) this.#socket.end()
    else this.#socket.end(bytes)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

/** Where a socket leads to. IPv4 addresses are plain also on a dual-stack server. */
export function peerOf(socket: Socket): Peer {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return { address, port: socket.remotePort ?? 0, loopback: address === '::1' || address.startsWith('127.') }
}
