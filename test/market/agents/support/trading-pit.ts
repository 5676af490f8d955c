import { nanos, type Nanos } from '../../../../src/base/time.js'
import type { TimeInForce } from '../../../../src/exchange/command.js'
import type { ExchangeEvent } from '../../../../src/exchange/event.js'
import type { Exchange } from '../../../../src/exchange/exchange.js'
import { instrument } from '../../../../src/exchange/instrument.js'
import { createExchange } from '../../../../src/exchange/matching-exchange.js'
import type { Phase } from '../../../../src/exchange/phase.js'
import { instrumentNo, price, quantity, sessionNo, type Side } from '../../../../src/exchange/units.js'
import { Floor } from '../../../../src/market/agents/floor.js'
import { ClientView } from '../../../../src/venue/client-view.js'

const NO = instrumentNo(0)

/** A floor in front of an exchange with one client; agents are spoken for by the test. Tick 0.01, lot 1. */
export class TradingPit {
  readonly exchange: Exchange
  readonly floor: Floor
  /** Inventory by owner. */
  readonly held = new Map<number, number>()
  /** What became of the client's orders: "a1 trade 100 @ 1000". */
  readonly reports: string[] = []
  readonly prints: string[] = []
  #time = nanos(0)

  constructor() {
    const terms = instrument(NO, { symbol: 'PIT', tickSize: '0.01', lotSize: '1', feed: 'l3' })
    const view = new ClientView(1)
    this.exchange = createExchange({
      instruments: [terms],
      models: {
        preset: 'consume',
        queue: { kind: 'riskAverse' },
        latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
        seed: 1
      },
      listener: {
        onEvent: (event) => {
          view.note(event)
          this.reports.push(line(event))
        },
        onPrint: (_time, _no, at, qty) => this.prints.push(`${qty} @ ${at}`)
      }
    })
    this.exchange.watch(NO)
    this.floor = new Floor(terms)
    this.floor.onFill = (owner, side, _at, qty) => this.held.set(owner, (this.held.get(owner) ?? 0) + side * qty)
    this.floor.meet(view.of(this.exchange, (time) => this.#settle(time)))
  }

  /** A new moment for the agents. */
  next(): Nanos {
    this.#time = nanos(this.#time + 1000)
    this.floor.begin(this.#time, this.exchange)
    return this.#time
  }

  /** The client's order, at a moment of its own. */
  client(clOrdId: string, side: Side, qty: number, at: number, timeInForce: TimeInForce = 'day'): void {
    this.#time = nanos(this.#time + 1000)
    this.exchange.submit({
      kind: 'new',
      time: this.#time,
      session: sessionNo(0),
      clOrdId,
      instrument: NO,
      side,
      ordType: 'limit',
      timeInForce,
      orderQty: quantity(qty),
      price: price(at),
      tags: []
    })
  }

  /** The venue and the floor go into another phase, with the auction where a call ends. */
  phase(phase: Phase): void {
    const time = this.next()
    const auction = this.floor.call ? this.floor.auctionPrice() : undefined
    this.exchange.submit({ kind: 'phase', time, instrument: NO, phase })
    this.next()
    this.floor.phase = phase
    if (auction !== undefined) this.floor.uncross(auction)
  }

  /** What the exchange displays of a side, best first: "100 @ 1000". */
  shown(side: Side): string[] {
    return this.exchange.depth(NO, side, 10).map(({ price: at, qty }) => `${qty} @ ${at}`)
  }

  /** What agents have in the book, level by level. */
  own(side: Side): string[] {
    const { levels } = side === 1 ? this.floor.bids : this.floor.asks
    return levels.map(({ price: at, queue }) => `${queue.map(({ qty }) => qty).join('+')} @ ${at}`).reverse()
  }

  #settle(time: Nanos): void {
    if (this.exchange.time < time - 1) this.exchange.advance(nanos(time - 1))
  }
}

function line(event: ExchangeEvent): string {
  if (event.kind === 'trade') return `${event.terms.clOrdId} ${event.lastQty} @ ${event.lastPx} ${event.liquidity}`
  return `${'terms' in event && event.terms ? event.terms.clOrdId : '?'} ${event.kind}`
}
