import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { FakeExchange, type Level } from './fake-exchange.js'

/** Somebody who pushes JSON lines to who connects. */
export class FakeLines extends FakeExchange {
  #server: Server | undefined
  readonly #sockets = new Set<Socket>()
  #seq = 0
  port = 0

  async start(): Promise<void> {
    this.#server = createServer((socket) => {
      this.connections++
      this.#sockets.add(socket)
      socket.on('data', (bytes) => {
        if (!bytes.toString().includes('"sync"')) return
        this.requests++
        if (!this.mute) this.sendBook()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise<void>((listening) => this.#server?.listen(this.port, '127.0.0.1', listening))
    this.port = (this.#server.address() as AddressInfo).port
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    this.drop()
    await new Promise((closed) => (this.#server ? this.#server.close(closed) : closed(undefined)))
  }

  /** Any bytes, as a broken sender would send them. */
  raw(text: string): void {
    for (const socket of this.#sockets) socket.write(text)
  }

  sign(): void {
    this.#line({ type: 'heartbeat' })
  }

  protected sendBook(): void {
    this.#line({ type: 'book', symbol: 'ACME', seq: this.#seq, bids: this.bids, asks: this.asks })
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    const time = '2023-11-14T22:13:20.500123456Z'
    this.#line({ type: 'change', symbol: 'ACME', seq: ++this.#seq, time, bids, asks })
  }

  protected skip(): void {
    this.#seq++
    this.sendChange([], [])
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    this.#line({ type: 'trade', symbol: 'ACME', seq: ++this.#seq, price, qty, aggressor })
  }

  #line(line: object): void {
    this.raw(`${JSON.stringify(line)}\n`)
  }
}
