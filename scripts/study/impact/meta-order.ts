import { HOUR, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { type Exchange } from '../../../src/exchange/exchange.js'
import { instrument } from '../../../src/exchange/instrument.js'
import { createExchange } from '../../../src/exchange/matching-exchange.js'
import { type ModelSettings, type ReactionSettings } from '../../../src/exchange/models/settings.js'
import { BUY, instrumentNo, price, quantity, sessionNo } from '../../../src/exchange/units.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'

const NO = instrumentNo(0)
const START = nanos(14 * HOUR)
/** The synthetic market's instrument of these studies, and what its reaction counts in. */
export const SYMBOL = 'AAPL'
export const IMPACT = { volatility: 0.02, averageDailyVolume: 1_000_000 }

/** A parent order bought in equal market orders, `every` ns apart. */
export interface MetaOrder {
  readonly quantity: number
  readonly children: number
  readonly every: Nanos
}

/**
 * By how much a meta-order moved the mid, as a fraction of it, at times after its last child: the difference of two runs
 * of the same synthetic market, one of them without the order, so that nothing but the order is in it.
 */
export function impactOf(
  order: MetaOrder,
  reaction: ReactionSettings,
  seed: number,
  after: readonly Nanos[]
): readonly number[] {
  const [, ...withOrder] = mids(order, reaction, seed, after)
  const [, ...without] = mids({ ...order, quantity: 0 }, reaction, seed, after)
  return after.map((_, i) => withOrder[i] / without[i] - 1)
}

/** By how much the mid moved from just before a meta-order to a time after its last child, the market's own way included. */
export function moveOver(order: MetaOrder, reaction: ReactionSettings, seed: number, after: Nanos): number {
  const [before, then] = mids(order, reaction, seed, [after])
  return then / before - 1
}

/** The mid before the first child, and at times after the last. */
function mids(
  { quantity: qty, children, every }: MetaOrder,
  reaction: ReactionSettings,
  seed: number,
  after: readonly Nanos[]
): number[] {
  const market = new SyntheticMarket({ seed, epoch: 0, start: START, symbols: [SYMBOL] })
  const models: ModelSettings = {
    preset: 'impact',
    queue: { kind: 'riskAverse' },
    latency: { kind: 'constant', inbound: nanos(0), outbound: nanos(0) },
    // Nothing is consumed for good, so that the reaction is all that an order leaves.
    refill: { probability: 1, halfLife: nanos(0) },
    reaction,
    impact: { [SYMBOL]: IMPACT },
    seed
  }
  const exchange = createExchange({
    instruments: [instrument(NO, market.instruments[0])],
    models,
    listener: { onEvent: () => undefined }
  })
  const until = (time: number): void => {
    market.advance(nanos(time), exchange)
    exchange.advance(nanos(time))
  }
  let time = START + 60 * SECOND
  until(time)
  const before = mid(exchange)
  for (let child = 0; child < children; child++) {
    if (child > 0) time += every
    until(time)
    const size = Math.round((qty * (child + 1)) / children) - Math.round((qty * child) / children)
    if (size > 0) buy(exchange, nanos(time), child, size)
  }
  return [
    before,
    ...after.map((wait) => {
      until(time + wait)
      return mid(exchange)
    })
  ]
}

function buy(exchange: Exchange, time: Nanos, child: number, qty: number): void {
  exchange.submit({
    kind: 'new',
    time,
    session: sessionNo(0),
    clOrdId: `c${child}`,
    instrument: NO,
    side: BUY,
    ordType: 'market',
    timeInForce: 'ioc',
    orderQty: quantity(qty),
    price: price(0),
    tags: []
  })
}

function mid(exchange: Exchange): number {
  const top = exchange.topOfBook(NO, {
    bidPrice: price(0),
    bidQty: quantity(0),
    askPrice: price(0),
    askQty: quantity(0)
  })
  return (top.bidPrice + top.askPrice) / 2
}
