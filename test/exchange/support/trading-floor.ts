import { parseDecimal } from '../../../src/base/decimal.js'
import { nanos, type Nanos } from '../../../src/base/time.js'
import { type Command, type OrderTags, type OrdType, type TimeInForce } from '../../../src/exchange/command.js'
import { type ExchangeEvent, type OrderState } from '../../../src/exchange/event.js'
import { type DisplayedLevel, type Exchange, type ExchangeFactory } from '../../../src/exchange/exchange.js'
import { formatPrice, formatQuantity, instrument, type InstrumentTerms } from '../../../src/exchange/instrument.js'
import { type ModelSettings, type Preset, type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { type OrderQualifiers, type PegReference } from '../../../src/exchange/order-qualifiers.js'
import { type Phase } from '../../../src/exchange/phase.js'
import { type Refusal } from '../../../src/exchange/refusal.js'
import { type SelfMatchMode, type TradingRules } from '../../../src/exchange/trading-rules.js'
import { type Uncross } from '../../../src/exchange/uncross.js'
import {
  instrumentNo,
  price,
  quantity,
  sessionNo,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type SessionNo,
  type Side
} from '../../../src/exchange/units.js'
import { eventLine, stateLine } from './event-line.js'

export const bid: Side = 1
export const ask: Side = -1
export const buyer: Aggressor = 1
export const seller: Aggressor = -1
export const unsaid: Aggressor = 0

export interface FloorTerms extends Partial<InstrumentTerms> {
  readonly preset?: Preset
  readonly queue?: QueueModelSettings
  readonly inbound?: number
  readonly outbound?: number
  readonly rules?: Partial<TradingRules>
  readonly models?: Partial<ModelSettings>
  /** How many instruments alike; the first is the one that is meant. */
  readonly instruments?: number
}

/** What an order may be beyond side, quantity and limit, in short words. Prices as decimals. */
export interface Wish {
  readonly type?: OrdType
  readonly tif?: TimeInForce
  readonly price?: string
  readonly stopPx?: string
  readonly minQty?: number
  readonly show?: number
  readonly allOrNone?: boolean
  readonly postOnly?: 'reject' | 'reprice' | 'none'
  readonly peg?: PegReference
  /** Added to the reference, "-0.01". */
  readonly offset?: string
  /** Venue time at which a GTD order expires. */
  readonly until?: number
  readonly group?: string
  readonly mode?: SelfMatchMode
}

interface Replacement extends Omit<Wish, 'price' | 'type' | 'tif'> {
  readonly qty?: number | string
  readonly price?: string
  readonly type?: OrdType
  readonly tif?: TimeInForce
  readonly tags?: OrderTags
}

/**
 * An exchange with one instrument (tick 0.01, lot 1), spoken to in the words of the trade. Each fact of the feed is an
 * event of its own unless told inside {@link event}. `events()` hands over what was reported since the last time.
 */
export class TradingFloor {
  readonly exchange: Exchange
  readonly reports: ExchangeEvent[] = []
  /** Market data of watched instruments as lines. */
  readonly tape: string[] = []
  time = nanos(0)
  #told = 0
  #requests = 0
  #inEvent = false
  #no: InstrumentNo = instrumentNo(0)
  #session: SessionNo = sessionNo(0)
  readonly #feedOrders = new Map<number, { side: Side; price: Price }>()

  constructor(factory: ExchangeFactory, terms: FloorTerms = {}) {
    const { preset = 'consume', queue = { kind: 'riskAverse' }, inbound = 0, outbound = 0, models, ...rest } = terms
    const { instruments = 1, ...written } = rest
    this.exchange = factory({
      instruments: Array.from({ length: instruments }, (_, no) =>
        instrument(instrumentNo(no), { tickSize: '0.01', lotSize: '1', symbol: `SYM${no}`, ...written })
      ),
      models: {
        preset,
        queue,
        latency: { kind: 'constant', inbound: nanos(inbound), outbound: nanos(outbound) },
        seed: 1,
        ...models
      },
      listener: {
        onEvent: (event) => void this.reports.push(event),
        onTopOfBook: (time, no, { bidPrice, bidQty, askPrice, askQty }) =>
          void this.tape.push(
            `${time}: SYM${no} ${bidQty} @ ${this.#written(bidPrice)} / ${askQty} @ ${this.#written(askPrice)}`
          ),
        onPhase: (time, no, phase, uncross) =>
          void this.tape.push(`${time}: SYM${no} ${phase}${uncross ? `, ${this.#uncross(uncross)}` : ''}`),
        onPrint: (time, no, px, qty) => void this.tape.push(`${time}: SYM${no} print ${qty} @ ${this.#written(px)}`)
      }
    })
  }

  // ---- what was reported ----

  /** Reports since the last call, as lines. */
  events(): string[] {
    const lines = this.reports.slice(this.#told).map((event) => eventLine(event, this.exchange.instruments))
    this.#told = this.reports.length
    return lines
  }

  /** Like {@link events}, with the time of each event and, where it differs, of its leaving: `20>30 new o1`. */
  timedEvents(): string[] {
    const reports = this.reports.slice(this.#told)
    const lines = this.events()
    return lines.map((line, i) => {
      const { time, publishAt } = reports[i]
      return `${time}${publishAt === time ? '' : `>${publishAt}`} ${line}`
    })
  }

  depth(side: Side, levels = 10): string[] {
    return this.exchange.depth(this.#no, side, levels).map((level) => this.#level(level))
  }

  marketDepth(side: Side, levels = 10): string[] {
    return this.exchange.marketDepth(this.#no, side, levels).map((level) => this.#level(level))
  }

  top(): string {
    const into = { bidPrice: price(0), bidQty: quantity(0), askPrice: price(0), askQty: quantity(0) }
    const top = this.exchange.topOfBook(this.#no, into)
    return `${top.bidQty} @ ${this.#written(top.bidPrice)} / ${top.askQty} @ ${this.#written(top.askPrice)}`
  }

  indicative(): string | undefined {
    const uncross = this.exchange.indicativeUncross(this.#no)
    return uncross && this.#uncross(uncross)
  }

  queueAhead(clOrdId: string): number | undefined {
    return this.exchange.queueAhead(this.#session, clOrdId)
  }

  working(session?: number): string[] {
    return this.exchange.workingOrders(session === undefined ? undefined : sessionNo(session)).map(stateLine)
  }

  find(clOrdId: string): string | undefined {
    const order = this.findOrder(clOrdId)
    return order && stateLine(order)
  }

  findOrder(clOrdId: string): OrderState | undefined {
    return this.exchange.findOrder(this.#session, clOrdId)
  }

  // ---- time, sessions, instruments ----

  /** Venue time goes on; nothing is told to the exchange yet. */
  wait(duration: number): this {
    this.time = nanos(this.time + duration)
    return this
  }

  /** Venue time goes on and what is due happens. */
  advance(duration: number): void {
    this.wait(duration)
    this.exchange.advance(this.time)
  }

  /** From now on requests come from this session. */
  as(session: number): this {
    this.#session = sessionNo(session)
    return this
  }

  /** From now on everything is about this instrument. */
  on(no: number): this {
    this.#no = instrumentNo(no)
    return this
  }

  watch(): void {
    this.exchange.watch(this.#no)
  }

  // ---- clients ----

  buy(qty: number | string): { at(limit: string): Entry; atMarket(): Entry } {
    return this.#order(bid, qty)
  }

  sell(qty: number | string): { at(limit: string): Entry; atMarket(): Entry } {
    return this.#order(ask, qty)
  }

  /** An order of any kind: `send(bid, 100, { type: 'stop', stopPx: '100.05' })`. A limit DAY order unless it says otherwise. */
  send(side: Side, qty: number | string, wish: Wish, clOrdId = this.#nextId()): void {
    const { type = 'limit', tif = wish.until === undefined ? 'day' : 'gtd' } = wish
    this.#submit({
      kind: 'new',
      ...this.#from(clOrdId),
      instrument: this.#no,
      side,
      ordType: type,
      timeInForce: tif,
      orderQty: this.#qty(qty),
      price: wish.price === undefined ? price(0) : this.#price(wish.price),
      tags: [],
      qualifiers: this.#qualifiers(wish)
    })
  }

  #qualifiers(wish: Omit<Wish, 'price'>): OrderQualifiers {
    const { stopPx, minQty, show, allOrNone, postOnly, peg, offset = '0', until, group, mode } = wish
    return {
      ...(stopPx === undefined ? {} : { stopPx: this.#price(stopPx) }),
      ...(minQty === undefined ? {} : { minQty: this.#qty(minQty) }),
      ...(show === undefined ? {} : { displayQty: this.#qty(show) }),
      ...(allOrNone === undefined ? {} : { allOrNone }),
      ...(postOnly === undefined ? {} : { postOnly }),
      ...(peg === undefined ? {} : { peg: { reference: peg, offset: this.#price(offset) } }),
      ...(until === undefined ? {} : { expireTime: nanos(until) }),
      ...(group === undefined ? {} : { selfMatch: { id: group, mode: mode ?? 'cancelNewest' } })
    }
  }

  phase(phase: Phase): void {
    this.#submit({ kind: 'phase', time: this.time, instrument: this.#no, phase })
  }

  cancel(origClOrdId: string, clOrdId = this.#nextId()): void {
    this.#submit({ kind: 'cancel', ...this.#from(clOrdId), origClOrdId })
  }

  replace(origClOrdId: string, to: Replacement, clOrdId = this.#nextId()): void {
    this.#submit({
      kind: 'replace',
      ...this.#from(clOrdId),
      origClOrdId,
      orderQty: to.qty === undefined ? undefined : this.#qty(to.qty),
      price: to.price === undefined ? undefined : this.#price(to.price),
      ordType: to.type,
      timeInForce: to.tif,
      tags: to.tags ?? [],
      qualifiers: this.#qualifiers(to)
    })
  }

  refuse(request: 'new' | 'cancel' | 'replace', clOrdId: string, refusal: Refusal, origClOrdId = ''): void {
    this.#submit({ kind: 'refuse', ...this.#from(clOrdId), request, origClOrdId, refusal, tags: [] })
  }

  cancelAll(): void {
    this.#submit({ kind: 'cancelAll', time: this.time, session: this.#session, reason: 'session disconnected' })
  }

  endOfDay(): void {
    this.#submit({ kind: 'endOfDay', time: this.time })
  }

  #order(side: Side, qty: number | string): { at(limit: string): Entry; atMarket(): Entry } {
    const entry = (ordType: OrdType, limit: Price): Entry => {
      const enter =
        (timeInForce: TimeInForce) =>
        (clOrdId = this.#nextId(), tags: OrderTags = []): void =>
          this.#submit({
            kind: 'new',
            ...this.#from(clOrdId),
            instrument: this.#no,
            side,
            ordType,
            timeInForce,
            orderQty: this.#qty(qty),
            price: limit,
            tags
          })
      return { day: enter('day'), gtc: enter('gtc'), ioc: enter('ioc'), fok: enter('fok') }
    }
    return { at: (limit) => entry('limit', this.#price(limit)), atMarket: () => entry('market', price(0)) }
  }

  #from(clOrdId: string): { time: Nanos; session: SessionNo; clOrdId: string } {
    return { time: this.time, session: this.#session, clOrdId }
  }

  #nextId(): string {
    return `c${++this.#requests}`
  }

  #submit(command: Command): void {
    this.exchange.submit(command)
  }

  // ---- the feed ----

  /** Several facts that are one event. */
  event(facts: () => void): void {
    this.#inEvent = true
    facts()
    this.#inEvent = false
    this.exchange.eventEnd(this.time, this.#no)
  }

  level(side: Side, at: string, qty: number): void {
    this.#fact(() => this.exchange.level(this.time, this.#no, side, this.#price(at), this.#qty(qty)))
  }

  quote(side: Side, at: string, qty: number): void {
    this.#fact(() => this.exchange.quote(this.time, this.#no, side, this.#price(at), this.#qty(qty)))
  }

  print(aggressor: Aggressor, at: string, qty: number): void {
    this.#fact(() => this.exchange.trade(this.time, this.#no, aggressor, this.#price(at), this.#qty(qty)))
  }

  hiddenPrint(aggressor: Aggressor, at: string, qty: number): void {
    this.#fact(() => this.exchange.hiddenTrade(this.time, this.#no, aggressor, this.#price(at), this.#qty(qty)))
  }

  add(id: number, side: Side, at: string, qty: number): void {
    this.#feedOrders.set(id, { side, price: this.#price(at) })
    this.#fact(() => this.exchange.add(this.time, this.#no, id, side, this.#price(at), this.#qty(qty)))
  }

  reduce(id: number, qty: number): void {
    this.#fact(() => this.exchange.reduce(this.time, this.#no, id, this.#qty(qty)))
  }

  remove(id: number): void {
    this.#fact(() => this.exchange.remove(this.time, this.#no, id))
  }

  modify(id: number, side: Side, at: string, qty: number): void {
    this.#feedOrders.set(id, { side, price: this.#price(at) })
    this.#fact(() => this.exchange.modify(this.time, this.#no, id, side, this.#price(at), this.#qty(qty)))
  }

  /** An order that was told before is executed. */
  execute(id: number, qty: number): void {
    const order = this.#feedOrders.get(id)
    if (!order) throw new Error(`feed order ${id} was never told`)
    this.#fact(() => this.exchange.execute(this.time, this.#no, id, order.side, order.price, this.#qty(qty)))
  }

  /** An order that was never told is executed. */
  executeUnknown(side: Side, at: string, qty: number): void {
    this.#fact(() => this.exchange.execute(this.time, this.#no, 999, side, this.#price(at), this.#qty(qty)))
  }

  clear(): void {
    this.#fact(() => this.exchange.clear(this.time, this.#no))
  }

  #fact(tell: () => void): void {
    tell()
    if (!this.#inEvent) this.exchange.eventEnd(this.time, this.#no)
  }

  // ---- writing ----

  #price(text: string): Price {
    return price(parseDecimal(text, this.exchange.instruments[this.#no].priceScale))
  }

  #qty(value: number | string): Quantity {
    return quantity(parseDecimal(`${value}`, this.exchange.instruments[this.#no].quantityScale))
  }

  #written(value: Price): string {
    return formatPrice(this.exchange.instruments[this.#no], value)
  }

  #uncross({ price: at, qty, surplus }: Uncross): string {
    return `${formatQuantity(this.exchange.instruments[this.#no], qty)} @ ${this.#written(at)}, surplus ${surplus}`
  }

  #level({ price: at, qty }: DisplayedLevel): string {
    return `${formatQuantity(this.exchange.instruments[this.#no], qty)} @ ${this.#written(at)}`
  }
}

/** What follows the price of an order: its time in force sends it. A ClOrdID is made up where none is given. */
export interface Entry {
  day(clOrdId?: string, tags?: OrderTags): void
  gtc(clOrdId?: string, tags?: OrderTags): void
  ioc(clOrdId?: string, tags?: OrderTags): void
  fok(clOrdId?: string, tags?: OrderTags): void
}
