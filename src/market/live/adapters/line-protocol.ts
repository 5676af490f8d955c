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

/** The venue's own protocol of JSON lines (README.md): whoever has a book can push it. */
export class LineProtocol implements FeedProtocol {
  /** Lines need not be numbered. */
  readonly countsMessages = false
  readonly #host: ProtocolHost
  /** The number of the last line of each instrument, where its lines are numbered. */
  readonly #numbers = new Map<FeedInstrument, number>()

  constructor(host: ProtocolHost) {
    this.#host = host
  }

  opened(): void {
    this.#numbers.clear()
    for (const instrument of this.#host.instruments) this.sync(instrument)
  }

  sync(instrument: FeedInstrument): void {
    this.#numbers.delete(instrument)
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
    if (time !== undefined) this.#host.exchangeTime(time)
    switch (line.type) {
      case 'book':
        this.#number(instrument, line)
        return instrument.snapshot(time, levels(instrument, line))
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
  }

  #number(instrument: FeedInstrument, line: JsonObject): void {
    if (line.seq === undefined) this.#numbers.delete(instrument)
    else this.#numbers.set(instrument, integerOf(line, 'seq'))
  }

  /** Numbered lines count up by one; what came before is left out, and where one is missing the book is. */
  #follows(instrument: FeedInstrument, line: JsonObject): boolean {
    if (instrument.state === 'syncing' || line.seq === undefined) return instrument.state !== 'syncing'
    const seq = integerOf(line, 'seq')
    const last = this.#numbers.get(instrument)
    if (last !== undefined && seq <= last) return false
    this.#numbers.set(instrument, seq)
    if (last === undefined || seq === last + 1) return true
    this.#host.lost(instrument, `lines ${last + 1} to ${seq - 1} are missing`)
    return false
  }
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
