import { parseDecimal } from '../../../src/base/decimal.js'
import { epochOf, nanos, type Nanos } from '../../../src/base/time.js'
import { type OrderTags } from '../../../src/exchange/command.js'
import { type ExchangeEvent, type Liquidity, type OrderTerms } from '../../../src/exchange/event.js'
import { instrument, type Instrument, type InstrumentTerms } from '../../../src/exchange/instrument.js'
import { refusal } from '../../../src/exchange/refusal.js'
import { instrumentNo, orderId, price, quantity, sessionNo, type Side } from '../../../src/exchange/units.js'
import { type JournalVisitor, type SessionFacts } from '../../../src/journal/journal.js'
import { type RecordedJournal } from '../../../src/analysis/recording/read-recording.js'

/** 2026-11-20, the day on which all fake sessions take place. */
export const EPOCH = epochOf(Date.UTC(2026, 10, 20))

export interface FakeOrder {
  readonly side: Side
  readonly qty: string
  readonly price?: string
  readonly tags?: OrderTags
  readonly session?: number
  /** Time under way from the venue's edge to the exchange, in ms. */
  readonly inbound?: number
  /** What the venue records between the request and its acceptance (an instrument's first quote). */
  readonly symbol?: string
}

interface Working {
  terms: OrderTerms
  cumQty: number
  notional: number
}

/**
 * Writes the record of a session by hand, in the order of recording, as a journal's reader would pass it by. Times are
 * milliseconds of venue time, prices and quantities decimal text.
 *
 *     fakeSession().quote(0, '99.98', '100.02').order(5, 'a', { side: BUY, qty: '100' }).fill(5, 'a', '100', '100.02')
 */
export class FakeSession implements RecordedJournal {
  readonly path = 'fake.journal'
  readonly sessionNames = ['FIX.4.4:PAPERPIT->OMS1', 'FIX.4.4:PAPERPIT->OMS2']
  readonly facts: SessionFacts
  readonly #steps: ((visitor: JournalVisitor) => void)[] = []
  readonly #orders = new Map<string, Working>()
  /** How much later than it happens a report leaves, in ms. */
  readonly #outbound: number
  #execId = 0
  #orderId = 0

