import { formatDecimal } from '../../src/base/decimal.js'
import { epochOf, nanos } from '../../src/base/time.js'
import { seededRandom, type Random } from '../../src/base/random.js'
import { type ExchangeEvent, type Liquidity, type OrderTerms } from '../../src/exchange/event.js'
import { instrument, type Instrument } from '../../src/exchange/instrument.js'
import { instrumentNo, orderId, price, quantity, sessionNo, type Side } from '../../src/exchange/units.js'
import { Tag } from '../../src/fix/wire/tag.js'
import { type Journal, type SessionFacts } from '../../src/journal/journal.js'

/** What a recording is written into: a journal, or whatever stands in for one. */
export type RecordingSink = Pick<Journal, 'command' | 'event' | 'topOfBook' | 'print'>

export interface SyntheticRecording {
  readonly symbols: number
  readonly parentsPerSymbol: number
  /** Children of a parent, one after the other: half of a child fills passively, the rest at its end. */
  readonly slices: number
  /** Fills of a child: passive ones, and one aggressive at its end. */
  readonly fillsPerSlice: number
  /** Market quotes of the symbol for each fill. */
  readonly quotesPerFill: number
  readonly seed: number
}

const NAMES = ['ACME', 'BOLT', 'CRUX', 'DUNE', 'ECHO', 'FLUX', 'GRIT', 'HALO']

export function syntheticFacts({ symbols, seed }: SyntheticRecording): SessionFacts {
  const epoch = epochOf(Date.UTC(2026, 10, 20))
  return {
    epoch,
    wallEpoch: epoch,
    instruments: Array.from({ length: symbols }, (_, no) =>
      instrument(instrumentNo(no), { symbol: NAMES[no] ?? `SYM${no}`, tickSize: '0.01', lotSize: '1', priceScale: 4 })
    ),
    models: {
      preset: 'consume',
      queue: { kind: 'power', exponent: 3 },
      latency: { kind: 'constant', inbound: nanos(250_000), outbound: nanos(0) },
      seed
    },
    market: { kind: 'synthetic', seed, start: nanos(34_200_000_000_000) }
  }
}

/**
 * Writes a made-up session: random-walk markets, and parents worked in slices that quote and then cross. It has the
 * shape and size of a real recording without the hours of a real session; its fills are drawn, not matched.
 */
export function writeSynthetic(
  settings: SyntheticRecording,
  facts: SessionFacts,
  sink: RecordingSink,
  turnEnd: () => void
): void {
  const random = seededRandom(settings.seed, 'synthetic recording')
  const markets = facts.instruments.map((it, no) => new Market(it, random, sink, 1_500_000 + 900_000 * no))
  const ids = { order: 0, exec: 0 }
  const stride = 6_000_000_000 / settings.quotesPerFill
  let time = 34_200_000_000_000
  for (const market of markets) market.move(time, 0)
  for (let parent = 0; parent < settings.parentsPerSymbol; parent++) {
    const workers = markets.map(
      (market, no) => new Worker(market, settings, ids, sink, `P${no + 1}-${parent + 1}`, random)
    )
    for (let slice = 0; slice < settings.slices; slice++) {
      for (const worker of workers) worker.quote((time += 1_000_003))
      time += 250_000
      for (let fill = 0; fill < settings.fillsPerSlice; fill++) {
        for (let quote = 0; quote < settings.quotesPerFill; quote++) {
          time += Math.floor(random.exponential(stride)) + 1
          for (const market of markets) market.move(time, workers[0].side * 0.004)
        }
        for (const worker of workers) worker.fill(time, fill === settings.fillsPerSlice - 1)
        turnEnd()
      }
    }
  }
}

class Market {
  readonly instrument: Instrument
  bid = 0
  ask = 0
  readonly #random: Random
  readonly #sink: RecordingSink
  #mid: number

  constructor(it: Instrument, random: Random, sink: RecordingSink, mid: number) {
    this.instrument = it
    this.#random = random
    this.#sink = sink
    this.#mid = mid
  }

