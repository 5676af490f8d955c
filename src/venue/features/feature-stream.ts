import type { Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import type { OrderState } from '../../exchange/event.js'
import type { InstrumentNo, Quantity } from '../../exchange/units.js'
import { FeatureSink } from '../../market/features/feature-sink.js'
import { emptyFeatures, type Features } from '../../market/features/features.js'
import type { Venue } from '../venue.js'

/** A client's working order and the market quantity ahead of it; undefined where that is not known, or it does not rest. */
export interface QueuedOrder {
  readonly order: OrderState
  readonly queueAhead: Quantity | undefined
}

/** What the market of an instrument looks like. Prices and quantities in its units. */
export interface FeatureUpdate {
  readonly symbol: string
  readonly features: Readonly<Features>
  /** The clients' working orders in the instrument as they are now; looked up when it is called. */
  orders(): readonly QueuedOrder[]
}

/** The features of a running venue. */
export interface LiveFeatures {
  /**
   * Tells the latest features of instruments whose market moved, once a turn of the venue, behind everything that left in it.
   * Flow and variance begin with the first subscription: what was before it is not in their windows.
   * @param symbols undefined: all
   * @returns ends the subscription
   * @throws UserError for a symbol that the venue does not trade
   */
  subscribe(symbols: readonly string[] | undefined, listener: (update: FeatureUpdate) => void): () => void
  /** The features of an instrument now. @throws UserError for a symbol that the venue does not trade */
  now(symbol: string): FeatureUpdate
}

interface Subscription {
  readonly instruments: ReadonlySet<InstrumentNo>
  readonly listener: (update: FeatureUpdate) => void
}

/** Features beside the order path: the market's facts pass a sink, and what is told is worked out at the end of a turn. */
export class FeatureStream implements LiveFeatures {
  readonly #venue: Venue
  readonly #window: Nanos
  readonly #subscriptions = new Set<Subscription>()
  readonly #moved = new Set<InstrumentNo>()
  #sink: FeatureSink | undefined

  /** @param window how far back trade flow and realised variance look, in ns */
  constructor(venue: Venue, window: Nanos) {
    this.#venue = venue
    this.#window = window
  }

  subscribe(symbols: readonly string[] | undefined, listener: Subscription['listener']): () => void {
    const all = this.#venue.exchange.instruments
    const numbers = symbols?.map((symbol) => this.#find(symbol)) ?? all.map(({ no }) => no)
    const subscription = { instruments: new Set(numbers), listener }
    this.#watching()
    this.#subscriptions.add(subscription)
    return () => void this.#subscriptions.delete(subscription)
  }

  now(symbol: string): FeatureUpdate {
    return this.#update(this.#find(symbol))
  }

  /** Tells what moved since the last call. */
  publish(): void {
    if (this.#moved.size === 0) return
    const moved = [...this.#moved]
    this.#moved.clear()
    if (this.#subscriptions.size === 0) return
    for (const no of moved) {
      const listeners = [...this.#subscriptions].filter(({ instruments }) => instruments.has(no))
      if (listeners.length === 0) continue
      const update = this.#update(no)
      for (const { listener } of listeners) listener(update)
    }
  }

  #update(no: InstrumentNo): FeatureUpdate {
    const { exchange } = this.#venue
    return {
      symbol: exchange.instruments[no].symbol,
      features: this.#watching().read(exchange.time, no, emptyFeatures()),
      orders: () =>
        exchange
          .workingOrders()
          .filter(({ terms }) => terms.instrument === no)
          .map((order) => ({ order, queueAhead: exchange.queueAhead(order.terms.session, order.terms.clOrdId) }))
    }
  }

  #watching(): FeatureSink {
    const { exchange } = this.#venue
    const options = { window: this.#window, onEvent: (_time: Nanos, no: InstrumentNo) => void this.#moved.add(no) }
    this.#sink ??= this.#venue.watchMarket((next) => new FeatureSink(exchange, next, options))
    return this.#sink
  }

  #find(symbol: string): InstrumentNo {
    const found = this.#venue.exchange.instruments.find((each) => each.symbol === symbol)
    if (found) return found.no
    const known = this.#venue.exchange.instruments.map((each) => each.symbol).join(', ')
    throw new UserError(`there is no ${symbol}; expected one of ${known}`)
  }
}
