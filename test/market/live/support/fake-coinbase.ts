import type { Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

const TIME = '2023-11-14T22:13:20.500123Z'

export class FakeCoinbase extends FakeWebSocketExchange {
  #tradeId = 0

  protected override request(text: string): void {
    const { type, channels } = JSON.parse(text) as { type: string; channels: string[] }
    if (type === 'subscribe' && channels.includes('matches')) this.#match('last_match', '100.11', '1', 'buy')
    if (type === 'subscribe' && channels.includes('level2_batch')) {
      this.requests++
      if (!this.mute) this.sendBook()
    }
  }

  protected sendBook(): void {
    this.broadcast({ type: 'snapshot', product_id: 'ACME', bids: this.bids, asks: this.asks })
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    const changes = [...bids.map((level) => ['buy', ...level]), ...asks.map((level) => ['sell', ...level])]
    this.broadcast({ type: 'l2update', product_id: 'ACME', time: TIME, changes })
  }

  /** Nothing tells that a change is missing but the numbers of matches beside it. */
  protected skip(): void {
    this.#tradeId++
    this.sign()
  }

  override sign(): void {
    this.broadcast({ type: 'heartbeat', product_id: 'ACME', time: TIME, sequence: 1, last_trade_id: this.#tradeId })
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    this.#tradeId++
    this.#match('match', price, qty, aggressor)
  }

  #match(type: string, price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    const side = aggressor === 'buy' ? 'sell' : 'buy'
    this.broadcast({ type, product_id: 'ACME', time: TIME, trade_id: this.#tradeId, price, size: qty, side })
  }
}