  constructor(terms: readonly InstrumentTerms[], outbound: number) {
    this.facts = {
      epoch: EPOCH,
      wallEpoch: EPOCH,
      instruments: terms.map((term, no) => instrument(instrumentNo(no), term)),
      models: {
        preset: 'consume',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(outbound * 1e6) },
        seed: 1
      },
      market: { kind: 'synthetic', seed: 7, start: nanos(0) }
    }
    this.#outbound = outbound
  }

  forEach(visitor: JournalVisitor): void {
    for (const step of this.#steps) step(visitor)
  }

  /** Undefined for a side without orders. */
  quote(at: number, bid: string | undefined, ask: string | undefined, symbol?: string): this {
    const it = this.#instrument(symbol)
    const top = {
      bidPrice: price(bid === undefined ? 0 : parseDecimal(bid, it.priceScale)),
      bidQty: quantity(bid === undefined ? 0 : 100),
      askPrice: price(ask === undefined ? 0 : parseDecimal(ask, it.priceScale)),
      askQty: quantity(ask === undefined ? 0 : 100)
    }
    return this.#step((visitor) => visitor.topOfBook?.(ms(at), it.no, top))
  }

  print(at: number, qty: string, px: string, symbol?: string): this {
    const it = this.#instrument(symbol)
    const units = quantity(parseDecimal(qty, it.quantityScale))
    return this.#step((visitor) => visitor.print?.(ms(at), it.no, price(parseDecimal(px, it.priceScale)), units))
  }

  /** The request comes to the venue's edge. Its acceptance is another line: {@link accept}. */
  request(at: number, clOrdId: string, order: FakeOrder): this {
    const it = this.#instrument(order.symbol)
    const terms: OrderTerms = {
      orderId: orderId(++this.#orderId),
      session: sessionNo(order.session ?? 0),
      instrument: it.no,
      clOrdId,
      side: order.side,
      ordType: order.price === undefined ? 'market' : 'limit',
      timeInForce: 'day',
      orderQty: quantity(parseDecimal(order.qty, it.quantityScale)),
      price: price(order.price === undefined ? 0 : parseDecimal(order.price, it.priceScale)),
      tags: order.tags ?? [],
      enteredAt: ms(at + (order.inbound ?? 0))
    }
    this.#orders.set(clOrdId, { terms, cumQty: 0, notional: 0 })
    const { session, side, ordType, timeInForce, orderQty, tags } = terms
    const asked = {
      session,
      clOrdId,
      instrument: it.no,
      side,
      ordType,
      timeInForce,
      orderQty,
      price: terms.price,
      tags
    }
    return this.#step((visitor) => visitor.command?.({ kind: 'new', time: ms(at), ...asked }))
  }

  accept(clOrdId: string): this {
    const order = this.#order(clOrdId)
    return this.#event(order.terms.enteredAt, order, { kind: 'new', queueAhead: undefined })
  }

  /** Request and acceptance at once. */
  order(at: number, clOrdId: string, order: FakeOrder): this {
    return this.request(at, clOrdId, order).accept(clOrdId)
  }

  fill(at: number, clOrdId: string, qty: string, px: string, liquidity: Liquidity = 'removed'): this {
    const order = this.#order(clOrdId)
    const it = this.facts.instruments[order.terms.instrument]
    const lastQty = quantity(parseDecimal(qty, it.quantityScale))
    const lastPx = price(parseDecimal(px, it.priceScale))
    order.cumQty += lastQty
    order.notional += lastQty * lastPx
    return this.#event(ms(at), order, { kind: 'trade', lastQty, lastPx, liquidity })
  }

  cancel(at: number, clOrdId: string): this {
    return this.#event(ms(at), this.#order(clOrdId), { kind: 'canceled', clOrdId: `x${clOrdId}`, reason: undefined }, 0)
  }

  expire(at: number, clOrdId: string): this {
    return this.#event(ms(at), this.#order(clOrdId), { kind: 'expired', reason: refusal('PP3004') }, 0)
  }

  /** An accepted replace; the order goes by its new ClOrdID from here on. */
  replace(at: number, clOrdId: string, to: string, qty: string): this {
    const order = this.#order(clOrdId)
    const it = this.facts.instruments[order.terms.instrument]
    order.terms = { ...order.terms, clOrdId: to, orderQty: quantity(parseDecimal(qty, it.quantityScale)) }
    this.#orders.set(to, order)
    return this.#event(ms(at), order, { kind: 'replaced', origClOrdId: clOrdId, queueAhead: undefined })
  }

  reject(at: number, clOrdId: string, session = 0): this {
    const base = { execId: ++this.#execId, time: ms(at), publishAt: ms(at), session: sessionNo(session), clOrdId }
    return this.#step((visitor) =>
      visitor.event?.({
        kind: 'rejected',
        ...base,
        refusal: refusal('PP1002', '0'),
        terms: undefined,
        request: undefined
      })
    )
  }

  rejectCancel(at: number, clOrdId: string): this {
    const base = {
      execId: ++this.#execId,
      time: ms(at),
      publishAt: ms(at),
      session: sessionNo(0),
      clOrdId: `x${clOrdId}`
    }
    return this.#step((visitor) =>
      visitor.event?.({
        kind: 'requestRejected',
        ...base,
        request: 'cancel',
        origClOrdId: clOrdId,
        refusal: refusal('PP2002', 'filled'),
        order: undefined
      })
    )
  }

  endOfDay(at: number): this {
    return this.#step((visitor) => visitor.command?.({ kind: 'endOfDay', time: ms(at) }))
  }

  turnEnd(at: number): this {
    return this.#step((visitor) => visitor.turnEnd?.(0, ms(at), ms(at)))
  }

  #step(step: (visitor: JournalVisitor) => void): this {
    this.#steps.push(step)
    return this
  }

  #event(time: Nanos, order: Working, what: object, leaves?: number): this {
    const { terms, cumQty, notional } = order
    const leavesQty = quantity(leaves ?? Math.max(terms.orderQty - cumQty, 0))
    const execId = ++this.#execId
    const publishAt = nanos(time + this.#outbound * 1e6)
    const event = { execId, time, publishAt, terms, cumQty, leavesQty, notional, ...what } as ExchangeEvent
    return this.#step((visitor) => visitor.event?.(event))
  }

  #order(clOrdId: string): Working {
    const order = this.#orders.get(clOrdId)
    if (!order) throw new Error(`no order ${clOrdId} in the fake session`)
    return order
  }

  #instrument(symbol: string | undefined): Instrument {
    const it =
      symbol === undefined ? this.facts.instruments[0] : this.facts.instruments.find((i) => i.symbol === symbol)
    if (!it) throw new Error(`no instrument ${symbol} in the fake session`)
    return it
  }
}

export const ms = (milliseconds: number): Nanos => nanos(milliseconds * 1e6)

export const ACME: InstrumentTerms = { symbol: 'ACME', tickSize: '0.01', lotSize: '1' }

/** A session in one share with a tick of a cent, unless told otherwise. */
export function fakeSession(terms: readonly InstrumentTerms[] = [ACME], { outbound = 0 } = {}): FakeSession {
  return new FakeSession(terms, outbound)
}
