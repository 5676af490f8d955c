import { nanos, type Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { isCall, type Phase } from '../../exchange/phase.js'
import { uncrossPrice } from '../../exchange/phase/uncross-price.js'
import { BUY, opposite, price, quantity, SELL, type Side } from '../../exchange/units.js'
import { AgentSide, type AgentOrder } from './agent-book.js'
import { clientPriority, type ClientPriority } from './client-priority.js'
import type { ClientFill, MarketView } from '../market-view.js'
import { SILENCE } from './silence.js'

/** The best prices that are displayed, in ticks; undefined where a side is empty. */
export interface Quote {
  readonly bid: number | undefined
  readonly ask: number | undefined
}

/** Told of each fill of an agent's order. */
export type FillListener = (owner: number, side: Side, price: number, qty: number) => void

/**
 * Where the agents of one instrument trade: their book, matched by price and time, told to the venue as a feed of single
 * orders. Clients' orders are met through the venue (see README).
 */
export class Floor {
  readonly instrument: Instrument
  readonly bids = new AgentSide(BUY)
  readonly asks = new AgentSide(SELL)
  onFill: FillListener = () => undefined
  phase: Phase = 'continuous'
  /** The price of the last trade in ticks; undefined before the first. */
  lastPrice: number | undefined
  readonly #clients: ClientPriority
  #view: MarketView | undefined
  #sink: MarketSink = SILENCE
  #silent = false
  #time = nanos(0)
  #lastId = 0

  constructor(instrument: Instrument) {
    this.instrument = instrument
    this.#clients = clientPriority(instrument)
  }

  /** From now on clients' orders are seen. */
  meet(view: MarketView): void {
    this.#view = view
  }

  get time(): Nanos {
    return this.#time
  }

  get continuous(): boolean {
    return this.phase === 'continuous'
  }

  get call(): boolean {
    return isCall(this.phase)
  }

  /** A new moment: what clients did until now is looked at. Facts go to `sink`. */
  begin(time: Nanos, sink: MarketSink): void {
    this.#time = time
    this.#sink = this.#silent ? SILENCE : sink
    if (this.#view === undefined) return
    this.#view.settle(time)
    for (const [at, net] of netByPrice(this.#view.takeFills(this.instrument.no))) {
      if (net === 0) continue
      const { tickSize, lotSize } = this.instrument
      this.#taken(net > 0 ? SELL : BUY, at / tickSize, Math.floor(Math.abs(net) / lotSize))
    }
  }

  /** The market opens: whatever the venue knew of it is void. */
  clear(): void {
    this.#sink.clear(this.#time, this.instrument.no)
    this.#end()
  }

  /** The best displayed prices, clients' included where they are seen. */
  quote(): Quote {
    const own = { bid: this.bids.best, ask: this.asks.best }
    return this.#seen === undefined ? own : this.#clients.quote(this.#seen, own)
  }

  /** The middle of the best prices; where a side is missing, what is there. */
  mid(): number | undefined {
    const { bid, ask } = this.quote()
    if (bid !== undefined && ask !== undefined) return (bid + ask) / 2
    return bid ?? ask ?? this.lastPrice
  }

  /**
   * An order with a limit: in continuous trading it trades with what it meets, and the rest stands in the book; in a call it
   * stands in the book. Nothing where the market does not take orders, or where it would trade while nothing trades.
   * @returns the order that stands in the book, if any
   */
  limit(owner: number, side: Side, at: number, qty: number): AgentOrder | undefined {
    if (at < 1 || qty < 1 || this.phase === 'closed' || this.phase === 'tradeAtLast') return undefined
    let left = qty
    if (this.continuous) left -= this.#walk(owner, side, qty, at)
    else if (!this.call && this.#crosses(side, at)) return undefined
    if (left === 0) return undefined
    const order: AgentOrder = { id: ++this.#lastId, owner, side, price: at, qty: left }
    this.#side(side).add(order)
    this.#tellNew(order)
    this.#end()
    return order
  }

  /** An order that takes what is there and does not rest; nothing outside of continuous trading. @returns what traded */
  market(owner: number, side: Side, qty: number): number {
    return this.continuous ? this.#walk(owner, side, qty, side === BUY ? Number.POSITIVE_INFINITY : 0) : 0
  }

  cancel(order: AgentOrder): void {
    if (order.qty === 0) return
    this.#side(order.side).remove(order)
    order.qty = 0
    this.#sink.remove(this.#time, this.instrument.no, order.id)
    this.#end()
  }

  /** The feed is silent: agents go on, the venue is told nothing. */
  silence(): void {
    this.#silent = true
    this.#sink = SILENCE
  }

  /** The feed is back: the whole book is told anew. */
  speak(sink: MarketSink): void {
    this.#silent = false
    this.#sink = sink
    sink.clear(this.#time, this.instrument.no)
    for (const side of [this.bids, this.asks]) for (const order of side.orders()) this.#tellNew(order)
    this.#end()
  }

  /** The price at which an auction that ends now trades, in ticks. */
  auctionPrice(): number | undefined {
    if (this.#seen !== undefined) {
      const seen = this.#seen.indicativeUncross(this.instrument.no)
      return seen && seen.price / this.instrument.tickSize
    }
    return uncrossPrice([...this.bids.orders()], [...this.asks.orders()], this.lastPrice)?.price
  }

  /** Agents trade with each other at the auction's price: all that is executable at it, told as one print. */
  uncross(at: number): void {
    const bought = executable(this.bids, at)
    const sold = executable(this.asks, at)
    const qty = Math.min(sum(bought), sum(sold))
    if (qty === 0) return
    this.lastPrice = at
    this.#take(bought, qty, at)
    this.#take(sold, qty, at)
    this.#sink.hiddenTrade(this.#time, this.instrument.no, 0, this.#price(at), this.#qty(qty))
    this.#end()
  }

  /** Lets `qty` of orders, in their order, be filled at `at`; the venue is told what is left of the levels. */
  #take(orders: readonly AgentOrder[], qty: number, at: number): void {
    let left = qty
    const touched = new Set<number>()
    for (const order of orders) {
      if (left === 0) break
      const taken = Math.min(left, order.qty)
      left -= taken
      touched.add(order.price)
      this.#fill(order, taken, at, (id) => this.#sink.remove(this.#time, this.instrument.no, id))
    }
    for (const each of touched) this.#tellAgain(this.#side(orders[0].side), each)
  }

  /** Clients took from a side, at this price or better ones behind which they met it: the orders are filled. */
  #taken(side: Side, at: number, qty: number): void {
    const reached = executable(this.#side(side), at)
    if (reached.length === 0) return
    this.#take(reached, Math.min(qty, sum(reached)), at)
    this.#end()
  }

  /**
   * The orders of a level are told anew, in their order: what clients took of it is then gone from the orders themselves,
   * and nothing is left of it for the venue to count.
   */
  #tellAgain(side: AgentSide, at: number): void {
    const level = side.level(at)
    if (level === undefined) return
    for (const { id } of level.queue) this.#sink.remove(this.#time, this.instrument.no, id)
    for (const order of level.queue) this.#tellNew(order)
  }

  /** Trades up to `qty` within a limit, with agents and with clients that are better than they. @returns what traded */
  #walk(owner: number, side: Side, qty: number, limit: number): number {
    const against = this.#side(opposite(side))
    let left = qty
    while (left > 0) {
      if (this.#seen !== undefined) left -= this.#crossClient(owner, side, left, limit, against.best)
      const level = against.bestLevel
      if (left === 0 || level === undefined || side * (level.price - limit) > 0) break
      left -= this.#meet(owner, side, level.queue[0], left)
    }
    return qty - left
  }

  #meet(owner: number, side: Side, resting: AgentOrder, most: number): number {
    const qty = Math.min(most, resting.qty)
    const at = resting.price
    this.lastPrice = at
    const executed = [resting.side, this.#price(at), this.#qty(qty)] as const
    this.#fill(resting, qty, at, () => undefined)
    this.onFill(owner, side, at, qty)
    this.#sink.execute(this.#time, this.instrument.no, resting.id, ...executed)
    this.#end()
    return qty
  }

  /** The client that is better than every agent is met first: the order is told to the venue, which lets them trade. */
  #crossClient(owner: number, side: Side, most: number, limit: number, best: number | undefined): number {
    const seen = this.#seen
    if (seen === undefined) return 0
    let traded = 0
    for (let tries = 0; tries < MOST_CLIENT_LEVELS && traded < most; tries++) {
      const client = this.#clients.better(seen, opposite(side), best)
      if (client === undefined || side * (client.price - limit) > 0) break
      const qty = Math.min(most - traded, client.qty)
      const id = ++this.#lastId
      const { no } = this.instrument
      this.#sink.add(this.#time, no, id, side, this.#price(client.price), this.#qty(qty))
      this.#end()
      this.#sink.remove(this.#time, no, id)
      this.#end()
      traded += qty
      this.lastPrice = client.price
      this.onFill(owner, side, client.price, qty)
    }
    return traded
  }

  #fill(order: AgentOrder, qty: number, at: number, gone: (id: number) => void): void {
    if (qty === order.qty) {
      this.#side(order.side).remove(order)
      gone(order.id)
    }
    order.qty -= qty
    this.onFill(order.owner, order.side, at, qty)
  }

  #crosses(side: Side, at: number): boolean {
    const other = this.#side(opposite(side)).best
    return other !== undefined && side * (at - other) >= 0
  }

  /** Clients are seen only where the venue hears of the agents. */
  get #seen(): MarketView | undefined {
    return this.#silent ? undefined : this.#view
  }

  #side(side: Side): AgentSide {
    return side === BUY ? this.bids : this.asks
  }

  #tellNew({ id, side, price: at, qty }: AgentOrder): void {
    this.#sink.add(this.#time, this.instrument.no, id, side, this.#price(at), this.#qty(qty))
  }

  #end(): void {
    this.#sink.eventEnd(this.#time, this.instrument.no)
  }

  #price = (ticks: number) => price(ticks * this.instrument.tickSize)
  #qty = (lots: number) => quantity(lots * this.instrument.lotSize)
}

/** Client prices that one order meets, at most. */
const MOST_CLIENT_LEVELS = 100

/** The orders of a side that would trade at a price, in the order of their claim. */
function executable(side: AgentSide, at: number): AgentOrder[] {
  const orders: AgentOrder[] = []
  for (const order of side.orders()) {
    if (side.side * (order.price - at) < 0) break
    orders.push(order)
  }
  return orders
}

/** What clients bought more than they sold, by price: what they traded with each other concerns no agent. */
function netByPrice(fills: readonly ClientFill[]): ReadonlyMap<number, number> {
  const net = new Map<number, number>()
  for (const { side, price: at, qty } of fills) net.set(at, (net.get(at) ?? 0) + side * qty)
  return net
}

const sum = (orders: readonly AgentOrder[]): number => orders.reduce((all, { qty }) => all + qty, 0)
