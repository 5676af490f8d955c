import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/random.js'
import { HOUR, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { instrument, type FeedKind } from '../../../src/exchange/instrument.js'
import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { BUY, instrumentNo, price, quantity, SELL, type Side } from '../../../src/exchange/units.js'
import { FeatureSink } from '../../../src/market/features/feature-sink.js'
import { emptyFeatures, type Features } from '../../../src/market/features/features.js'
import type { MarketSource } from '../../../src/market/market-source.js'
import { importLobster } from '../../../src/market/readers/lobster/lobster-import.js'
import { openTapes } from '../../../src/market/replay/open-tapes.js'
import { spectatorExchange } from '../../../src/market/spectator-exchange.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'
import { sharedData } from '../../support/data.js'
import { temporaryDirectory } from '../support/temporary.js'
import { SlowFeatures } from './support/slow-features.js'

const ACME = instrumentNo(0)
const temporary = temporaryDirectory()

/** The fast features of one instrument, over an exchange that holds the book. */
class FastFeatures {
  readonly sink: FeatureSink

  constructor(window: Nanos, feed: FeedKind) {
    const exchange = spectatorExchange([instrument(ACME, { symbol: 'ACME', tickSize: '0.01', lotSize: '1', feed })])
    this.sink = new FeatureSink(exchange, exchange, { window })
  }

  at(time: Nanos): Features {
    return this.sink.read(time, ACME, emptyFeatures())
  }
}

const implementations = [
  { name: 'kept with the replay', make: (window: Nanos, feed: FeedKind) => new FastFeatures(window, feed) },
  {
    name: 'worked out anew',
    make: (window: Nanos, _feed: FeedKind) => {
      const sink = new SlowFeatures(window)
      return { sink: sink as MarketSink, at: (time: Nanos) => sink.at(time) }
    }
  }
]

describe.each(implementations)('features, $name', ({ make }) => {
  const level = (sink: MarketSink, second: number, side: Side, at: number, qty: number): void => {
    sink.level(nanos(second * SECOND), ACME, side, price(at), quantity(qty))
    sink.eventEnd(nanos(second * SECOND), ACME)
  }

  it('are those of the formulas', () => {
    const { sink, at } = bound(make(nanos(60 * SECOND), 'l2'))
    for (let n = 0; n < 12; n++) {
      level(sink, 1, BUY, 10_000 - n, 10 + n)
      level(sink, 1, SELL, 10_004 + n, 30 + n)
    }
    expect(at(nanos(SECOND))).toEqual({
      time: SECOND,
      ...{ bidPrice: 10_000, bidQty: 10, askPrice: 10_004, askQty: 30, spread: 4, microprice: 10_001 },
      imbalance1: -0.5,
      imbalance5: (60 - 160) / 220,
      imbalance10: (145 - 345) / 490,
      ...{ bidDepth: 145, askDepth: 345, tradeFlow: 0, realisedVariance: 0 }
    })
  })

  it('are not defined where a side is empty', () => {
    const { sink, at } = bound(make(nanos(60 * SECOND), 'l2'))
    expect(at(nanos(0))).toEqual(emptyFeatures())
    level(sink, 1, BUY, 10_000, 10)
    expect(at(nanos(SECOND))).toEqual({
      ...emptyFeatures(),
      ...{ time: SECOND, bidPrice: 10_000, bidQty: 10, bidDepth: 10, imbalance1: 1, imbalance5: 1, imbalance10: 1 }
    })
  })

  it('add up what aggressors bought and sold in the window, hidden prints too', () => {
    const { sink, at } = bound(make(nanos(10 * SECOND), 'l3'))
    const second = (n: number): Nanos => nanos(n * SECOND)
    sink.add(second(1), ACME, 1, SELL, price(10_004), quantity(50))
    sink.execute(second(1), ACME, 1, SELL, price(10_004), quantity(20))
    sink.hiddenTrade(second(2), ACME, -1, price(10_002), quantity(5))
    sink.hiddenTrade(second(3), ACME, 0, price(10_002), quantity(100))
    sink.trade(second(4), ACME, 1, price(10_004), quantity(1))
    sink.eventEnd(second(4), ACME)
    expect([4, 10.999, 11, 12, 13, 14].map((n) => at(second(n)).tradeFlow)).toEqual([16, 16, -4, 1, 1, 0])
  })

  it('square the returns of the mid, but not over a book that was void', () => {
    const { sink, at } = bound(make(nanos(10 * SECOND), 'l2'))
    level(sink, 1, BUY, 9_999, 1)
    level(sink, 1, SELL, 10_001, 1)
    level(sink, 2, SELL, 10_001, 0)
    level(sink, 3, SELL, 10_003, 1)
    const up = Math.log(10_001 / 10_000) ** 2
    expect(at(nanos(3 * SECOND)).realisedVariance).toBeCloseTo(up, 18)
    sink.clear(nanos(4 * SECOND), ACME)
    sink.eventEnd(nanos(4 * SECOND), ACME)
    level(sink, 5, BUY, 20_000, 1)
    level(sink, 5, SELL, 20_002, 1)
    expect(at(nanos(5 * SECOND)).realisedVariance).toBeCloseTo(up, 18)
    expect(at(nanos(13 * SECOND)).realisedVariance).toBe(0)
  })
})

describe('features kept with the replay are those worked out anew', () => {
  /** Feeds both, and compares them behind every event of a time that `when` wants. */
  function compare(
    feed: FeedKind,
    window: Nanos,
    run: (sink: MarketSink) => void,
    when: (event: number) => boolean
  ): number {
    const fast = new FastFeatures(window, feed)
    const slow = new SlowFeatures(window)
    let events = 0
    let compared = 0
    const both = new Proxy(fast.sink, {
      get:
        (_, name: keyof MarketSink) =>
        (time: Nanos, no: number, ...rest: never[]) => {
          if (no !== 0) return
          for (const sink of [fast.sink, slow] as MarketSink[])
            Reflect.apply(sink[name] ?? (() => 0), sink, [time, no, ...rest])
          if (name !== 'eventEnd' || !when(events++)) return
          compared++
          const expected = slow.at(time)
          // Two formulas of the microprice; the rest is equal to the last bit.
          expect(fast.at(time)).toEqual({ ...expected, microprice: near(expected.microprice) })
        }
    })
    run(both)
    return compared
  }

  it('on orders by chance, at each event', () => {
    for (let seed = 0; seed < 8; seed++) {
      expect(
        compare(
          'l3',
          nanos(20),
          (sink) => randomOrders(sink, seed, 400),
          () => true
        )
      ).toBe(400)
    }
  })

  it('on a synthetic market', () => {
    const market: MarketSource = new SyntheticMarket({ seed: 3, epoch: 0, start: nanos(HOUR) })
    const run = (sink: MarketSink): void => market.advance(nanos(HOUR + 120 * SECOND), sink)
    expect(compare('l2', nanos(30 * SECOND), run, (event) => event % 29 === 0)).toBeGreaterThan(100)
  })

  const name = (kind: string): string => `lobster/GOOG_2012-06-21_34200000_57600000_${kind}_10.csv.gz`
  const [messages, books] = [sharedData(name('message')), sharedData(name('orderbook'))]
  it.skipIf(!messages || !books || !existsSync(messages))('on the first minutes of GOOG', async () => {
    const tape = temporary('goog.arrow')
    await importLobster(messages as string, books as string, tape, { feed: 'l3' })
    const source = openTapes([tape])
    const run = (sink: MarketSink): void => source.advance(nanos(source.start + 300 * SECOND), sink)
    expect(compare('l3', nanos(60 * SECOND), run, (event) => event % 31 === 0)).toBeGreaterThan(40)
  })
})

const near = (value: number): number => (Number.isNaN(value) ? value : (expect.closeTo(value, 6) as number))

function bound<T extends { readonly sink: MarketSink; at(time: Nanos): Features }>(subject: T) {
  return { sink: subject.sink, at: (time: Nanos) => subject.at(time) }
}

/** `count` events of adds, reductions, executions, prints and now and then a void book, with times that often repeat. */
function randomOrders(sink: MarketSink, seed: number, count: number): void {
  const random = seededRandom(seed, 'features')
  let time = nanos(1)
  let id = 0
  for (let event = 0; event < count; event++) {
    time = nanos(time + random.below(4))
    const some = (): number => 1 + random.below(Math.max(1, id))
    const qty = quantity(1 + random.below(9))
    const side = random.below(2) === 0 ? BUY : SELL
    switch (random.below(8)) {
      case 0:
        sink.remove(time, ACME, some())
        break
      case 1:
        sink.reduce(time, ACME, some(), qty)
        break
      case 2:
        sink.trade(time, ACME, side, price(1000), qty)
        break
      case 3:
        sink.hiddenTrade(time, ACME, random.below(2) === 0 ? 0 : side, price(1000), qty)
        break
      case 4:
        if (random.below(20) === 0) sink.clear(time, ACME)
        else sink.level(time, ACME, side, price(1000 - side * (1 + random.below(20))), qty)
        break
      default:
        sink.add(time, ACME, ++id, side, price(1000 - side * (1 + random.below(20))), qty)
    }
    sink.eventEnd(time, ACME)
  }
}
