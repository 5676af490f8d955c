import { nanos, type Nanos } from '../../../src/base/time.js'
import { formatAveragePrice } from '../../../src/exchange/average-price.js'
import type { ExchangeEvent } from '../../../src/exchange/event.js'
import type { Exchange, ExchangeFactory } from '../../../src/exchange/exchange.js'
import {
  formatPrice,
  formatQuantity,
  instrument,
  type FeedKind,
  type Instrument
} from '../../../src/exchange/instrument.js'
import { instrumentNo, price, quantity, sessionNo, type Side } from '../../../src/exchange/units.js'
import type { MarketSource } from '../../../src/market/market-source.js'

/** What an order got at once. */
export interface Fills {
  /** "100 @ 576.34", in the order of the fills. */
  readonly fills: readonly string[]
  readonly average: string
}

/** The exchange behind the first instrument of a tape; nothing is consumed and nothing is delayed. */
export class ReplayedExchange {
  readonly exchange: Exchange
  readonly instrument: Instrument
  #events: ExchangeEvent[] = []
  #orders = 0

  /** @param feed what the tape is told as, where that is less than the tape holds. */
  constructor(factory: ExchangeFactory, source: MarketSource, feed: FeedKind) {
    this.instrument = instrument(instrumentNo(0), { ...source.instruments[0], feed })
    this.exchange = factory({
      instruments: [this.instrument],
      models: {
        preset: 'observer',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
        seed: 1
      },
      listener: { onEvent: (event) => void this.#events.push(event) }
    })
  }

  /** Sends an IOC order: a market order, or with a limit in price units. */
  ioc(time: Nanos, side: Side, qty: number, limit?: number): Fills {
    this.#events = []
    this.exchange.submit({
      kind: 'new',
      time,
      session: sessionNo(0),
      clOrdId: `i${++this.#orders}`,
      instrument: this.instrument.no,
      side,
      ordType: limit === undefined ? 'market' : 'limit',
      timeInForce: 'ioc',
      orderQty: quantity(qty),
      price: price(limit ?? 0),
      tags: []
    })
    const trades = this.#events.filter((event) => event.kind === 'trade')
    const last = trades.at(-1)
    return {
      fills: trades.map(
        ({ lastQty, lastPx }) => `${formatQuantity(this.instrument, lastQty)} @ ${formatPrice(this.instrument, lastPx)}`
      ),
      average: last ? formatAveragePrice(this.instrument, last.notional, last.cumQty) : ''
    }
  }

  /** The best levels of the feed: "100 @ 576.34". */
  market(side: Side, levels: number): string[] {
    return this.exchange
      .marketDepth(this.instrument.no, side, levels)
      .map(({ price, qty }) => `${formatQuantity(this.instrument, qty)} @ ${formatPrice(this.instrument, price)}`)
  }
}
