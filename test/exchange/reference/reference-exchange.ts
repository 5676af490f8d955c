import { createHash } from 'node:crypto'
import { nanos, type Nanos } from '../../../src/base/time.js'
import { type ClientRequest, type Command } from '../../../src/exchange/command.js'
import { type OrderState } from '../../../src/exchange/event.js'
import {
  type DisplayedLevel,
  type Exchange,
  type ExchangeListener,
  type ExchangeOptions,
  type MarketLevels,
  type TopOfBook
} from '../../../src/exchange/exchange.js'
import { type Instrument } from '../../../src/exchange/instrument.js'
import { type Phase } from '../../../src/exchange/phase.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import { createLatencyModel, type LatencyModel } from '../../../src/exchange/models/latency/latency-model.js'
import { type ModelSettings } from '../../../src/exchange/models/settings.js'
import {
  BUY,
  price as priceOf,
  quantity,
  SELL,
  type InstrumentNo,
  type Price,
  type Quantity,
  type SessionNo,
  type Side
} from '../../../src/exchange/units.js'
import { ReferenceInFlight } from './reference-in-flight.js'
import { ReferenceFeed } from './reference-feed.js'
import { ReferenceTrading } from './reference-trading.js'
import { uncrossOf } from './reference-uncross.js'

/**
 * The obvious exchange: plain arrays, everything looked up again each time. It is slow and there to be read beside the
 * rules in src/exchange/README.md; the fast exchange is held to it.
 */
export function createReferenceExchange(options: ExchangeOptions): Exchange {
  return new ReferenceExchange(options)
}

class ReferenceExchange extends ReferenceFeed implements Exchange {
  readonly instruments: readonly Instrument[]
  readonly #models: ModelSettings
  readonly #listener: ExchangeListener
  readonly #trading: ReferenceTrading
  /** Commands under way. */
  readonly #underWay = new ReferenceInFlight<Command>()
  readonly #latency: LatencyModel
  /** Watched instruments and the top of book that was told last. */
  readonly #watched = new Map<InstrumentNo, TopOfBook>()
  #time = nanos(0)
  /** A change of phase that is to be told. */
  #phaseChange: [InstrumentNo, Phase, Uncross | undefined] | undefined

