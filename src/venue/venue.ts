import type { Nanos } from '../base/time.js'
import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Exchange, ExchangeListener } from '../exchange/exchange.js'
import type { Instrument } from '../exchange/instrument.js'
import { createExchange } from '../exchange/matching-exchange.js'
import type { ModelSettings } from '../exchange/models/settings.js'
import { price, quantity, type InstrumentNo } from '../exchange/units.js'
import type { Journal } from '../journal/journal.js'
import type { MarketSource } from '../market/market-source.js'

export interface VenueOptions {
  readonly instruments: readonly Instrument[]
  readonly models: ModelSettings
  readonly market: MarketSource
}

/**
 * The exchange and the market that feeds it, moved through venue time by a driver. Every market event up to and including
 * a moment is fed before anything else happens at that moment.
 */
export class Venue {
  readonly exchange: Exchange
  readonly market: MarketSource
  /** Takes what the exchange tells, in order. Recovery counts; a driver records and reports. */
  listener: ExchangeListener = { onEvent: () => undefined }
  /** Clients by session number, as the models' settings name them: a FIX client's CompID. Known before its first command. */
  readonly clients: (string | undefined)[] = []
  readonly #watched = new Set<InstrumentNo>()

  constructor({ instruments, models, market }: VenueOptions) {
    this.market = market
    this.exchange = createExchange({
      instruments,
      models,
      sessionNames: (session) => this.clients[session],
      listener: {
        onEvent: (event) => this.listener.onEvent(event),
        onTopOfBook: (time, instrument, top) => this.listener.onTopOfBook?.(time, instrument, top),
        onPrint: (time, instrument, price, qty) => this.listener.onPrint?.(time, instrument, price, qty)
      }
    })
  }

  /** Venue time so far. */
  get time(): Nanos {
    return this.exchange.time
  }

  /** Feeds the market up to and including `to`; commands and reports that are due by then take effect. */
  advance(to: Nanos): void {
    this.market.advance(to, this.exchange)
    this.exchange.advance(to)
  }

  /** Feeds about `count` market events, never tearing an instant. Returns false at the end of the market. */
  step(count: number): boolean {
    const reached = this.market.step(count, this.exchange)
    if (reached !== undefined) this.exchange.advance(reached)
    return reached !== undefined
  }

  /** When something happens next: a market event, or a command or report under way. */
  nextDue(): Nanos | undefined {
    const market = this.market.nextTime()
    const exchange = this.exchange.nextDue()
    if (market === undefined || exchange === undefined) return market ?? exchange
    return market < exchange ? market : exchange
  }

  submit(command: Command): void {
    if (command.kind === 'new') this.#watch(command.time, command.instrument)
    this.exchange.submit(command)
  }

  /**
   * Watches an instrument from its first order's request on, and tells the quote that stands then: an analysis wants to
   * know the market that the order was decided on and met, and the exchange only tells of changes.
   */
  #watch(time: Nanos, instrument: InstrumentNo): void {
    if (this.#watched.has(instrument)) return
    this.#watched.add(instrument)
    this.exchange.advance(time)
    this.exchange.watch(instrument)
    const empty = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
    this.listener.onTopOfBook?.(time, instrument, this.exchange.topOfBook(instrument, empty))
  }
}

/** A listener that records every event before it is reported. */
export function journaled(journal: Journal, report: (event: ExchangeEvent) => void): ExchangeListener {
  return {
    onEvent(event) {
      journal.event(event)
      report(event)
    },
    onTopOfBook: (time, instrument, top) => journal.topOfBook(time, instrument, top),
    onPrint: (time, instrument, price, qty) => journal.print(time, instrument, price, qty)
  }
}