  move(time: number, drift: number): void {
    const random = this.#random
    this.#mid += 28 * (random.normal() + drift)
    const spread = random.uniform() < 0.7 ? 100 : 200
    this.bid = Math.floor((this.#mid - spread / 2) / 100) * 100
    this.ask = this.bid + spread
    const top = {
      bidPrice: price(this.bid),
      bidQty: quantity(100 + random.below(900)),
      askPrice: price(this.ask),
      askQty: quantity(100 + random.below(900))
    }
    this.#sink.topOfBook(nanos(time), this.instrument.no, top)
    if (random.uniform() < 0.25) {
      const at = random.uniform() < 0.5 ? this.bid : this.ask
      this.#sink.print(nanos(time), this.instrument.no, price(at), quantity(10 + random.below(190)))
    }
  }
}

class Worker {
  readonly side: Side
  readonly #market: Market
  readonly #settings: SyntheticRecording
  readonly #ids: { order: number; exec: number }
  readonly #sink: RecordingSink
  readonly #link: string
  readonly #random: Random
  readonly #decision: string
  #terms: OrderTerms | undefined
  #cumQty = 0
  #notional = 0

  constructor(
    market: Market,
    settings: SyntheticRecording,
    ids: { order: number; exec: number },
    sink: RecordingSink,
    link: string,
    random: Random
  ) {
    this.#market = market
    this.#settings = settings
    this.#ids = ids
    this.#sink = sink
    this.#link = link
    this.#random = random
    this.side = random.uniform() < 0.5 ? 1 : -1
    // Decided a moment before, a few cents away.
    this.#decision = formatDecimal(market.bid - 100 * this.side * random.below(4), 4, 2)
  }

  /** The next child rests at the near touch. */
  quote(time: number): void {
    const { side } = this
    const near = side > 0 ? this.#market.bid : this.#market.ask
    const clOrdId = `O${++this.#ids.order}`
    const asked = {
      session: sessionNo(0),
      instrument: this.#market.instrument.no,
      clOrdId,
      side,
      ordType: 'limit',
      timeInForce: 'day',
      orderQty: quantity(100 * this.#settings.fillsPerSlice),
      price: price(near),
      tags: [
        [Tag.ClOrdLinkID, this.#link],
        [Tag.DecisionPrice, this.#decision]
      ]
    } as const
    this.#terms = { ...asked, orderId: orderId(this.#ids.order), enteredAt: nanos(time + 250_000) }
    this.#cumQty = this.#notional = 0
    this.#sink.command({ kind: 'new', time: nanos(time), ...asked })
    this.#event(time + 250_000, { kind: 'new', queueAhead: quantity(this.#random.below(500)) })
  }

  /** One fill; the last of a child crosses the spread, and now and then leaves a rest that is canceled. */
  fill(time: number, last: boolean): void {
    const terms = this.#terms
    if (!terms) return
    const { side } = this
    const lastPx = last
      ? side > 0
        ? this.#market.ask
        : this.#market.bid
      : side > 0
        ? this.#market.bid
        : this.#market.ask
    const left = terms.orderQty - this.#cumQty
    const short = this.#random.uniform() < 0.1
    const lastQty = last && !short ? left : Math.min(100, left)
    this.#cumQty += lastQty
    this.#notional += lastQty * lastPx
    const liquidity: Liquidity = last ? 'removed' : 'added'
    this.#event(time, { kind: 'trade', lastQty: quantity(lastQty), lastPx: price(lastPx), liquidity })
    if (last && this.#cumQty < terms.orderQty)
      this.#event(time, { kind: 'canceled', clOrdId: `X${terms.clOrdId}`, reason: undefined }, 0)
  }

  #event(time: number, what: object, leaves?: number): void {
    const terms = this.#terms
    if (!terms) return
    const leavesQty = quantity(leaves ?? terms.orderQty - this.#cumQty)
    const at = { execId: ++this.#ids.exec, time: nanos(time), publishAt: nanos(time) }
    this.#sink.event({
      ...at,
      terms,
      cumQty: quantity(this.#cumQty),
      leavesQty,
      notional: this.#notional,
      ...what
    } as ExchangeEvent)
  }
}
