import { nanos, SECOND, type Clock, type Nanos } from '../../../../src/base/time.js'
import { FateLine, type Fate } from './fate-line.js'
import { TrickleLine } from './trickle-line.js'
import type { BookText } from './venue-book.js'

export type Level = readonly [price: string, qty: string]

/** What the fakes sell: tick 0.01, lot 0.001. */
export const TERMS = { symbol: 'ACME', tickSize: '0.01', lotSize: '0.001' } as const

/** 22:13:20 of 2023-11-14, where nobody gives the fakes a clock. */
const STANDING: Clock = { now: () => nanos(80_000 * SECOND) }
/** The midnight that clocks count from, in seconds since 1970: 2023-11-14. */
const MIDNIGHT = 1_699_920_000
/** Moments that old books can be of. */
const MOMENTS = 64

interface BookCopy {
  readonly bids: Level[]
  readonly asks: Level[]
}

/** A book of the past, and the number or time that it goes by. */
interface Moment {
  readonly mark: number
  readonly book: () => BookCopy
}

/**
 * An exchange on 127.0.0.1 with one book, that speaks the protocol of a real one. It keeps the true book; what it sends of
 * it is up to the test.
 */
export abstract class FakeExchange {
  /** The way of changes and prints to subscribers. */
  protected readonly line = new FateLine()
  readonly #clock: Clock
  readonly #bids = new Map<string, string>()
  readonly #asks = new Map<string, string>()
  readonly #moments: Moment[] = []
  #stamps = 0
  #trickle: TrickleLine | undefined
  /** Connections that stood so far. */
  connections = 0
  /** Times that the whole book was asked for. */
  requests = 0
  /** Levels a side that subscribers are kept to. */
  readonly depth: number = Number.POSITIVE_INFINITY
  /** Does not answer when it is asked for the book. */
  mute = false
  /** Whole books that are sent are of so many changes ago. */
  snapshotAge = 0
  /** Seconds that what is sent needs to come here. */
  delay = 0
  /** Every true book there was, in order, as one text; where it is kept. */
  history: string[] | undefined

  /** @param clock time since 2023-11-14 */
  constructor(clock: Clock = STANDING) {
    this.#clock = clock
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

  /** Where this listens. */
  protected abstract readonly ownPort: number
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

  /** Where subscribers connect. */
  get port(): number {
    return this.#trickle?.port ?? this.ownPort
  }

  /** {@link port} leads here over a line that brings few bytes at a time, until it is closed. */
  async trickle(): Promise<TrickleLine> {
    this.#trickle = await TrickleLine.open(this.ownPort)
    return this.#trickle
  }

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

  /** What becomes of the next changes and prints on their way. */
  next(...fates: readonly Fate[]): void {
    this.line.next(...fates)
  }

  /** What is late comes now. */
  deliver(): void {
    this.line.deliver()
  }

  /** A change or print comes once more, byte for byte. @param back 0: the last; 1: the one before it */
  again(back = 0): void {
    this.line.again(back)
  }

  get bids(): Level[] {
    return ranked(this.#bids, 1)
  }

  get asks(): Level[] {
    return ranked(this.#asks, -1)
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
    this.history?.push(this.truth.join())
  }

  /** The book goes by this number or time now. */
  protected mark(mark: number): void {
    const bids = new Map(this.#bids)
    const asks = new Map(this.#asks)
    this.#moments.push({ mark, book: () => ({ bids: ranked(bids, 1), asks: ranked(asks, -1) }) })
    if (this.#moments.length > MOMENTS) this.#moments.shift()
  }

  /** The whole book to send, as old as {@link snapshotAge} says. */
  protected get snapshot(): BookCopy & { readonly mark: number } {
    const { mark, book } = this.#moments[Math.max(0, this.#moments.length - 1 - this.snapshotAge)]
    return { mark, ...book() }
  }

  /** When what comes now is sent: no two things at one time. Whole microseconds since {@link MIDNIGHT}. */
  protected stamp(): Nanos {
    return nanos(this.#clock.now() - this.delay * SECOND + ++this.#stamps * 1000)
  }
}

/** Best first. */
function ranked(levels: ReadonlyMap<string, string>, side: 1 | -1): Level[] {
  return [...levels].sort(([a], [b]) => side * (Number(b) - Number(a)))
}

/** "2023-11-14T22:13:20.000123Z" */
export function isoText(at: Nanos): string {
  const second = new Date((MIDNIGHT + Math.floor(at / SECOND)) * 1000).toISOString().slice(0, 19)
  return `${second}.${String((at % SECOND) / 1000).padStart(6, '0')}Z`
}

/** Milliseconds since 1970. */
export function unixMilliseconds(at: Nanos): number {
  return MIDNIGHT * 1000 + Math.floor(at / 1e6)
}
