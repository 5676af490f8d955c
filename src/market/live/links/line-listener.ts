import { createServer, type Server, type Socket } from 'node:net'
import type { Dial, Link, LinkEvents } from './link.js'
import { overSocket } from './line-link.js'

/**
 * Waits for somebody who pushes lines to a port: to dial is to wait for the next one. One at a time; others are sent
 * away. The port is bound at the first dialling.
 */
export class LineListener {
  readonly #host: string
  readonly #port: number
  #server: Server | undefined
  #waiting: ((socket: Socket) => void) | undefined

  constructor(host: string, port: number) {
    this.#host = host
    this.#port = port
  }

  /** The port that is listened on; undefined before it is. */
  get port(): number | undefined {
    const address = this.#server?.address()
    return typeof address === 'object' && address !== null ? address.port : undefined
  }

  readonly dial: Dial = (events) => {
    let link: Link | undefined
    this.#waiting = (socket) => {
      this.#waiting = undefined
      link = overSocket(socket, events)
      events.opened()
    }
    this.#listen(events)
    return {
      waits: true,
      send: (text) => link?.send(text),
      ping: () => undefined,
      destroy: () => {
        if (link === undefined) this.#waiting = undefined
        else link.destroy()
      }
    }
  }

  /** Listens no more. */
  close(): void {
    this.#server?.close()
    this.#server = undefined
  }

  #listen(events: LinkEvents): void {
    if (this.#server !== undefined) return
    const server = createServer({ noDelay: true }, (socket) => {
      if (this.#waiting === undefined) socket.destroy()
      else this.#waiting(socket)
    })
    this.#server = server
    server.on('error', (error) => {
      this.#server = undefined
      this.#waiting = undefined
      events.closed(error.message)
    })
    server.listen({ host: this.#host, port: this.#port })
  }
}
