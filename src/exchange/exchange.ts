import type { Nanos } from '../base/time.js'
import type { ClientRequest, Command } from './command.js'
import type { ExchangeEvent, OrderState } from './event.js'
import type { Instrument } from './instrument.js'
import type { MarketSink } from './market-sink.js'
import type { SessionNames } from './models/latency/latency-model.js'
import type { ModelSettings } from './models/settings.js'
import type { Phase } from './phase.js'
import type { Uncross } from './uncross.js'
import type { InstrumentNo, Price, Quantity, SessionNo, Side } from './units.js'

/** One price level as a participant sees it. */
export interface DisplayedLevel {
  readonly price: Price
  /** Market quantity left after what clients consumed, plus the clients' own displayed orders. */
  readonly qty: Quantity
}

/** The best bid and offer as a participant sees them; a side without orders has price 0 and quantity 0. */
export interface TopOfBook {
  bidPrice: Price
  bidQty: Quantity
  askPrice: Price
  askQty: Quantity
}

/** The best levels of one side of the feed's book, best first, in arrays that are used again. */
export interface MarketLevels {
  /** How many there are, at most the arrays' length; what stands behind them is of earlier readings. */
  length: number
  readonly price: Float64Array
  readonly qty: Float64Array
}

/** Room for the `count` best levels. */
export function marketLevels(count: number): MarketLevels {
  return { length: 0, price: new Float64Array(count), qty: new Float64Array(count) }
}

/** What the exchange tells the outside: reports to clients, and what the market did in instruments that are watched. */
export interface ExchangeListener {
  /** Called when the report leaves: by `publishAt`, then by `execId`. The reports of one session keep their `execId` order. */
  onEvent(event: ExchangeEvent): void
  /**
   * The best displayed price or quantity of a watched instrument changed (at most one call per feed event or command).
   * `top` is the exchange's own and changes with the next call: copy what is kept.
   */
  onTopOfBook?(time: Nanos, instrument: InstrumentNo, top: TopOfBook): void
  /** A feed print in a watched instrument (client fills are not among them). */
  onPrint?(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void
  /** An instrument is in another phase; the uncross that ended the one before, if there was one. Called when all reports of the change were made. */
  onPhase?(time: Nanos, instrument: InstrumentNo, phase: Phase, uncross: Uncross | undefined): void
}

/**
 * The exchange: a state machine of commands and market events in, events out. No clock, no I/O, no randomness but its
 * seeded models. Times never run backwards over all calls; the caller feeds every market event up to and including the
 * time of a command before the command.
 */
export interface Exchange extends MarketSink {
  readonly instruments: readonly Instrument[]
  /** A command reaches the venue's edge at `command.time`; latency is added behind it. */
  submit(command: Command): void
  /** Venue time moves on: delayed commands and reports that are due take effect, in time order. */
  advance(to: Nanos): void
  /** When {@link advance} has something to do next; undefined when nothing waits. */
  nextDue(): Nanos | undefined
  /** Venue time of the last call. */
  readonly time: Nanos

  /** Reports on top of book and prints of an instrument from now on. Every instrument that takes an order is watched. */
  watch(instrument: InstrumentNo): void
  /** The order that a session's ClOrdID names: the last request of its chain, or an earlier one. */
  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined
  /** The request of this ClOrdID that is still on its way to the exchange, by the inbound latency. */
  requestUnderWay(session: SessionNo, clOrdId: string): ClientRequest | undefined
  /** All working orders of a session, in order of arrival; of all sessions when undefined. */
  workingOrders(session?: SessionNo): OrderState[]
  /** The displayed book, best first. */
  depth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[]
  /** The market side alone, as the feed says it (no price reaction), best first: what a replay is checked against. */
  marketDepth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[]
  /** As {@link marketDepth}, as many levels as there is room for in `into`, which it answers: nothing is allocated. */
  readMarket(instrument: InstrumentNo, side: Side, into: MarketLevels): MarketLevels
  topOfBook(instrument: InstrumentNo, into: TopOfBook): TopOfBook
  /** The phase that an instrument is in. */
  phase(instrument: InstrumentNo): Phase
  /** What an uncross would come to now; undefined where nothing could be executed. */
  indicativeUncross(instrument: InstrumentNo): Uncross | undefined
  /** Market quantity ahead of a working order now; undefined where it is not known, or the order does not rest. */
  queueAhead(session: SessionNo, clOrdId: string): Quantity | undefined
  /** A hash over the whole state: books, orders, consumption, models, counters. Equal states have equal hashes. */
  stateHash(): string
}

export interface ExchangeOptions {
  readonly instruments: readonly Instrument[]
  readonly models: ModelSettings
  /** What the models' settings call a session; left out: sessions have no names there. */
  readonly sessionNames?: SessionNames
  readonly listener: ExchangeListener
}

/** Both implementations, the fast exchange and the obvious one that it is checked against, are made by such a function. */
export type ExchangeFactory = (options: ExchangeOptions) => Exchange
