import type { BinanceMarket } from '../../../../src/market/live/adapters/binance-protocol.js'
import type { Level } from './fake-exchange.js'
import { FakeWebSocketExchange } from './fake-web-socket.js'

/** Moments that snapshots can be of. */
const MOMENTS = 64

export class FakeBinance extends FakeWebSocketExchange {
  readonly #market: BinanceMarket
  #updateId = 1000
  #previousId = 990
  #tradeId = 1
  /** The snapshot is this many updates older than the book. */
  snapshotAge = 0
  /** Ids and book of every moment, for old snapshots. */
  readonly #moments: { readonly id: number; readonly book: () => { bids: Level[]; asks: Level[] } }[] = []
  #lastUpdate: object = {}
  #lastTrade: object = {}

  constructor(market: BinanceMarket) {
    super()
    this.#market = market
    this.#moment()
  }

  protected override answer(path: string): string | undefined {
    if (this.mute || !path.includes('/depth?symbol=ACME&limit=1000')) return undefined
    const { id, book } = this.#moments[Math.max(0, this.#moments.length - 1 - this.snapshotAge)]
    const time = this.#market === 'usdm' ? { E: 1_700_000_000_000, T: 1_700_000_000_000 } : {}
    return JSON.stringify({ lastUpdateId: id, ...time, ...book() })
  }

  protected sendBook(): void {
    throw new Error('Binance sends its book over HTTP')
  }

  /** Sends the last change once more. */
  repeat(): void {
    this.broadcast(this.#lastUpdate)
  }

  protected sendChange(bids: readonly Level[], asks: readonly Level[]): void {
    this.#lastUpdate = this.#update(bids, asks)
    this.broadcast(this.#lastUpdate)
  }

  protected skip(): void {
    this.#update([], [])
  }

  protected sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    const time = 1_700_000_000_500
    const data = {
      e: 'trade',
      t: this.#tradeId++,
      E: time,
      T: time,
      s: 'ACME',
      p: price,
      q: qty,
      m: aggressor === 'sell'
    }
    this.#lastTrade = { stream: 'acme@trade', data }
    this.broadcast(this.#lastTrade)
  }

  repeatTrade(): void {
    this.broadcast(this.#lastTrade)
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
    this.#moment()
    const time = 1_700_000_000_500
    const own = this.#market === 'usdm' ? { T: time, pu: this.#previousId } : {}
    const data = { e: 'depthUpdate', E: time, s: 'ACME', U: first, u: last, ...own, b: bids, a: asks }
    return { stream: 'acme@depth@100ms', data }
  }

  #moment(): void {
    this.#moments.push({ id: this.#updateId, book: this.copy() })
    if (this.#moments.length > MOMENTS) this.#moments.shift()
  }
}
