import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { FakeWebSocketExchange } from './fake-web-socket.js'

type Changes = readonly (readonly [price: string, qty: string])[]

interface DepthFields {
  readonly E: number
  readonly u: number
  readonly b: Changes
  readonly a: Changes
}

/** A message of a recorded stream, byte for byte. */
export interface RecordedMessage {
  readonly kind: 'snapshot' | 'depth' | 'trade'
  readonly text: string
  /** Milliseconds since 1970. */
  readonly E: number
  /** Depth updates that the exchange's book has taken when this one is sent, itself among them; 0: the recorded snapshot. */
  readonly events: number
}

/** A recorded raw stream of USD-M: its messages but the book tickers, and the exchange's book at any time of it. */
export class BinanceRecording {
  readonly messages: readonly RecordedMessage[]
  readonly #bids: Changes
  readonly #asks: Changes
  readonly #lastUpdateId: number
  readonly #updates: DepthFields[] = []

  /** @param file lines of `<local ns> <json>`, gzip */
  constructor(file: string) {
    const texts = gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .map((line) => line.slice(line.indexOf(' ') + 1))
      .filter((text) => text !== '' && !text.includes('@bookTicker'))
    const first = texts.find((text) => text.startsWith('{"lastUpdateId"')) ?? '{}'
    const { lastUpdateId, bids, asks } = JSON.parse(first) as { lastUpdateId: number; bids: Changes; asks: Changes }
    this.#bids = bids
    this.#asks = asks
    this.#lastUpdateId = lastUpdateId
    this.messages = texts.map((text) => this.#message(text))
  }

  #message(text: string): RecordedMessage {
    if (text.startsWith('{"lastUpdateId"')) return { kind: 'snapshot', text, E: 0, events: 0 }
    const { data } = JSON.parse(text) as { data: DepthFields }
    const kind = text.includes('"depthUpdate"') ? 'depth' : 'trade'
    // Updates that came before the snapshot is in the file are newer than it all the same.
    if (kind === 'depth' && data.u > this.#lastUpdateId) this.#updates.push(data)
    return { kind, text, E: data.E, events: this.#updates.length }
  }

  /** The best levels a side behind each number of updates: "61800.30 2.909 …". */
  tops(levels: number): string[] {
    const book = new TrueBook(this.#bids, this.#asks)
    return [book.top(levels), ...this.#updates.map((update) => book.take(update).top(levels))]
  }

  /** What GET depth answers behind so many updates. */
  snapshotAt(events: number): string {
    const book = new TrueBook(this.#bids, this.#asks)
    for (const update of this.#updates.slice(0, events)) book.take(update)
    const { u, E } = events === 0 ? { u: this.#lastUpdateId, E: 0 } : this.#updates[events - 1]
    return JSON.stringify({ lastUpdateId: u, E, T: E, bids: book.best('bids', 1000), asks: book.best('asks', 1000) })
  }
}

/** One side of a book by the vendor's own texts: by a price's distance from the best, levels as they were written. */
type TrueSide = Map<number, readonly [price: string, qty: string]>

/** A book that shares nothing with the feed's. */
class TrueBook {
  readonly #bids: TrueSide = new Map()
  readonly #asks: TrueSide = new Map()

  constructor(b: Changes, a: Changes) {
    this.take({ b, a })
  }

  take({ b, a }: Pick<DepthFields, 'a' | 'b'>): this {
    for (const [side, sign, changes] of [
      [this.#bids, -1, b],
      [this.#asks, 1, a]
    ] as const) {
      for (const level of changes) {
        if (Number(level[1]) === 0) side.delete(sign * Number(level[0]))
        else side.set(sign * Number(level[0]), level)
      }
    }
    return this
  }

  /** The best levels, best first. */
  best(side: 'bids' | 'asks', count: number): (readonly [price: string, qty: string])[] {
    const levels = side === 'bids' ? this.#bids : this.#asks
    // A handful is found in one pass; all of them are better sorted.
    const keys = count < 20 ? least(levels.keys(), count) : [...levels.keys()].sort((p, q) => p - q).slice(0, count)
    return keys.map((key) => levels.get(key) ?? ['', ''])
  }

  top(levels: number): string {
    return [...this.best('bids', levels), ...this.best('asks', levels)].flat().map(Number).join(' ')
  }
}

/** The `count` least numbers, in order. */
function least(numbers: Iterable<number>, count: number): number[] {
  const found: number[] = []
  for (const number of numbers) {
    if (found.length === count && number >= found[count - 1]) continue
    let at = found.length
    while (at > 0 && found[at - 1] > number) at--
    found.splice(at, 0, number)
    if (found.length > count) found.pop()
  }
  return found
}

/** Binance, as it was recorded: a stream that a test sends message by message, and answers that it gives. */
export class RecordedBinance extends FakeWebSocketExchange {
  /** What GET depth answers. */
  answerText = ''
  /** Frames that went to subscribers. */
  delivered = 0

  protected override answer(): string {
    return this.answerText
  }

  say(text: string): void {
    this.line.carry(() => this.broadcastText(text))
  }

  protected override broadcastText(text: string): void {
    if (this.subscribers > 0) this.delivered++
    super.broadcastText(text)
  }

  protected sendBook(): void {}
  protected sendChange(): void {}
  protected sendTrade(): void {}
  protected skip(): void {}
}
