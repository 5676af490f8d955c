import { crc32 } from 'node:zlib'
import type { Clock, Nanos } from '../../../../src/base/time.js'
import { isoText, type Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

const DEPTH = 10

interface Sides {
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

export class FakeKraken extends FakeWebSocketExchange {
  override readonly depth = DEPTH
  #tradeId = 0

  constructor(clock?: Clock) {
    super(clock)
    this.mark(this.stamp())
  }

  protected override request(text: string): void {
    const { method, params } = JSON.parse(text) as { method: string; params: { channel: string; symbol: string[] } }
    const { symbol, ...rest } = params
    for (const each of symbol) this.broadcast({ method, result: { ...rest, symbol: each }, success: true })
    if (method === 'subscribe' && params.channel === 'book') {
      this.requests++
      if (!this.mute) this.sendBook()
    }
  }

  /** Its time is that of its last change. */
  protected sendBook(): void {
    const { mark, ...book } = this.snapshot
    const best = { bids: book.bids.slice(0, DEPTH), asks: book.asks.slice(0, DEPTH) }
    this.broadcast(message('snapshot', best, checksum(best), mark as Nanos))
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    const at = this.stamp()
    this.mark(at)
    this.send(message('update', { bids, asks }, checksum(this), at))
  }

  /** The next change shows that one is missing: its checksum is of the book with both. */
  protected skip(): void {
    this.mark(this.stamp())
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
      ord_type: 'limit',
      trade_id: ++this.#tradeId,
      timestamp: isoText(this.stamp())
    }
    this.send({ channel: 'trade', type: 'update', data: [trade] })
  }
}

function message(type: string, { bids, asks }: Sides, checksum: number, at: Nanos): object {
  const numbers = (levels: readonly Level[]): object[] =>
    levels.map(([price, qty]) => ({ price: Number(price), qty: Number(qty) }))
  const data = { symbol: 'ACME', bids: numbers(bids), asks: numbers(asks), checksum, timestamp: isoText(at) }
  return { channel: 'book', type, data: [data] }
}

/** As Kraken's documentation tells it to subscribers, on the texts themselves. */
function checksum({ bids, asks }: Sides): number {
  const text = (levels: readonly Level[]): string =>
    levels
      .slice(0, DEPTH)
      .map(([price, qty]) => [price, qty].map((each) => each.replace('.', '').replace(/^0+/, '')).join(''))
      .join('')
  return crc32(text(asks) + text(bids))
}
