import type { Clock, Nanos } from '../../../../src/base/time.js'
import { isoText, type Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

export class FakeCoinbase extends FakeWebSocketExchange {
  #tradeId = 0
  /** Of all that happens to the product, as heartbeats and matches tell it. */
  #sequence = 50

  constructor(clock?: Clock) {
    super(clock)
    this.mark(this.stamp())
  }

  protected override request(text: string): void {
    const { type, product_ids, channels } = JSON.parse(text) as Record<string, string | string[]>
    this.broadcast({
      type: 'subscriptions',
      channels: (channels as string[]).map((name) => ({ name, product_ids }))
    })
    if (type === 'subscribe' && channels.includes('matches')) {
      this.broadcast(this.#match('last_match', '100.11', '1', 'buy'))
    }
    if (type === 'subscribe' && channels.includes('level2_batch')) {
      this.requests++
      if (!this.mute) this.sendBook()
    }
  }

  /** Its time is that of its last change. */
  protected sendBook(): void {
    const { mark, bids, asks } = this.snapshot
    this.broadcast({ type: 'snapshot', product_id: 'ACME', bids, asks, time: isoText(mark as Nanos) })
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    const changes = [...bids.map((level) => ['buy', ...level]), ...asks.map((level) => ['sell', ...level])]
    const at = this.stamp()
    this.mark(at)
    this.send({ type: 'l2update', product_id: 'ACME', changes, time: isoText(at) })
  }

  /** Nothing tells that a change is missing but the numbers of matches beside it. */
  protected skip(): void {
    this.#tradeId++
    this.mark(this.stamp())
    this.sign()
  }

  override sign(): void {
    const numbers = { last_trade_id: this.#tradeId, sequence: ++this.#sequence }
    this.broadcast({ type: 'heartbeat', ...numbers, product_id: 'ACME', time: isoText(this.stamp()) })
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    this.#tradeId++
    this.send(this.#match('match', price, qty, aggressor))
  }

  #match(type: string, price: string, size: string, aggressor: 'buy' | 'sell'): object {
    return {
      type,
      trade_id: this.#tradeId,
      sequence: ++this.#sequence,
      maker_order_id: 'ac928c66-ca53-498f-9c13-a110027a60e8',
      taker_order_id: '132fb6ae-456b-4654-b4e0-d681ac05cea1',
      time: isoText(this.stamp()),
      product_id: 'ACME',
      size,
      price,
      side: aggressor === 'buy' ? 'sell' : 'buy'
    }
  }
}
