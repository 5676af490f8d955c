import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Clock } from '../../../../src/base/time.js'
import { FakeExchange, isoText, type Level } from './fake-exchange.js'

/** Somebody who pushes JSON lines to who connects. */
export class FakeLines extends FakeExchange {
  #server: Server | undefined
  readonly #sockets = new Set<Socket>()
  #seq = 0
  protected ownPort = 0

  constructor(clock?: Clock) {
    super(clock)
    this.mark(this.#seq)
  }

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
    await new Promise<void>((listening) => this.#server?.listen(this.ownPort, '127.0.0.1', listening))
    this.ownPort = (this.#server.address() as AddressInfo).port
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

  /** Sends the whole book unasked. */
  push(): void {
    this.sendBook()
  }

  sign(): void {
    this.#line({ type: 'heartbeat' })
  }

  protected sendBook(): void {
    const { mark, bids, asks } = this.snapshot
    this.#line({ type: 'book', symbol: 'ACME', seq: mark, bids, asks })
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    this.mark(++this.#seq)
    const line = { type: 'change', symbol: 'ACME', seq: this.#seq, time: isoText(this.stamp()), bids, asks }
    this.line.carry(() => this.#line(line))
  }

  protected skip(): void {
    this.mark(++this.#seq)
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    this.mark(++this.#seq)
    const line = { type: 'trade', symbol: 'ACME', seq: this.#seq, price, qty, aggressor }
    this.line.carry(() => this.#line(line))
  }

  #line(line: object): void {
    this.raw(`${JSON.stringify(line)}\n`)
  }
}
