import { nanos, type Nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { Command } from '../exchange/command.js'
import type { ExchangeEvent } from '../exchange/event.js'
import type { Exchange, ExchangeListener } from '../exchange/exchange.js'
import type { Instrument } from '../exchange/instrument.js'
import type { MarketSink } from '../exchange/market-sink.js'
import { createExchange } from '../exchange/matching-exchange.js'
import type { ModelSettings } from '../exchange/models/settings.js'
import { price, quantity, type InstrumentNo } from '../exchange/units.js'
import type { Journal, MarketJump } from '../journal/journal.js'
import type { MarketSource, PhasePlan, Rewind } from '../market/market-source.js'
import { ClientView } from './client-view.js'
import { PhasedSink } from './phases/phased-sink.js'
import type { ToldPhases } from './phases/told-phases.js'

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
  /** Where the market's facts go: the exchange, or what stands before it. */
  #sink: MarketSink
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
    this.#sink = this.exchange
    if (view !== undefined) market.meet?.(view.of(this.exchange, (time) => this.#settle(time)))
  }

  /** Venue time so far. */
  get time(): Nanos {
    return this.exchange.time
  }

  /**
   * From now on phases change and days end by a schedule: each change is a command like a client's, and recorded as one.
   * @param record is told every command before it acts
   * @param told what the market tells of phases as it is fed; it is part of the schedule
   */
  follow(schedule: PhasePlan, record: (command: Command) => void, told?: ToldPhases): void {
    if (schedule.due === undefined && told === undefined) return
    const happen = (before: Nanos): void => {
      while (schedule.due !== undefined && schedule.due < before) {
        const change = schedule.take()
        sink.due = schedule.due ?? Number.POSITIVE_INFINITY
        if (change === undefined) return
        record(change)
        this.submit(change)
      }
    }
    const sink = new PhasedSink(this.#sink, happen, told)
    sink.due = schedule.due ?? Number.POSITIVE_INFINITY
    this.#phases = { schedule, sink }
    this.#sink = sink
  }

  /** From now on a market's facts go past a sink that passes them on. */
  watchMarket<T extends MarketSink>(by: (next: MarketSink) => T): T {
    const watch = by(this.#sink)
    this.#sink = watch
    return watch
  }

  /**
   * The market leaves for another place: its side of all books is void until venue time is there.
   * @param rewind where it goes, there already; left out: it is worked on now
   * @throws UserError where the market cannot be taken back
   */
  jump({ time, position, marketShift }: MarketJump, rewind = this.#rewind(position)): void {
    this.advance(time)
    const { instruments } = this.exchange
    for (const { no } of instruments) {
      this.#sink.clear(time, no)
      this.#sink.eventEnd(time, no)
    }
    const phases = instruments.map(({ no }) => this.exchange.phase(no))
    this.#phases?.sink.forgetPhases(time, phases)
    rewind.take(marketShift)
  }

  #rewind(position: Nanos): Rewind {
    const rewind = this.market.rewind?.(position)
    if (rewind === undefined) throw new UserError('the journal says that the market was taken back, but it cannot be')
    while (!rewind.work(Number.MAX_SAFE_INTEGER));
    return rewind
  }

  /** Feeds the market up to and including `to`; phases change, commands and reports that are due by then take effect. */
  advance(to: Nanos): void {
    this.market.advance(to, this.#sink)
    this.#phases?.sink.happenUpTo(to)
    this.exchange.advance(to)
  }

  /** Feeds about `count` market events, never tearing an instant. Returns false at the end of the market. */
  step(count: number): boolean {
    const reached = this.market.step(count, this.#sink)
    if (reached === undefined) return false
    this.#phases?.sink.happenUpTo(reached)
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
