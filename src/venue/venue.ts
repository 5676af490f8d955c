import { nanos, type Nanos } from '../base/time.js'
import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Exchange, ExchangeListener } from '../exchange/exchange.js'
import type { Instrument } from '../exchange/instrument.js'
import { createExchange } from '../exchange/matching-exchange.js'
import type { ModelSettings } from '../exchange/models/settings.js'
import { price, quantity, type InstrumentNo } from '../exchange/units.js'
import type { Journal } from '../journal/journal.js'
import type { MarketSource, PhasePlan } from '../market/market-source.js'
import { ClientView } from './client-view.js'
import { PhasedSink } from './phases/phased-sink.js'

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
  #phases: { readonly schedule: PhasePlan; readonly sink: PhasedSink } | undefined

  constructor({ instruments, models, market }: VenueOptions) {
    this.market = market
    // Where prices react by a model, the venue's prices are not the market's any more, and it would react twice.
    const view =
      market.meet === undefined || models.preset === 'impact' ? undefined : new ClientView(instruments.length)
    this.exchange = createExchange({
      instruments,
      models,
      sessionNames: (session) => this.clients[session],
      listener: {
        onEvent: (event) => {
          view?.note(event)
          this.listener.onEvent(event)
        },
        onTopOfBook: (time, instrument, top) => this.listener.onTopOfBook?.(time, instrument, top),
        onPrint: (time, instrument, price, qty) => this.listener.onPrint?.(time, instrument, price, qty)
      }
    })
    if (view !== undefined) market.meet?.(view.of(this.exchange, (time) => this.#settle(time)))
  }

  /** Venue time so far. */
  get time(): Nanos {
    return this.exchange.time
  }

  /**
   * From now on phases change and days end by a schedule: each change is a command like a client's, and recorded as one.
   * @param record is told every command before it acts
   */
  follow(schedule: PhasePlan, record: (command: Command) => void): void {
    if (schedule.due === undefined) return
    const sink = new PhasedSink(this.exchange, (before) => {
      while (schedule.due !== undefined && schedule.due < before) {
        const change = schedule.take()
        sink.due = schedule.due ?? Number.POSITIVE_INFINITY
        if (change === undefined) return
        record(change)
        this.submit(change)
      }
    })
    sink.due = schedule.due
    this.#phases = { schedule, sink }
  }

  /** Feeds the market up to and including `to`; phases change, commands and reports that are due by then take effect. */
  advance(to: Nanos): void {
    const sink = this.#phases?.sink
    this.market.advance(to, sink ?? this.exchange)
    sink?.happenUpTo(to)
    this.exchange.advance(to)
  }

  /** Feeds about `count` market events, never tearing an instant. Returns false at the end of the market. */
  step(count: number): boolean {
    const sink = this.#phases?.sink
    const reached = this.market.step(count, sink ?? this.exchange)
    if (reached === undefined) return false
    sink?.happenUpTo(reached)
    this.exchange.advance(reached)
    return true
  }

  /** When something happens next: a market event, a phase, or a command or report under way. */
  nextDue(): Nanos | undefined {
    const market = this.market.nextTime()
    const exchange = this.exchange.nextDue()
    const due = Math.min(market ?? Infinity, exchange ?? Infinity, this.#phases?.schedule.due ?? Infinity)
    return due === Infinity ? undefined : nanos(due)
  }

  /** Lets happen what is due before `time`. */
  #settle(time: Nanos): void {
    const before = nanos(time - 1)
    this.#phases?.sink.happenUpTo(before)
    if (this.exchange.time < before) this.exchange.advance(before)
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