  constructor({ instruments, models, listener, sessionNames }: ExchangeOptions) {
    const latency = createLatencyModel(models.latency, models.seed, sessionNames)
    const trading = new ReferenceTrading(instruments, models, listener, latency)
    super(trading)
    this.instruments = instruments
    this.#models = models
    this.#listener = listener
    this.#trading = trading
    this.#latency = latency
    trading.onAccept = (instrument) => this.watch(instrument)
    trading.onPhase = (...change) => void (this.#phaseChange = change)
  }

  get time(): Nanos {
    return this.#time
  }

  // ---- time ----

  submit(command: Command): void {
    this.advance(command.time)
    if (command.kind === 'endOfDay' || command.kind === 'phase') return this.#act(command.time, command)
    const kind = command.kind === 'refuse' ? command.request : command.kind === 'cancelAll' ? 'cancel' : command.kind
    const { session, time } = command
    const due = this.#underWay.arrival(session, nanos(time + this.#latency.next(session, kind)))
    if (due === time) this.#act(time, command)
    else this.#underWay.send(command, due)
  }

  advance(to: Nanos): void {
    this.#settle((due) => due <= to)
    this.#time = to
  }

  nextDue(): Nanos | undefined {
    const { underWay } = this.#trading.reports
    const all = [this.#trading.nextExpiry()?.due, underWay.nextDue(), this.#underWay.nextDue()]
    const dues = all.filter((due) => due !== undefined)
    return dues.length === 0 ? undefined : nanos(Math.min(...dues))
  }

  /** Lets happen, in time order, what `isDue`; at one time orders expire, then reports leave, then commands act. */
  #settle(isDue: (due: Nanos) => boolean): void {
    for (let due = this.nextDue(); due !== undefined && isDue(due); due = this.nextDue()) {
      this.#time = due
      const expiry = this.#trading.nextExpiry()
      if (expiry?.due === due) {
        this.#trading.expire(expiry)
        this.#tellTops(due, [...this.#watched.keys()])
      } else if (this.#trading.reports.underWay.nextDue() === due) this.#trading.reports.publishNext()
      else this.#act(due, this.#underWay.take())
    }
  }

  #act(time: Nanos, command: Command | undefined): void {
    if (!command) return
    this.#time = time
    this.#trading.act(time, command)
    this.#tellTops(time, [...this.#watched.keys()])
    if (this.#phaseChange) this.#listener.onPhase?.(time, ...this.#phaseChange)
    this.#phaseChange = undefined
  }

  protected override beforeFact(time: Nanos): void {
    this.#settle((due) => due < time)
    this.#time = time
  }

  // ---- market data ----

  watch(instrument: InstrumentNo): void {
    if (!this.#watched.has(instrument)) this.#watched.set(instrument, this.#top(instrument))
  }

  protected override afterEvent(time: Nanos, instrument: InstrumentNo): void {
    if (this.#watched.has(instrument)) this.#tellTops(time, [instrument])
  }

  protected override beforePrint(time: Nanos, instrument: InstrumentNo, price: Price, qty: Quantity): void {
    if (this.#watched.has(instrument)) this.#listener.onPrint?.(time, instrument, price, qty)
  }

  #tellTops(time: Nanos, instruments: InstrumentNo[]): void {
    for (const instrument of instruments.sort((a, b) => a - b)) {
      const top = this.#top(instrument)
      if (JSON.stringify(top) === JSON.stringify(this.#watched.get(instrument))) continue
      this.#watched.set(instrument, top)
      this.#listener.onTopOfBook?.(time, instrument, { ...top })
    }
  }

  #top(instrument: InstrumentNo): TopOfBook {
    const none = { price: priceOf(0), qty: quantity(0) }
    const bid = this.depth(instrument, BUY, 1).at(0) ?? none
    const ask = this.depth(instrument, SELL, 1).at(0) ?? none
    return { bidPrice: bid.price, bidQty: bid.qty, askPrice: ask.price, askQty: ask.qty }
  }

  // ---- questions ----

  topOfBook(instrument: InstrumentNo, into: TopOfBook): TopOfBook {
    return Object.assign(into, this.#top(instrument))
  }

  depth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[] {
    const { book } = this.#trading.markets[instrument]
    const prices = book.displayedPrices(side).slice(0, levels)
    return prices.map((price) => ({ price, qty: quantity(book.displayedQty(side, price)) }))
  }

  marketDepth(instrument: InstrumentNo, side: Side, levels: number): DisplayedLevel[] {
    const { book } = this.#trading.markets[instrument]
    const prices = book.marketPrices(side).slice(0, levels)
    return prices.map((price) => ({ price: priceOf(price - book.shift), qty: quantity(book.marketQty(side, price)) }))
  }

  readMarket(instrument: InstrumentNo, side: Side, into: MarketLevels): MarketLevels {
    const levels = this.marketDepth(instrument, side, into.price.length)
    into.price.set(levels.map(({ price }) => price))
    into.qty.set(levels.map(({ qty }) => qty))
    into.length = levels.length
    return into
  }

  phase(instrument: InstrumentNo): Phase {
    return this.#trading.markets[instrument].phase
  }

  indicativeUncross(instrument: InstrumentNo): Uncross | undefined {
    return uncrossOf(this.#trading.markets[instrument])
  }

  queueAhead(session: SessionNo, clOrdId: string): Quantity | undefined {
    return this.#trading.queueAhead(session, clOrdId)
  }

  findOrder(session: SessionNo, clOrdId: string): OrderState | undefined {
    return this.#trading.findOrder(session, clOrdId)
  }

  requestUnderWay(session: SessionNo, clOrdId: string): ClientRequest | undefined {
    const requests = this.#underWay.sent.map(({ item }) => item).filter((item) => 'clOrdId' in item)
    return requests.find((request) => request.session === session && request.clOrdId === clOrdId)
  }

  workingOrders(session?: SessionNo): OrderState[] {
    return this.#trading.workingOrders(session)
  }

  stateHash(): string {
    const whole = {
      time: this.#time,
      models: this.#models,
      underWay: this.#underWay.sent,
      latency: this.#latency.state(),
      watched: [...this.#watched],
      trading: this.#trading.state()
    }
    const text = JSON.stringify(whole, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
    return createHash('sha256').update(text).digest('hex')
  }
}
