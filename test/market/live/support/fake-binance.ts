import type { WebSocket } from 'ws'
import type { Clock } from '../../../../src/base/time.js'
import type { BinanceMarket } from '../../../../src/market/live/adapters/binance-protocol.js'
import { unixMilliseconds, type Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

export class FakeBinance extends FakeWebSocketExchange {
  readonly #market: BinanceMarket
  #updateId = 1000
  #previousId = 990
  #tradeId = 1
  /** Nothing moves while a subscriber comes. */
  quiet = false

  constructor(market: BinanceMarket, clock?: Clock) {
    super(clock)
    this.#market = market
    this.mark(this.#updateId)
  }

  protected override answer(path: string): string | undefined {
    if (this.mute || !path.includes('/depth?symbol=ACME&limit=1000')) return undefined
    const { mark, bids, asks } = this.snapshot
    const time = unixMilliseconds(this.stamp())
    return JSON.stringify({ lastUpdateId: mark, ...(this.#market === 'usdm' ? { E: time, T: time } : {}), bids, asks })
  }

  /** The first update that a subscriber gets is in the book already when that is asked for. */
  protected override connected(socket: WebSocket): void {
    if (!this.quiet) socket.send(JSON.stringify(this.#message(this.bids.slice(0, 1), [])))
  }

  protected sendBook(): void {
    throw new Error('Binance sends its book over HTTP')
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    this.send(this.#update(bids, asks))
  }

  protected skip(): void {
    this.#update([], [])
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    const time = unixMilliseconds(this.stamp())
    const data = {
      e: 'trade',
      E: time,
      T: time,
      s: 'ACME',
      t: this.#tradeId++,
      p: price,
      q: qty,
      ...(this.#market === 'usdm' ? { X: 'MARKET' } : {}),
      m: aggressor === 'sell'
    }
    this.send({ stream: 'acme@trade', data })
  }

  /** Prints that get lost on their way. */
  skipTrades(count: number): void {
    this.#tradeId += count
  }

  #update(bids: readonly Level[], asks: readonly Level[]): object {
    const first = this.#updateId + (this.#market === 'usdm' ? 7 : 1)
    const last = first + 3
    this.#previousId = this.#updateId
    this.#updateId = last
    this.mark(last)
    return this.#message(bids, asks)
  }

  /** The update that made the book what it is. */
  #message(b: readonly Level[], a: readonly Level[]): object {
    const time = unixMilliseconds(this.stamp())
    const [T, pu] = this.#market === 'usdm' ? [{ T: time }, { pu: this.#previousId }] : [{}, {}]
    const [U, u] = [this.#updateId - 3, this.#updateId]
    const data = { e: 'depthUpdate', E: time, ...T, s: 'ACME', U, u, ...pu, b, a }
    return { stream: 'acme@depth@100ms', data }
  }
}
