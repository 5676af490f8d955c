import { type Command } from '../../../src/exchange/command.js'
import { type ExchangeEvent, type OrderTerms, type OrderTraded } from '../../../src/exchange/event.js'
import { BUY, isBetter, opposite, SELL, type InstrumentNo, type Price, type Side } from '../../../src/exchange/units.js'
import { type ObservedExchange } from './observed-exchange.js'
import { type Fact, type Scenario } from './step.js'

const EVERYTHING = 1000

/** An order as its events tell it. */
interface KnownOrder {
  terms: OrderTerms
  cumQty: number
  notional: bigint
  isDone: boolean
  /** Grows each time an order takes a new place. */
  arrival: number
  /** What was left when it became FOK, and what was filled since. */
  fok: { readonly leaves: number; filled: number } | undefined
}

interface Fault {
  readonly what: string
  readonly expected: string
  readonly actual: string
}

/**
 * What must hold whatever the models say, checked on one exchange from the outside. What is checked against the book
 * step by step is checked where nothing is delayed, as only then an event belongs to the call that caused it.
 */
export class Invariants {
  readonly #scenario: Scenario
  readonly #observed: ObservedExchange
  readonly #orders = new Map<number, KnownOrder>()
  readonly #isImmediate: boolean
  #seen = 0
  #lastExecId = 0
  #lastTime = 0
  #arrivals = 0
  #fault: Fault | undefined
  #marketBefore = new Map<Side, Map<Price, number>>()
  #shownBefore = new Map<Side, Map<Price, number>>()

  constructor(scenario: Scenario, observed: ObservedExchange) {
    this.#scenario = scenario
    this.#observed = observed
    const { inbound, outbound } = scenario.models.latency
    this.#isImmediate = inbound === 0 && outbound === 0
  }

  // ---- around the calls ----

  beforeEvent(no: InstrumentNo): void {
    this.#read()
    this.#marketBefore = this.#market(no)
  }

