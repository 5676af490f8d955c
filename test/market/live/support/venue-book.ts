import { nanos, type Clock, type Nanos } from '../../../../src/base/time.js'
import type { Instrument } from '../../../../src/exchange/instrument.js'
import type { MarketSink } from '../../../../src/exchange/market-sink.js'
import type { FeedOutput, InstrumentStatus } from '../../../../src/market/live/feed.js'

/** A book as sorted text: "bid 100.10 x 5". */
export type BookText = readonly string[]

/** The venue behind a feed: it keeps the books that facts make, and what it was told, in words. */
export class VenueBook implements FeedOutput {
  /** "change 1 level", "clear", "trade 1 @ 10010 x 2", "state syncing: why" */
  readonly told: string[] = []
  readonly times: Nanos[] = []
  readonly exchangeTimes: (Nanos | undefined)[] = []
  readonly #levels = new Map<string, number>()
  readonly #clock: Clock
  #event: string[] = []
  /** Is called behind each event. */
  onEvent: ((no: number) => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  readonly sink: MarketSink = {
    level: (_time, no, side, price, qty) => {
      const key = `${no} ${side === 1 ? 'bid' : 'ask'} ${price}`
      if (qty === 0) this.#levels.delete(key)
      else this.#levels.set(key, qty)
      this.#event.push(`${side === 1 ? 'bid' : 'ask'} ${price} x ${qty}`)
    },
    quote: (_time, no, side, price, qty) => this.#event.push(`quote ${no} ${side} ${price} x ${qty}`),
    trade: (_time, _no, aggressor, price, qty) => this.#event.push(`trade ${aggressor} @ ${price} x ${qty}`),
    hiddenTrade: (_time, _no, aggressor, price, qty) => this.#event.push(`hidden ${aggressor} @ ${price} x ${qty}`),
    clear: (_time, no) => {
      for (const key of [...this.#levels.keys()]) if (key.startsWith(`${no} `)) this.#levels.delete(key)
      this.#event.push('clear')
    },
    eventEnd: (_time, no) => {
      this.told.push(this.#event.splice(0).join(', '))
      this.onEvent?.(no)
    },
    add: () => this.#event.push('add'),
    reduce: () => this.#event.push('reduce'),
    remove: () => this.#event.push('remove'),
    modify: () => this.#event.push('modify'),
    execute: () => this.#event.push('execute')
  }

  open(exchangeTime: Nanos | undefined): Nanos {
    this.times.push(this.#clock.now())
    this.exchangeTimes.push(exchangeTime)
    return nanos(this.#clock.now())
  }

  close(): void {
    if (this.#event.length > 0) throw new Error('an event was not ended')
  }

  state(instrument: Instrument, { state, reason }: InstrumentStatus): void {
    this.told.push(`${instrument.symbol} ${state}${reason === '' ? '' : `: ${reason}`}`)
  }

  levels(no = 0): BookText {
    const own = [...this.#levels].filter(([key]) => key.startsWith(`${no} `))
    return own.map(([key, qty]) => `${key.slice(key.indexOf(' ') + 1)} x ${qty}`).sort()
  }
}
