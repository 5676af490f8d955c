import { seededRandom } from '../base/random.js'
import { nanos, type Nanos } from '../base/time.js'
import { CountedChance } from './book/iceberg-parts.js'
import { type ClientRequest, type Command, type PhaseChange } from './command.js'
import { type OrderState } from './event.js'
import {
  type DisplayedLevel,
  type Exchange,
  type ExchangeFactory,
  type ExchangeOptions,
  type MarketLevels,
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
import { Expiries } from './order/expiries.js'
import { MarketLook } from './order/market-look.js'
import { OrderEntry } from './order/order-entry.js'
import { OrderLife } from './order/order-life.js'
import { WorkingOrders } from './order/working-orders.js'
import { type Phase } from './phase.js'
import { PhaseChanges } from './phase/phase-change.js'
import { refusal } from './refusal.js'
import { Reports } from './reports.js'
import { hashState } from './state-hash.js'
import { type Uncross } from './uncross.js'
import {
  quantity,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type SessionNo,
  type Side
} from './units.js'

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
  readonly #expiries = new Expiries()
  readonly #icebergChance: CountedChance
  readonly #life: OrderLife
  readonly #entry: OrderEntry
  readonly #phases: PhaseChanges
  readonly #look: MarketLook
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
    this.#icebergChance = new CountedChance(seededRandom(models.seed, 'iceberg'))
    const parts = {
      queueModel: createQueueModel(models.queue),
      consumption: (instrument: Instrument) => createConsumptionModel(models, instrument.symbol),
      reports: this.#reports,
      working: this.#working,
      listener,
      icebergChance: this.#icebergChance
    }
    this.#listings = instruments.map((instrument) => new Listing(instrument, parts))
    const life = new OrderLife(this.#listings, this.#reports, this.#working, this.#expiries)
    this.#entry = new OrderEntry(this.#listings, this.#reports, this.#working, this.#ids, life)
    this.#phases = new PhaseChanges(life, this.#working, listener)
    this.#look = new MarketLook(life)
    this.#life = life
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
    if (this.#commands.due <= to || this.#reports.underWay.due <= to || this.#expiries.due <= to) this.#settle(to)
    this.#time = to
  }

  nextDue(): Nanos | undefined {
    const due = Math.min(this.#commands.due, this.#reports.underWay.due, this.#expiries.due)
    return due === Number.POSITIVE_INFINITY ? undefined : nanos(due)
  }

  /** Before a fact: what is due earlier than it happens first. */
  #fact(time: Nanos): void {
    this.#forward(time)
    if (this.#commands.due < time || this.#reports.underWay.due < time || this.#expiries.due < time)
      this.#settle(time - 1)
    this.#time = time
  }

  #forward(to: Nanos): void {
    if (!(to >= this.#time)) throw new RangeError(`time runs backwards: from ${this.#time} to ${to}`)
  }

  /** Lets happen what is due up to `to`, in order of time; at one time, orders expire, reports leave, then commands act. */
  #settle(to: number): void {
    const reports = this.#reports.underWay
    for (;;) {
      const due = Math.min(this.#commands.due, reports.due, this.#expiries.due)
      if (due > to) return
      this.#time = nanos(due)
      if (this.#expiries.due === due) this.#expire(this.#time)
      else if (reports.due === due) this.#reports.publishNext()
      else this.#act(this.#time, this.#commands.shift())
    }
  }

  #act(time: Nanos, command: Command): void {
    if (command.kind === 'phase') {
      this.#changePhase(time, command)
      return
    }
    const listing = this.#entry.act(time, command)
    if (listing !== undefined) this.#settleMarket(time, listing)
    else {
      for (const each of this.#listings) this.#turn(time, each)
      for (const { watch } of this.#listings) watch.top(time)
    }
  }

  /** Something happened in an instrument: orders that act by themselves have their turn, then the outside is told. */
  #settleMarket(time: Nanos, listing: Listing): void {
    this.#turn(time, listing)
    listing.watch.top(time)
  }

  #turn(time: Nanos, listing: Listing): void {
    listing.react(time)
    const { waiting, book } = listing
    if (waiting.mayAct) this.#look.look(time, listing)
    else if (book.trades.moved && book.state.continuous) book.trades.shrink()
  }

  #changePhase(time: Nanos, { instrument, phase }: PhaseChange): void {
    const listing = this.#listings[instrument]
    const change = this.#phases.change(time, listing, phase)
    if (change === undefined) return
    this.#settleMarket(time, listing)
    this.#phases.told(time, listing, change)
  }

  #expire(time: Nanos): void {
    const order = this.#expiries.shift()
    this.#life.expire(time, order, refusal('PP3011'))
    this.#settleMarket(time, this.#listings[order.terms.instrument])
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
    const { book, feed } = this.#listings[instrument]
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
    const { book, feed } = this.#listings[instrument]
    feed.trade(time, aggressor, price + book.shift, qty)
  }

  hiddenTrade(time: Nanos, instrument: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    if (time !== this.#time) this.#fact(time)
    const { book, feed } = this.#listings[instrument]
    feed.hiddenTrade(time, aggressor, price + book.shift, qty)
  }

  clear(time: Nanos, instrument: InstrumentNo): void {
    if (time !== this.#time) this.#fact(time)
    this.#listings[instrument].feed.clear(time)
  }

  feedLatency(time: Nanos, _instrument: InstrumentNo, latency: Nanos): void {
    if (time !== this.#time) this.#fact(time)
    this.#latency.feed(latency)
  }

  eventEnd(time: Nanos, instrument: InstrumentNo): void {
    if (time !== this.#time) this.#fact(time)
    const listing = this.#listings[instrument]
    listing.eventEnd(time)
    this.#settleMarket(time, listing)
  }

  // Questions.

  watch(instrument: InstrumentNo): void {
    this.#listings[instrument].watch.start()
  }

  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined {
    return this.#ids.find(session, clOrdId)?.state()
  }

  requestUnderWay(session: SessionNo, clOrdId: string): ClientRequest | undefined {
    for (const [, command] of this.#commands)
      if ('clOrdId' in command && command.session === session && command.clOrdId === clOrdId) return command
    return undefined
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

  readMarket(instrument: InstrumentNo, side: Side, into: MarketLevels): MarketLevels {
    const { book } = this.#listings[instrument]
    return book.side(side).readMarket(into, book.shift)
  }

  topOfBook(instrument: InstrumentNo, into: TopOfBook): TopOfBook {
    return this.#listings[instrument].book.top(into)
  }

  phase(instrument: InstrumentNo): Phase {
    return this.#listings[instrument].book.state.phase
  }

  indicativeUncross(instrument: InstrumentNo): Uncross | undefined {
    return this.#listings[instrument].auction.indicative()
  }

  queueAhead(session: SessionNo, clOrdId: string): Quantity | undefined {
    const order = this.#ids.find(session, clOrdId)
    const ahead = order === undefined ? undefined : this.#listings[order.terms.instrument].book.knownAhead(order)
    return ahead === undefined ? undefined : quantity(ahead)
  }

  stateHash(): string {
    return hashState({
      time: this.#time,
      listings: this.#listings,
      ids: this.#ids,
      lastOrderId: this.#entry.lastOrderId,
      icebergDraws: this.#icebergChance.draws,
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
