import type { BookText } from './venue-book.js'

export type Level = readonly [price: string, qty: string]

/** What the fakes sell: tick 0.01, lot 0.001. */
export const TERMS = { symbol: 'ACME', tickSize: '0.01', lotSize: '0.001' } as const

/**
 * An exchange on 127.0.0.1 with one book, that speaks the protocol of a real one. It keeps the true book; what it sends of
 * it is up to the test.
 */
export abstract class FakeExchange {
  readonly #bids = new Map<string, string>()
  readonly #asks = new Map<string, string>()
  /** Connections that stood so far. */
  connections = 0
  /** Times that the whole book was asked for. */
  requests = 0
  /** Levels a side that subscribers are kept to. */
  readonly depth: number = Number.POSITIVE_INFINITY
  /** Does not answer when it is asked for the book. */
  mute = false

  constructor() {
    this.set(
      [
        ['100.10', '5.000'],
        ['100.09', '1.500']
      ],
      [
        ['100.12', '7.000'],
        ['100.13', '2.250']
      ]
    )
  }

  /** Starts to listen; on the port that it had before, if any. */
  abstract start(): Promise<void>
  /** Ends all connections, without a word. */
  abstract drop(): void
  /** Ends all connections and listens no more. */
  abstract stop(): Promise<void>
  /** Sends something that is no market data, by which a subscriber sees that it lives. */
  abstract sign(): void
  protected abstract sendBook(): void
  protected abstract sendChange(bids: readonly Level[], asks: readonly Level[]): void
  protected abstract sendTrade(price: string, qty: string, aggressor: 'buy' | 'sell'): void
  /** A message gets its number, and is not sent. */
  protected abstract skip(): void

  change(bids: readonly Level[], asks: readonly Level[] = []): void {
    this.set(bids, asks)
    this.sendChange(bids, asks)
  }

  trade(price: string, qty: string, aggressor: 'buy' | 'sell'): void {
    this.sendTrade(price, qty, aggressor)
  }

  /** A change that gets lost on its way. */
  lose(bids: readonly Level[], asks: readonly Level[] = []): void {
    this.set(bids, asks)
    this.skip()
  }

  protected set(bids: readonly Level[], asks: readonly Level[]): void {
    for (const [levels, changes] of [
      [this.#bids, bids],
      [this.#asks, asks]
    ] as const) {
      for (const [price, qty] of changes) {
        // Books hold texts at the exchange's precision, however a test writes them.
        const exact = /\.\d{3}/.test(price) ? price : Number(price).toFixed(2)
        if (Number(qty) === 0) levels.delete(exact)
        else levels.set(exact, Number(qty).toFixed(3))
      }
    }
  }

  get bids(): Level[] {
    return ranked(this.#bids, 1)
  }

  get asks(): Level[] {
    return ranked(this.#asks, -1)
  }

  /** The book of this moment, for later. */
  protected copy(): () => { bids: Level[]; asks: Level[] } {
    const bids = new Map(this.#bids)
    const asks = new Map(this.#asks)
    return () => ({ bids: ranked(bids, 1), asks: ranked(asks, -1) })
  }

  /** The true book, as a venue's book shows it. */
  get truth(): BookText {
    const text =
      (side: string) =>
      ([price, qty]: Level) =>
        `${side} ${Math.round(Number(price) * 100)} x ${Math.round(Number(qty) * 1000)}`
    return [
      ...this.bids.slice(0, this.depth).map(text('bid')),
      ...this.asks.slice(0, this.depth).map(text('ask'))
    ].sort()
  }
}

/** Best first. */
function ranked(levels: ReadonlyMap<string, string>, side: 1 | -1): Level[] {
  return [...levels].sort(([a], [b]) => side * (Number(b) - Number(a)))
}
