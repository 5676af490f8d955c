import type { Nanos } from '../../../base/time.js'
import { BUY, SELL, type Aggressor } from '../../../exchange/units.js'
import {
  integerOf,
  levelsOf,
  MalformedMessage,
  objectOf,
  parseJson,
  textOf,
  type JsonObject
} from '../../vendors/message-shape.js'
import { fromIsoTime } from '../exchange-time.js'
import type { FeedInstrument, LevelChange } from '../feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../feed-protocol.js'

/** A whole book of one instrument, as a line told it. */
interface Book {
  readonly seq: number | undefined
  readonly time: Nanos | undefined
  readonly levels: readonly LevelChange[]
}

/** The venue's own protocol of JSON lines (README.md): whoever has a book can push it. */
export class LineProtocol implements FeedProtocol {
  /** Lines need not be numbered. */
  readonly countsMessages = false
  readonly #host: ProtocolHost
  /** The highest number of each instrument's lines, where they are numbered. */
  readonly #numbers = new Map<FeedInstrument, number>()
  /** Books below that number: of a moment that is past, or of a count that begins anew. The next line tells which. */
  readonly #doubtful = new Map<FeedInstrument, Book>()

  constructor(host: ProtocolHost) {
    this.#host = host
  }

  opened(): void {
    this.closed()
    for (const instrument of this.#host.instruments) this.sync(instrument)
  }

  sync(instrument: FeedInstrument): void {
    this.#host.send(JSON.stringify({ type: 'sync', symbol: instrument.feedSymbol }))
  }

  message(text: string): void {
    const line = objectOf(parseJson(text), 'a line')
    if (line.type === 'heartbeat') return
    const symbol = textOf(line, 'symbol')
    const instrument = this.#host.find(symbol)
    // What is said of others is of no matter to the books of this feed.
    if (!instrument)
      return this.#host.log('fault', new MalformedMessage('one of the symbols of this feed', symbol).message)
    const time = line.time === undefined ? undefined : fromIsoTime(textOf(line, 'time'), this.#host.epoch)
    this.#host.exchangeTime(time)
    switch (line.type) {
      case 'book':
        return this.#book(instrument, { seq: numberOf(line), time, levels: levels(instrument, line) })
      case 'change':
        if (this.#follows(instrument, line)) instrument.change(time, levels(instrument, line))
        return
      case 'trade':
        if (!this.#follows(instrument, line)) return
        return instrument.trade(
          time,
          aggressor(line.aggressor),
          instrument.price(textOf(line, 'price')),
          instrument.quantity(textOf(line, 'qty'))
        )
      case 'stop':
        return instrument.lost('syncing', typeof line.reason === 'string' ? line.reason : 'stopped by the feed')
      default:
        throw new MalformedMessage('type book, change, trade, stop or heartbeat', line.type)
    }
  }

  closed(): void {
    this.#numbers.clear()
    this.#doubtful.clear()
  }

  #book(instrument: FeedInstrument, book: Book): void {
    const { seq, time, levels } = book
    const last = this.#numbers.get(instrument)
    this.#doubtful.delete(instrument)
    if (seq === undefined) this.#numbers.delete(instrument)
    else if (last !== undefined && seq < last) {
      this.#doubtful.set(instrument, book)
      return this.#host.lost(instrument, `book ${seq} is older than line ${last}`)
    } else this.#numbers.set(instrument, seq)
    instrument.snapshot(time, levels)
  }

  /** Numbered lines count up by one; what came before is left out, and where one is missing the book is. */
  #follows(instrument: FeedInstrument, line: JsonObject): boolean {
    const seq = numberOf(line)
    if (seq === undefined) return true
    const doubtful = this.#doubtful.get(instrument)
    this.#doubtful.delete(instrument)
    if (doubtful?.seq === seq - 1) {
      this.#numbers.set(instrument, seq)
      instrument.snapshot(doubtful.time, doubtful.levels)
      return true
    }
    const last = this.#numbers.get(instrument)
    if (last !== undefined && seq <= last) return false
    this.#numbers.set(instrument, seq)
    if (last === undefined || seq === last + 1 || !instrument.known) return true
    this.#host.lost(instrument, `lines ${last + 1} to ${seq - 1} are missing`)
    return false
  }
}

/** @throws MalformedMessage */
function numberOf(line: JsonObject): number | undefined {
  return line.seq === undefined ? undefined : integerOf(line, 'seq')
}

function levels(instrument: FeedInstrument, line: JsonObject): LevelChange[] {
  const of = (key: 'bids' | 'asks', side: typeof BUY | typeof SELL): LevelChange[] =>
    line[key] === undefined
      ? []
      : levelsOf(line, key).map(([price, qty]) => ({
          side,
          price: instrument.price(price),
          qty: instrument.quantity(qty)
        }))
  return [...of('bids', BUY), ...of('asks', SELL)]
}

function aggressor(value: unknown): Aggressor {
  if (value === undefined) return 0
  if (value === 'buy') return BUY
  if (value === 'sell') return SELL
  throw new MalformedMessage('aggressor buy or sell', value)
}
