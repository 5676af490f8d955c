import { type Command } from '../../../src/exchange/command.js'
import { type ExchangeEvent, type OrderTerms, type OrderTraded } from '../../../src/exchange/event.js'
import { isCall, type Phase } from '../../../src/exchange/phase.js'
import {
  BUY,
  isBetter,
  opposite,
  SELL,
  type InstrumentNo,
  type Price,
  type SessionNo,
  type Side
} from '../../../src/exchange/units.js'
import {
  isBefore,
  isIceberg,
  isPassive,
  isTrade,
  restsByTerms,
  standsAt,
  sum,
  type KnownOrder
} from './known-orders.js'
import { type ObservedExchange } from './observed-exchange.js'
import { type Fact, type Scenario } from './step.js'

const EVERYTHING = 1000

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
  #execIds = new Set<number>()
  readonly #lastExecIds = new Map<SessionNo, number>()
  #lastPublishAt = 0
  #arrivals = 0
  #fault: Fault | undefined
  #marketBefore = new Map<Side, Map<Price, number>>()
  #shownBefore = new Map<Side, Map<Price, number>>()
  #phasesBefore: Phase[] = []

  constructor(scenario: Scenario, observed: ObservedExchange) {
    this.#scenario = scenario
    this.#observed = observed
    const { latency } = scenario.models
    this.#isImmediate = latency.kind === 'constant' && latency.inbound === 0 && latency.outbound === 0
  }

  // ---- around the calls ----

  beforeEvent(no: InstrumentNo): void {
    this.#read()
    this.#marketBefore = this.#market(no)
    this.#notePhases()
  }

  /** Fills during a fact: only of prints, at most the print, no limit worse than it, and not while matching rests. */
  afterFact(no: InstrumentNo, { name, args }: Fact): void {
    const trades = this.#eventsSince().filter(isTrade)
    if (!this.#isImmediate) return
    const isPrint = name === 'trade' || name === 'hiddenTrade' || name === 'execute'
    const budget = isPrint ? Math.max(0, args[args.length - 1]) : 0
    this.#expect(sum(trades) <= budget, `fills of ${name} at most the print`, budget, sum(trades))
    this.#expect(trades.every(isPassive), `fills of ${name} are passive`, 'added', 'removed')
    if ((name === 'trade' || name === 'hiddenTrade') && this.#scenario.models.preset !== 'impact') {
      for (const { terms, lastPx } of trades) {
        this.#expect(!isBetter(terms.side, args[1] as Price, lastPx), `a print fills no worse limit`, args[1], lastPx)
        this.#expect(args[0] !== terms.side, 'a print fills the side that rests', -args[0], terms.side)
      }
    }
    const phase = this.#observed.exchange.phase(no)
    const mayFill = phase === 'continuous' || phase === 'tradeAtLast'
    this.#expect(mayFill || trades.length === 0, `a print in ${phase} fills nobody`, 0, trades.length)
  }

  /** Fills at the end of an event: at most what the market's other side grew by within the limits filled. */
  afterEvent(no: InstrumentNo): void {
    const events = this.#eventsSince()
    if (!this.#isImmediate) return
    this.#expectHalted(events)
    this.#expectNoSelfMatch(events)
    const firstOther = events.findIndex((event) => !isTrade(event) || !isPassive(event))
    const crossed = events.slice(0, firstOther < 0 ? events.length : firstOther).filter(isTrade)
    const { preset } = this.#scenario.models
    if (preset === 'observer' || preset === 'consume') this.#expectGrowth(no, crossed)
    if (this.#scenario.isPlain && preset !== 'impact') {
      this.#expect(firstOther < 0, 'fills of a crossing are passive', 'added', 'removed')
    }
    this.#expectBook(no)
  }

  beforeCommand(command: Omit<Command, 'time'>): void {
    this.#read()
    this.#shownBefore = 'instrument' in command ? this.#shown(command.instrument as InstrumentNo) : new Map()
    this.#notePhases()
  }

  /** An aggressor takes from the book exactly what it is filled with, price by price. */
  afterCommand(command: Omit<Command, 'time'>): void {
    const told = this.#observed.phases.splice(0)
    const events = this.#eventsSince()
    if (!this.#isImmediate) return
    const { preset } = this.#scenario.models
    if (command.kind !== 'phase') this.#expectHalted(events)
    for (const { uncross } of told) {
      const fills = events.filter(isTrade).filter(({ liquidity }) => liquidity === 'auction')
      for (const side of [BUY, SELL]) {
        const mine = fills.filter(({ terms }) => terms.side === side)
        const most = uncross?.qty ?? 0
        this.#expect(sum(mine) <= most, 'an uncross fills at most what it says', most, sum(mine))
      }
      const isOne = fills.every(({ lastPx }) => lastPx === uncross?.price)
      this.#expect(isOne, 'an uncross has one price', uncross?.price, fills.map(({ lastPx }) => lastPx).join())
    }
    this.#expectNoSelfMatch(events)
    if (this.#scenario.isPlain && (preset === 'observer' || preset === 'consume')) {
      this.#expectTaken(command, events.filter(isTrade))
    }
    if ('instrument' in command) this.#expectBook(command.instrument as InstrumentNo)
  }

  fault(): Fault | undefined {
    this.#read()
    for (const { terms, cumQty, leavesQty, status } of this.#observed.exchange.workingOrders()) {
      const known = this.#orders.get(terms.orderId)
      const { ordType, timeInForce } = terms
      const isOver = timeInForce === 'ioc' || timeInForce === 'fok'
      this.#expect(!isOver, 'IOC and FOK do not last', 'done', `${ordType} ${timeInForce}`)
      this.#expect(cumQty + leavesQty === terms.orderQty, 'CumQty + LeavesQty = OrderQty', terms.orderQty, cumQty)
      this.#expect(leavesQty > 0, 'a working order has something left', '> 0', leavesQty)
      const word = cumQty === 0 ? 'new' : 'partiallyFilled'
      this.#expect(status === word, 'the status of a working order', word, status)
      const phase = this.#observed.exchange.phase(terms.instrument)
      const mayWait = ordType !== 'market' || timeInForce === 'atc' || isCall(phase) || phase === 'halt'
      this.#expect(mayWait, 'market orders do not last', 'done', `${ordType} in ${phase}`)
      if (!this.#isImmediate) continue
      this.#expect(known?.cumQty === cumQty, 'CumQty is the sum of the fills', known?.cumQty, cumQty)
      this.#expect(known?.isDone === false, 'a done order does not work', 'done', 'working')
    }
    return this.#fault
  }

  /** Once everything under way has arrived. */
  faultAtEnd(): Fault | undefined {
    this.#read()
    this.#expect(this.#execIds.size === this.#seen, 'every ExecID comes once', this.#seen, this.#execIds.size)
    this.#expect(Math.max(0, ...this.#execIds) === this.#seen, 'ExecIDs have no gaps', this.#seen, 'a gap')
    for (const { whole, terms, isDone } of this.#orders.values()) {
      if (!whole) continue
      this.#expect(isDone || terms.timeInForce !== 'fok', 'a FOK order is done at once', 'done', 'working')
      const isWhole = whole.filled === 0 || whole.filled === whole.leaves
      this.#expect(isWhole, 'FOK and all-or-none: all or nothing', whole.leaves, whole.filled)
    }
    return this.#fault
  }

  // ---- events ----

  #eventsSince(): ExchangeEvent[] {
    const from = this.#seen
    this.#read()
    return this.#observed.events.slice(from)
  }

  #read(): void {
    while (this.#seen < this.#observed.events.length) this.#check(this.#observed.events[this.#seen++])
  }

  #check(event: ExchangeEvent): void {
    const session = 'terms' in event && event.terms ? event.terms.session : (event as { session: SessionNo }).session
    const last = this.#lastExecIds.get(session) ?? 0
    this.#expect(event.execId > last, 'ExecIDs of a session count up', `> ${last}`, event.execId)
    this.#expect(event.publishAt >= event.time, 'a report leaves after its event', event.time, event.publishAt)
    const inOrder = event.publishAt >= this.#lastPublishAt
    this.#expect(inOrder, 'reports leave in the order of time', this.#lastPublishAt, event.publishAt)
    this.#execIds.add(event.execId)
    this.#lastExecIds.set(session, event.execId)
    this.#lastPublishAt = event.publishAt
    if (event.kind !== 'rejected' && event.kind !== 'requestRejected') this.#checkOrder(event)
  }

  #checkOrder(event: Exclude<ExchangeEvent, { kind: 'rejected' } | { kind: 'requestRejected' }>): void {
    const { terms, cumQty, leavesQty, notional } = event
    if (event.kind === 'new') {
      const fresh = { cumQty: 0, notional: 0n, isDone: false, whole: undefined }
      this.#orders.set(terms.orderId, { ...fresh, terms, arrival: undefined })
    }
    const order = this.#orders.get(terms.orderId)
    if (!order) return this.#expect(false, 'an event of an order that was accepted', 'accepted', terms.orderId)
    this.#expect(!order.isDone, 'nothing happens to a done order', 'working', event.kind)
    if (event.kind === 'trade') this.#checkTrade(event, order)
    if (event.kind === 'new' || (event.kind === 'restated' && event.cause !== 'selfMatch'))
      this.#takesPlace(order, terms)
    if (event.kind === 'replaced' && !keepsPlace(order.terms, terms)) this.#takesPlace(order, terms)
    if (event.kind === 'restated' && event.cause === 'selfMatch' && order.whole) order.whole = undefined
    order.terms = terms
    this.#expect(cumQty === order.cumQty, 'CumQty is the sum of the fills', order.cumQty, cumQty)
    this.#expect(BigInt(notional) === order.notional, 'the notional is the sum of the fills', order.notional, notional)
    const isOver = event.kind === 'canceled' || event.kind === 'expired'
    const left = isOver ? 0 : terms.orderQty - cumQty
    this.#expect(leavesQty === left, 'LeavesQty is what CumQty leaves of OrderQty', left, leavesQty)
    order.isDone = leavesQty === 0
    if (event.kind === 'new' || event.kind === 'replaced') {
      const isWhole = terms.timeInForce === 'fok' || terms.qualifiers?.allOrNone === true
      order.whole = isWhole && leavesQty > 0 ? { leaves: leavesQty, filled: 0 } : undefined
    }
  }

  #takesPlace(order: KnownOrder, terms: OrderTerms): void {
    order.arrival = isIceberg(terms) || !restsByTerms(terms) ? undefined : ++this.#arrivals
  }

  #checkTrade(trade: OrderTraded, order: KnownOrder): void {
    const { terms, lastQty, lastPx, liquidity } = trade
    order.cumQty += lastQty
    order.notional += BigInt(lastQty) * BigInt(lastPx)
    if (order.whole) order.whole.filled += lastQty
    this.#expect(lastQty > 0, 'a fill has a quantity', '> 0', lastQty)
    const limit = standsAt(terms)
    if (liquidity === 'added') this.#expect(lastPx === limit, 'a resting order fills at its limit', limit, lastPx)
    if (limit !== undefined)
      this.#expect(!isBetter(terms.side, lastPx, limit), 'no fill beyond the limit', limit, lastPx)
    if (terms.price > 0 && liquidity !== 'added') {
      this.#expect(!isBetter(terms.side, lastPx, terms.price), 'no fill beyond the price asked', terms.price, lastPx)
    }
    if (liquidity === 'added' && this.#isImmediate) this.#expectPriority(order)
  }

  /** Nobody with a better limit, or earlier at the same, is left unfilled behind a fill. */
  #expectPriority(filled: KnownOrder): void {
    const { side, instrument } = filled.terms
    if (this.#observed.exchange.phase(instrument) !== 'continuous') return
    for (const other of this.#orders.values()) {
      if (other === filled || other.isDone || other.terms.instrument !== instrument || other.terms.side !== side)
        continue
      if (!restsByTerms(other.terms) || other.cumQty >= other.terms.orderQty || !isBefore(other, filled)) continue
      const names = [`o${other.terms.orderId} first`, `o${filled.terms.orderId} filled`]
      this.#expect(false, 'price and time priority', names[0], names[1])
    }
  }

  // ---- matching ----

  #notePhases(): void {
    const { exchange } = this.#observed
    this.#phasesBefore = exchange.instruments.map(({ no }) => exchange.phase(no))
  }

  /** Outside of continuous trading and trading at last nothing trades. */
  #expectHalted(events: readonly ExchangeEvent[]): void {
    for (const { terms } of events.filter(isTrade)) {
      const phase = this.#phasesBefore[terms.instrument]
      this.#expect(phase === 'continuous' || phase === 'tradeAtLast', `no trading in ${phase}`, 'no trade', 'a trade')
    }
  }

  /** Where an aggressor meets a client, both fills follow each other: they never are of one group. */
  #expectNoSelfMatch(events: readonly ExchangeEvent[]): void {
    if (this.#scenario.models.preset === 'impact') return
    events.forEach((resting, i) => {
      const aggressor = events[i - 1] as ExchangeEvent | undefined
      if (aggressor?.kind !== 'trade' || resting.kind !== 'trade') return
      if (aggressor.liquidity !== 'removed' || resting.liquidity !== 'added') return
      const [mine, theirs] = [this.#group(aggressor.terms), this.#group(resting.terms)]
      const isOwn = mine !== undefined && mine === theirs
      this.#expect(!isOwn, 'self-match prevention', 'no trade', `o${aggressor.terms.orderId} o${resting.terms.orderId}`)
    })
  }

  #group({ qualifiers, session }: OrderTerms): string | undefined {
    if (qualifiers?.selfMatch) return `id ${qualifiers.selfMatch.id}`
    return this.#scenario.rules.selfMatch && `session ${session}`
  }

  #expectGrowth(no: InstrumentNo, trades: readonly OrderTraded[]): void {
    const now = this.#market(no)
    for (const side of [BUY, SELL]) {
      const mine = trades.filter(({ terms }) => terms.side === side)
      const added = [...on(now, opposite(side))].map(([price, qty]) => ({
        price,
        qty: Math.max(0, qty - (on(this.#marketBefore, opposite(side)).get(price) ?? 0))
      }))
      for (const { lastPx } of mine) {
        const filled = sum(mine.filter((other) => !isBetter(side, lastPx, other.lastPx)))
        const best = mine.reduce((a, b) => (isBetter(side, b.lastPx, a.lastPx) ? b : a)).lastPx
        const met = added.filter(({ price }) => !isBetter(side, price, best))
        const limit = met.reduce((total, { qty }) => total + qty, 0)
        this.#expect(filled <= limit, 'crossing fills at most what was added', limit, filled)
      }
    }
  }

  #expectTaken(command: Omit<Command, 'time'>, trades: readonly OrderTraded[]): void {
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
    if (!('instrument' in command) || !('side' in command)) return
    const side = opposite(command.side as Side)
    const now = this.#shown(command.instrument as InstrumentNo)
    for (const [price, qty] of on(this.#shownBefore, side)) {
      const at = trades.filter(({ lastPx }) => lastPx === price)
      const removed = sum(at.filter((trade) => !isPassive(trade)))
      const gone = qty - (on(now, side).get(price) ?? 0)
      const expected = this.#scenario.models.preset === 'consume' ? removed : sum(at.filter(isPassive))
      this.#expect(removed <= qty, 'an aggressor takes at most what is displayed', qty, removed)
      this.#expect(gone === expected, 'what an aggressor takes is gone', expected, gone)
    }
  }

  // ---- the book ----

  #expectBook(no: InstrumentNo): void {
    const clients = [BUY, SELL].map((side) => this.#clients(no, side))
    const [bids, asks] = clients
    if (this.#observed.exchange.phase(no) === 'continuous') {
      const [bid, ask] = [Math.max(...bids.keys()), Math.min(...asks.keys())]
      this.#expect(bid < ask, 'clients do not cross each other in continuous trading', `< ${ask}`, bid)
    }
    if (this.#scenario.models.preset !== 'impact') this.#expectDisplayed(no, clients)
  }

  /** Displayed is the market's, less what was consumed, and the shown parts of clients. */
  #expectDisplayed(no: InstrumentNo, clients: readonly Map<Price, ClientsAtPrice>[]): void {
    const market = this.#market(no)
    const shown = this.#shown(no)
    for (const [i, side] of [BUY, SELL].entries()) {
      const prices = new Set([...on(market, side).keys(), ...clients[i].keys(), ...on(shown, side).keys()])
      for (const price of prices) {
        const { least, most } = clients[i].get(price) ?? { least: 0, most: 0 }
        const all = on(market, side).get(price) ?? 0
        const qty = on(shown, side).get(price) ?? 0
        const isObserver = this.#scenario.models.preset === 'observer'
        const from = isObserver ? all + least : least
        this.#expect(qty >= from && qty <= all + most, `displayed at ${price}`, `${from} to ${all + most}`, qty)
      }
    }
  }

  /** What resting clients display at each price, at least and at most; all-or-none and orders for the close may be away. */
  #clients(no: InstrumentNo, side: Side): Map<Price, ClientsAtPrice> {
    const all = new Map<Price, ClientsAtPrice>()
    for (const { terms, leavesQty } of this.#observed.exchange.workingOrders()) {
      const price = standsAt(terms)
      if (terms.instrument !== no || terms.side !== side || price === undefined) continue
      if (terms.qualifiers?.allOrNone) continue
      const before = all.get(price) ?? { least: 0, most: 0 }
      const display = terms.qualifiers?.displayQty ?? leavesQty
      const most = Math.min(display, leavesQty)
      if (terms.timeInForce === 'atc') {
        if (this.#observed.exchange.phase(no) === 'continuous') continue
        all.set(price, { ...before, most: before.most + most })
        continue
      }
      const least = isIceberg(terms) ? 1 : most
      all.set(price, { least: before.least + least, most: before.most + most })
    }
    return all
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

interface ClientsAtPrice {
  readonly least: number
  readonly most: number
}

/** Whether a replace leaves an order where it is, for sure. */
function keepsPlace(old: OrderTerms, now: OrderTerms): boolean {
  const of = ({ ordType, timeInForce, price, qualifiers = {} }: OrderTerms): string => {
    const { displayQty, minQty, allOrNone, postOnly, peg } = qualifiers
    const lasting = ['day', 'gtc', 'gtd'].includes(timeInForce) ? 'lasting' : timeInForce
    return JSON.stringify([
      ordType,
      lasting,
      price,
      displayQty,
      minQty,
      allOrNone,
      postOnly,
      peg?.reference,
      peg?.offset
    ])
  }
  return of(old) === of(now) && now.orderQty <= old.orderQty
}

const on = (book: Map<Side, Map<Price, number>>, side: Side): Map<Price, number> => book.get(side) ?? new Map()