  /** Fills during a fact: only of prints, at most the print, no limit worse than it. */
  afterFact(no: InstrumentNo, { name, args }: Fact): void {
    const trades = this.#tradesSince()
    if (!this.#isImmediate) return
    const isPrint = name === 'trade' || name === 'hiddenTrade' || name === 'execute'
    const budget = isPrint ? Math.max(0, args[args.length - 1]) : 0
    this.#expect(sum(trades) <= budget, `fills of ${name} at most the print`, budget, sum(trades))
    this.#expect(trades.every(isPassive), `fills of ${name} are passive`, 'added', 'removed')
    if (name === 'trade' || name === 'hiddenTrade') {
      for (const { terms } of trades) {
        const reaches = !isBetter(terms.side, args[1] as Price, terms.price)
        this.#expect(reaches, `a print fills no worse limit`, args[1], terms.price)
        this.#expect(args[0] !== terms.side, 'a print fills the side that rests', -args[0], terms.side)
      }
    }
    this.#expectPriority(no, trades)
  }

  /** Fills at the end of an event: at most what the market's other side grew by within the limits filled. */
  afterEvent(no: InstrumentNo): void {
    const trades = this.#tradesSince()
    if (!this.#isImmediate) return
    const now = this.#market(no)
    for (const side of [BUY, SELL]) {
      const mine = trades.filter(({ terms }) => terms.side === side)
      const added = [...on(now, opposite(side))].map(([price, qty]) => ({
        price,
        qty: Math.max(0, qty - (on(this.#marketBefore, opposite(side)).get(price) ?? 0))
      }))
      for (const { terms } of mine) {
        const filled = sum(mine.filter((other) => !isBetter(side, terms.price, other.terms.price)))
        const best = mine.reduce((a, b) => (isBetter(side, b.terms.price, a.terms.price) ? b : a)).terms.price
        const met = added.filter(({ price }) => !isBetter(side, price, best))
        const limit = met.reduce((total, { qty }) => total + qty, 0)
        this.#expect(filled <= limit, 'crossing fills at most what was added', limit, filled)
      }
    }
    this.#expect(trades.every(isPassive), 'fills of a crossing are passive', 'added', 'removed')
    this.#expectPriority(no, trades)
    this.#expectBooksAddUp(no)
  }

  beforeCommand(command: Omit<Command, 'time'>): void {
    this.#read()
    this.#shownBefore = 'instrument' in command ? this.#shown(command.instrument as InstrumentNo) : new Map()
  }

  /** An aggressor takes from the book exactly what it is filled with, price by price. */
  afterCommand(command: Omit<Command, 'time'>): void {
    const trades = this.#tradesSince()
    if (!this.#isImmediate) return
    trades.forEach((trade, i) => {
      if (!isPassive(trade)) return
      const before = trades[i - 1] as OrderTraded | undefined
      const isMet =
        before?.liquidity === 'removed' &&
        before.lastQty === trade.lastQty &&
        before.lastPx === trade.lastPx &&
        before.terms.side === opposite(trade.terms.side) &&
        before.terms.instrument === trade.terms.instrument
      this.#expect(isMet, 'a client met in a walk has its aggressor before it', trade.lastQty, before?.lastQty)
    })
    if (trades.length > 0) this.#expectPriority(trades[0].terms.instrument, trades.filter(isPassive))
    if (!('instrument' in command) || !('side' in command)) return
    const no = command.instrument as InstrumentNo
    const side = opposite(command.side as Side)
    const now = this.#shown(no)
    for (const [price, qty] of on(this.#shownBefore, side)) {
      const at = trades.filter(({ lastPx }) => lastPx === price)
      const removed = sum(at.filter((trade) => !isPassive(trade)))
      const gone = qty - (on(now, side).get(price) ?? 0)
      const expected = this.#scenario.models.preset === 'consume' ? removed : sum(at.filter(isPassive))
      this.#expect(removed <= qty, 'an aggressor takes at most what is displayed', qty, removed)
      this.#expect(gone === expected, 'what an aggressor takes is gone', expected, gone)
    }
    this.#expectBooksAddUp(no)
  }

  fault(): Fault | undefined {
    this.#read()
    for (const { terms, cumQty, leavesQty, status } of this.#observed.exchange.workingOrders()) {
      const known = this.#orders.get(terms.orderId)
      const rests = terms.ordType === 'limit' && (terms.timeInForce === 'day' || terms.timeInForce === 'gtc')
      this.#expect(rests, 'only limit DAY and GTC orders rest', 'limit', `${terms.ordType} ${terms.timeInForce}`)
      this.#expect(cumQty + leavesQty === terms.orderQty, 'CumQty + LeavesQty = OrderQty', terms.orderQty, cumQty)
      this.#expect(leavesQty > 0, 'a working order has something left', '> 0', leavesQty)
      const word = cumQty === 0 ? 'new' : 'partiallyFilled'
      this.#expect(status === word, 'the status of a working order', word, status)
      if (!this.#isImmediate) continue
      this.#expect(known?.cumQty === cumQty, 'CumQty is the sum of the fills', known?.cumQty, cumQty)
      this.#expect(known?.isDone === false, 'a done order does not work', 'done', 'working')
    }
    return this.#fault
  }

  /** Once everything under way has arrived. */
  faultAtEnd(): Fault | undefined {
    this.#read()
    for (const { fok, isDone } of this.#orders.values()) {
      if (!fok) continue
      this.#expect(isDone, 'a FOK order is done at once', 'done', 'working')
      this.#expect(fok.filled === 0 || fok.filled === fok.leaves, 'FOK: all or nothing', fok.leaves, fok.filled)
    }
    return this.#fault
  }

  // ---- events ----

  #tradesSince(): OrderTraded[] {
    const from = this.#seen
    this.#read()
    return this.#observed.events.slice(from).filter((event) => event.kind === 'trade')
  }

  #read(): void {
    while (this.#seen < this.#observed.events.length) this.#check(this.#observed.events[this.#seen++])
  }

  #check(event: ExchangeEvent): void {
    this.#expect(event.execId === this.#lastExecId + 1, 'ExecIDs count up', this.#lastExecId + 1, event.execId)
    this.#expect(event.time >= this.#lastTime, 'time does not run backwards', this.#lastTime, event.time)
    const leaves = event.time + this.#scenario.models.latency.outbound
    this.#expect(event.publishAt === leaves, 'a report leaves after its latency', leaves, event.publishAt)
    this.#lastExecId = event.execId
    this.#lastTime = event.time
    if (event.kind === 'rejected' || event.kind === 'requestRejected') return
    const { terms, cumQty, leavesQty, notional } = event
    if (event.kind === 'new') {
      const order = { terms, cumQty: 0, notional: 0n, isDone: false, arrival: ++this.#arrivals, fok: undefined }
      this.#orders.set(terms.orderId, order)
    }
    const order = this.#orders.get(terms.orderId)
    if (!order) return this.#expect(false, 'an event of an order that was accepted', 'accepted', terms.orderId)
    this.#expect(!order.isDone, 'nothing happens to a done order', 'working', event.kind)
    if (event.kind === 'trade') this.#checkTrade(event, order)
    if (event.kind === 'replaced') this.#checkPlace(order, terms)
    order.terms = terms
    this.#expect(cumQty === order.cumQty, 'CumQty is the sum of the fills', order.cumQty, cumQty)
    this.#expect(BigInt(notional) === order.notional, 'the notional is the sum of the fills', order.notional, notional)
    const isOver = event.kind === 'canceled' || event.kind === 'expired'
    const left = isOver ? 0 : terms.orderQty - cumQty
    this.#expect(leavesQty === left, 'LeavesQty is what CumQty leaves of OrderQty', left, leavesQty)
    order.isDone = leavesQty === 0
    if ((event.kind === 'new' || event.kind === 'replaced') && terms.timeInForce === 'fok' && leavesQty > 0) {
      order.fok = { leaves: leavesQty, filled: 0 }
    }
  }

  #checkTrade({ terms, lastQty, lastPx, liquidity }: OrderTraded, order: KnownOrder): void {
    order.cumQty += lastQty
    order.notional += BigInt(lastQty) * BigInt(lastPx)
    if (order.fok) order.fok.filled += lastQty
    this.#expect(lastQty > 0, 'a fill has a quantity', '> 0', lastQty)
    if (liquidity === 'added')
      this.#expect(lastPx === terms.price, 'a resting order fills at its limit', terms.price, lastPx)
    if (terms.ordType === 'market') return
    this.#expect(!isBetter(terms.side, lastPx, terms.price), 'no fill beyond the limit', terms.price, lastPx)
  }

  #checkPlace(order: KnownOrder, { ordType, timeInForce, price, orderQty }: OrderTerms): void {
    const rests = ordType === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc')
    const keeps = rests && price === order.terms.price && orderQty <= order.terms.orderQty
    if (!keeps) order.arrival = ++this.#arrivals
  }

  // ---- the book ----

  /** Nobody with a better limit, or earlier at the same, is left unfilled behind a fill. */
  #expectPriority(no: InstrumentNo, trades: readonly OrderTraded[]): void {
    for (const { terms } of trades) {
      const filled = this.#orders.get(terms.orderId)
      for (const other of this.#orders.values()) {
        if (!filled || other === filled || other.isDone || other.terms.instrument !== no) continue
        if (other.terms.side !== terms.side) continue
        const isFirst =
          isBetter(terms.side, other.terms.price, terms.price) ||
          (other.terms.price === terms.price && other.arrival < filled.arrival)
        this.#expect(!isFirst, 'price and time priority', `o${other.terms.orderId} first`, `o${terms.orderId} filled`)
      }
    }
  }

  /** Displayed is the market's, less what was consumed, and the clients'. */
  #expectBooksAddUp(no: InstrumentNo): void {
    const market = this.#market(no)
    const shown = this.#shown(no)
    for (const side of [BUY, SELL]) {
      const clients = new Map<Price, number>()
      for (const { terms, leavesQty } of this.#observed.exchange.workingOrders()) {
        if (terms.instrument !== no || terms.side !== side) continue
        clients.set(terms.price, (clients.get(terms.price) ?? 0) + leavesQty)
      }
      const prices = new Set([...on(market, side).keys(), ...clients.keys(), ...on(shown, side).keys()])
      for (const price of prices) {
        const own = clients.get(price) ?? 0
        const most = own + (on(market, side).get(price) ?? 0)
        const qty = on(shown, side).get(price) ?? 0
        const isRight = this.#scenario.models.preset === 'observer' ? qty === most : qty >= own && qty <= most
        this.#expect(isRight, `displayed at ${price}`, `${own} to ${most}`, qty)
      }
    }
  }

  #market(no: InstrumentNo): Map<Side, Map<Price, number>> {
    return this.#levels((side) => this.#observed.exchange.marketDepth(no, side, EVERYTHING))
  }

  #shown(no: InstrumentNo): Map<Side, Map<Price, number>> {
    return this.#levels((side) => this.#observed.exchange.depth(no, side, EVERYTHING))
  }

  #levels(depth: (side: Side) => { readonly price: Price; readonly qty: number }[]): Map<Side, Map<Price, number>> {
    return new Map([BUY, SELL].map((side) => [side, new Map(depth(side).map(({ price, qty }) => [price, qty]))]))
  }

  #expect(holds: boolean, what: string, expected: unknown, actual: unknown): void {
    if (!holds) this.#fault ??= { what: `invariant: ${what}`, expected: String(expected), actual: String(actual) }
  }
}

const on = (book: Map<Side, Map<Price, number>>, side: Side): Map<Price, number> => book.get(side) ?? new Map()
const sum = (trades: readonly OrderTraded[]): number => trades.reduce((total, { lastQty }) => total + lastQty, 0)
const isPassive = ({ liquidity }: OrderTraded): boolean => liquidity === 'added'
