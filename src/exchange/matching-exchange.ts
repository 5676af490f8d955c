import { nanos, type Nanos } from '../base/time.js'
import { type Command } from './command.js'
import { type OrderState } from './event.js'
import {
  type DisplayedLevel,
  type Exchange,
  type ExchangeFactory,
  type ExchangeOptions,
  type TopOfBook
} from './exchange.js'
import { InFlight } from './in-flight.js'
import { type Instrument } from './instrument.js'
import { Listing } from './listing.js'
import { createConsumptionModel } from './models/consumption.js'
import { FeeBook } from './models/fees/fee-book.js'
import { createLatencyModel, type LatencyModel, type MessageKind } from './models/latency/latency-model.js'
import { LadderShift } from './models/reaction/ladder-shift.js'
import { createPriceReaction } from './models/reaction/create-reaction.js'
import { createQueueModel } from './models/queue-model.js'
import { ClientIds } from './order/client-ids.js'
import { OrderEntry } from './order/order-entry.js'
import { WorkingOrders } from './order/working-orders.js'
import { Reports } from './reports.js'
import { hashState } from './state-hash.js'
import { type Aggressor, type InstrumentNo, type Price, type Quantity, type SessionNo, type Side } from './units.js'

/** The exchange that the venue runs. */
export const createExchange: ExchangeFactory = (options) => new MatchingExchange(options)

/** Lets time pass, hands facts to their listing and commands to order entry, and answers questions. */
class MatchingExchange implements Exchange {
  readonly instruments: readonly Instrument[]
  readonly #listings: readonly Listing[]
  readonly #latency: LatencyModel
  readonly #fees: FeeBook | undefined
  readonly #reports: Reports
  readonly #working = new WorkingOrders()
  readonly #ids = new ClientIds()
  readonly #entry: OrderEntry
  readonly #commands = new InFlight<Command>()
  #time = nanos(0)

  constructor({ instruments, models, listener, sessionNames }: ExchangeOptions) {
    this.instruments = instruments
    this.#latency = createLatencyModel(models.latency, models.seed, sessionNames)
    this.#fees = models.fees && new FeeBook(models.fees, instruments)
    const reactions = instruments.map((instrument) => {
      const reaction = createPriceReaction(models, instrument)
      return reaction && new LadderShift(reaction, instrument.tickSize)
    })
    this.#reports = new Reports(listener, { latency: this.#latency, reactions, fees: this.#fees })
    const parts = {
      queueModel: createQueueModel(models.queue),
      consumption: (instrument: Instrument) => createConsumptionModel(models, instrument.symbol),
      reports: this.#reports,
      working: this.#working,
      listener
    }
    this.#listings = instruments.map((instrument) => new Listing(instrument, parts))
    this.#entry = new OrderEntry(this.#listings, this.#reports, this.#working, this.#ids)
  }

  get time(): Nanos {
    return this.#time
  }

  submit(command: Command): void {
    const { time } = command
    this.advance(time)
    if (command.kind === 'endOfDay' || command.kind === 'phase') {
      this.#act(time, command)
      return
    }
    const { session } = command
    const due = this.#commands.dueAfter(session, nanos(time + this.#latency.next(session, messageKind(command))))
    if (due > time) this.#commands.push(session, command, due)
    else this.#act(time, command)
  }

  advance(to: Nanos): void {
    this.#forward(to)
    if (this.#commands.due <= to || this.#reports.underWay.due <= to) this.#settle(to)
    this.#time = to
  }

  nextDue(): Nanos | undefined {
    const due = Math.min(this.#commands.due, this.#reports.underWay.due)
    return due === Number.POSITIVE_INFINITY ? undefined : nanos(due)
  }

  /** Before a fact: what is due earlier than it happens first. */
  #fact(time: Nanos): void {
    this.#forward(time)
    if (this.#commands.due < time || this.#reports.underWay.due < time) this.#settle(time - 1)
    this.#time = time
  }

  #forward(to: Nanos): void {
    if (!(to >= this.#time)) throw new RangeError(`time runs backwards: from ${this.#time} to ${to}`)
  }

  /** Lets happen what is due up to `to`, in order of time; at one time, reports leave before commands act. */
  #settle(to: number): void {
    const reports = this.#reports.underWay
    for (;;) {
      const due = Math.min(this.#commands.due, reports.due)
      if (due > to) return
      this.#time = nanos(due)
      if (reports.due === due) this.#reports.publishNext()
      else this.#act(this.#time, this.#commands.shift())
    }
  }

  #act(time: Nanos, command: Command): void {
    const listing = this.#entry.act(time, command)
    if (listing === undefined) for (const { watch } of this.#listings) watch.top(time)
    else {
      listing.react(time)
      listing.watch.top(time)
    }
  }

  // What the feed tells.

  add(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed } = this.#listings[instrument]
    feed.add(time, id, side, price + book.shift, qty)
  }

  reduce(time: Nanos, instrument: InstrumentNo, id: number, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    this.#listings[instrument].feed.reduce(time, id, qty)
  }

  remove(time: Nanos, instrument: InstrumentNo, id: number): void {
    if (time !== this.#time) this.#fact(time)
    this.#listings[instrument].feed.remove(time, id)
  }

  modify(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed } = this.#listings[instrument]
    feed.modify(time, id, side, price + book.shift, qty)
  }

  execute(time: Nanos, instrument: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed, reaction } = this.#listings[instrument]
    if (qty > 0) reaction?.print()
    feed.execute(time, id, side, price + book.shift, qty)
  }

  level(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed } = this.#listings[instrument]
    feed.level(time, side, price + book.shift, qty)
  }

  quote(time: Nanos, instrument: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed } = this.#listings[instrument]
    feed.quote(time, side, price + book.shift, qty)
  }

  trade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed, reaction } = this.#listings[instrument]
    if (qty > 0) reaction?.print()
    feed.trade(time, aggressor, price + book.shift, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed, reaction } = this.#listings[instrument]
    if (qty > 0) reaction?.print()
    feed.hiddenTrade(time, aggressor, price + book.shift, qty)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    if (time !== this.#time) this.#fact(time)
    this.#listings[instrument].feed.clear(time)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    if (time !== this.#time) this.#fact(time)
    const listing = this.#listings[instrument]
    listing.eventEnd(time)
    listing.watch.top(time)
  }

  // Questions.

  watch(instrument: InstrumentNo): void {
    this.#listings[instrument].watch.start()
  }

  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined {
    return this.#ids.find(session, clOrdId)?.state()
  }

  workingOrders(session?: SessionNo): OrderState[] {
    return this.#working.select(session).map((order) => order.state())
  }

  depth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[] {
    return this.#listings[instrument].book.side(side).displayedDepth(levels)
  }

  marketDepth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[] {
    const { book } = this.#listings[instrument]
    return book.side(side).marketDepth(levels, book.shift)
  }

  topOfBook(instrument: InstrumentNo, into: TopOfBook): TopOfBook {
    return this.#listings[instrument].book.top(into)
  }

  stateHash(): string {
    return hashState({
      time: this.#time,
      listings: this.#listings,
      ids: this.#ids,
      lastOrderId: this.#entry.lastOrderId,
      reports: this.#reports,
      commands: this.#commands,
      latency: this.#latency,
      fees: this.#fees
    })
  }
}

/** As what a command travels. */
function messageKind(command: Exclude<Command, { kind: 'endOfDay' | 'phase' }>): MessageKind {
  if (command.kind === 'refuse') return command.request
  return command.kind === 'cancelAll' ? 'cancel' : command.kind
}
