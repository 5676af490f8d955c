import { nanos, SECOND } from '../../../../src/base/time.js'
import { type ExchangeEvent } from '../../../../src/exchange/event.js'
import { type Exchange } from '../../../../src/exchange/exchange.js'
import { instrument, type FeedKind } from '../../../../src/exchange/instrument.js'
import { createExchange } from '../../../../src/exchange/matching-exchange.js'
import { type ModelSettings } from '../../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, SELL, sessionNo, type Side } from '../../../../src/exchange/units.js'

const NO = instrumentNo(0)

/** An exchange with one instrument, tick 1, under some models. Times in seconds. */
export class ModelFloor {
  readonly exchange: Exchange
  readonly #events: ExchangeEvent[] = []
  readonly #prints: string[] = []
  #requests = 0

  constructor(feed: FeedKind, models: Partial<ModelSettings>, names: readonly string[] = []) {
    this.exchange = createExchange({
      instruments: [instrument(NO, { symbol: 'SYM', tickSize: '1', lotSize: '1', feed })],
      models: {
        preset: 'consume',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
        seed: 1,
        ...models
      },
      sessionNames: (no) => names[no],
      listener: {
        onEvent: (event) => void this.#events.push(event),
        onPrint: (_time, _no, at, qty) => void this.#prints.push(`${qty} @ ${at}`)
      }
    })
    this.exchange.watch(NO)
  }

  /** Quantities of levels, bids negative in none: side, price, quantity. All in one event. */
  levels(second: number, ...levels: readonly (readonly [side: Side, at: number, qty: number])[]): void {
    const time = nanos(second * SECOND)
    for (const [side, at, qty] of levels) this.exchange.level(time, NO, side, price(at), quantity(qty))
    this.exchange.eventEnd(time, NO)
  }

  /** A ladder of five levels of `qty` a side around 1000. */
  ladder(second: number, qty: number): void {
    this.levels(
      second,
      ...[1, 2, 3, 4, 5].flatMap((away) => [[BUY, 1000 - away, qty] as const, [SELL, 1000 + away, qty] as const])
    )
  }

  trade(second: number, aggressor: Side, at: number, qty: number): void {
    const time = nanos(second * SECOND)
    this.exchange.trade(time, NO, aggressor, price(at), quantity(qty))
    this.exchange.eventEnd(time, NO)
  }

  /** An event in which nothing happens. */
  tick(second: number): void {
    this.exchange.eventEnd(nanos(second * SECOND), NO)
  }

  order(second: number, side: Side, qty: number, limit: number, session = 0): string {
    const clOrdId = `o${++this.#requests}`
    this.exchange.submit({
      kind: 'new',
      time: nanos(second * SECOND),
      session: sessionNo(session),
      clOrdId,
      instrument: NO,
      side,
      ordType: limit === 0 ? 'market' : 'limit',
      timeInForce: 'day',
      orderQty: quantity(qty),
      price: price(limit),
      tags: []
    })
    return clOrdId
  }

  cancel(second: number, origClOrdId: string, session = 0): void {
    const clOrdId = `o${++this.#requests}`
    this.exchange.submit({
      kind: 'cancel',
      time: nanos(second * SECOND),
      session: sessionNo(session),
      clOrdId,
      origClOrdId
    })
  }

  /** Reports since the last call: `o1 new`, `o1 50 @ 1001`. */
  reports(): string[] {
    return this.#events.splice(0).map((event) => {
      const id = 'terms' in event && event.terms ? event.terms.clOrdId : 'clOrdId' in event ? event.clOrdId : ''
      if (event.kind !== 'trade') return `${id} ${event.kind}`
      return `${id} ${event.lastQty} @ ${event.lastPx}`
    })
  }

  events(): ExchangeEvent[] {
    return this.#events.splice(0)
  }

  prints(): string[] {
    return this.#prints.splice(0)
  }

  depth(side: Side, levels = 3): string {
    return this.exchange
      .depth(NO, side, levels)
      .map((level) => `${level.qty} @ ${level.price}`)
      .join(', ')
  }

  marketDepth(side: Side, levels = 3): string {
    return this.exchange
      .marketDepth(NO, side, levels)
      .map((level) => `${level.qty} @ ${level.price}`)
      .join(', ')
  }
}
