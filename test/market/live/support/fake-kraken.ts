import { crc32 } from 'node:zlib'
import type { Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

const TIME = '2023-11-14T22:13:20.500123Z'
const DEPTH = 10

export class FakeKraken extends FakeWebSocketExchange {
  override readonly depth = DEPTH
  #tradeId = 0

  /** As Kraken's documentation tells it to subscribers, on the texts themselves. */
  get #checksum(): number {
    const text = (levels: readonly Level[]): string =>
      levels
        .slice(0, DEPTH)
        .map(([price, qty]) => [price, qty].map((each) => each.replace('.', '').replace(/^0+/, '')).join(''))
        .join('')
    return crc32(text(this.asks) + text(this.bids))
  }

  protected override request(text: string): void {
    const { method, params } = JSON.parse(text) as { method: string; params: { channel: string } }
    this.broadcast({ method, success: true, result: params })
    if (method === 'subscribe' && params.channel === 'book') {
      this.requests++
      if (!this.mute) this.sendBook()
    }
  }

  protected sendBook(): void {
    this.#book('snapshot', this.bids.slice(0, DEPTH), this.asks.slice(0, DEPTH))
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    this.#book('update', bids, asks)
  }

  /** The next change shows that one is missing. */
  protected skip(): void {
    this.#book('update', [], [])
  }

  override sign(): void {
    this.broadcast({ channel: 'heartbeat' })
  }

  protected sendTrade(price: string, qty: string, side: 'buy' | 'sell'): void {
    const trade = {
      symbol: 'ACME',
      side,
      price: Number(price),
      qty: Number(qty),
      trade_id: ++this.#tradeId,
      timestamp: TIME
    }
    this.broadcast({ channel: 'trade', type: 'update', data: [trade] })
  }

  #book(type: string, bids: readonly Level[], asks: readonly Level[]): void {
    const numbers = (levels: readonly Level[]): object[] =>
      levels.map(([price, qty]) => ({ price: Number(price), qty: Number(qty) }))
    const data = { symbol: 'ACME', bids: numbers(bids), asks: numbers(asks), checksum: this.#checksum, timestamp: TIME }
    this.broadcast({ channel: 'book', type, data: [data] })
  }
}
