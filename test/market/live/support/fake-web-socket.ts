import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { FakeExchange } from './fake-exchange.js'

/** An exchange that speaks over WebSocket, and answers HTTP where it has something to say there. */
export abstract class FakeWebSocketExchange extends FakeExchange {
  #http: Server | undefined
  #sockets: WebSocketServer | undefined
  protected ownPort = 0
  readonly received: string[] = []
  /** Answers to HTTP requests that wait. */
  #held: (() => void)[] | undefined

  /** HTTP requests wait for their answer from now on. */
  hold(): void {
    this.#held ??= []
  }

  /** Answers what waits, with what is true now. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const answer of held) answer()
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    this.#http = createServer((request, response) => {
      const answer = (): void => {
        const body = this.answer(request.url ?? '')
        if (body !== undefined) response.end(body)
      }
      this.requests++
      if (this.#held === undefined) answer()
      else this.#held.push(answer)
    })
    this.#sockets = new WebSocketServer({ server: this.#http })
    this.#sockets.on('connection', (socket) => {
      this.connections++
      socket.on('message', (data) => {
        const text = (data as Buffer).toString()
        this.received.push(text)
        this.request(text, socket)
      })
      socket.on('error', () => undefined)
      this.connected(socket)
    })
    await new Promise<void>((listening) => this.#http?.listen(this.ownPort, '127.0.0.1', listening))
    this.ownPort = (this.#http.address() as AddressInfo).port
  }

  /** Connections that stand. */
  protected get subscribers(): number {
    return this.#sockets?.clients.size ?? 0
  }

  drop(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate()
  }

  async stop(): Promise<void> {
    this.drop()
    this.#http?.closeAllConnections()
    await new Promise((closed) => (this.#http ? this.#http.close(closed) : closed(undefined)))
  }

  /** Sends a change or print, by the way that such things come. */
  protected send(message: object): void {
    const text = JSON.stringify(message)
    this.line.carry(() => this.broadcastText(text))
  }

  protected broadcast(message: object): void {
    this.broadcastText(JSON.stringify(message))
  }

  protected broadcastText(text: string): void {
    for (const socket of this.#sockets?.clients ?? []) socket.send(text)
  }

  /** The answer to an HTTP GET; undefined for none ever. */
  protected answer(_path: string): string | undefined {
    return undefined
  }

  protected connected(_socket: WebSocket): void {}
  protected request(_text: string, _socket: WebSocket): void {}

  sign(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.ping()
  }
}
