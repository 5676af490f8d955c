import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, nanos, SECOND, type Nanos } from '../../../src/base/time.js'
import { BUY, SELL, type InstrumentNo, type Price, type Quantity } from '../../../src/exchange/units.js'
import { SyntheticMarket } from '../../../src/market/synthetic/synthetic-market.js'
import { PlainBook } from '../support/plain-book.js'
import { RecordingSink } from '../support/recording-sink.js'

const START = nanos(7 * HOUR)
const later = (by: number): Nanos => nanos(START + by)

function market(seed = 1, symbols?: readonly string[]): SyntheticMarket {
  return new SyntheticMarket({ seed, epoch: 1_763_596_800, start: START, ...(symbols ? { symbols } : {}) })
}

/** Looks at the book after every event, and counts prints. */
class Observer extends PlainBook {
  readonly spreads = new Map<number, number>()
  leastDepth = Number.POSITIVE_INFINITY
  events = 0
  prints = 0
  lastMid = 0
  offered = new Set<number>()

  override trade(_time?: Nanos, _no?: InstrumentNo, _side?: number, price?: Price, qty?: Quantity): void {
    // A print takes from what is displayed: the level it names still stands then.
    if (this.quantityAt(BUY, price!) < qty! && this.quantityAt(SELL, price!) < qty!) this.offered.add(price!)
    this.prints++
  }

  override eventEnd(): void {
    const [bids, asks] = [this.depth(BUY, 20), this.depth(SELL, 20)]
    const spread = asks[0][0] - bids[0][0]
    this.spreads.set(spread, (this.spreads.get(spread) ?? 0) + 1)
    this.leastDepth = Math.min(this.leastDepth, bids.length, asks.length)
    this.lastMid = (bids[0][0] + asks[0][0]) / 2
    this.events++
  }
}

describe('the synthetic market', () => {
  it('has five US equities by default', () => {
    expect(
      market().instruments.map(({ symbol, tickSize, lotSize, feed }) => [symbol, tickSize, lotSize, feed])
    ).toEqual([
      ['AAPL', '0.01', '1', 'l2'],
      ['MSFT', '0.01', '1', 'l2'],
      ['GOOG', '0.01', '1', 'l2'],
      ['AMZN', '0.01', '1', 'l2'],
      ['TSLA', '0.01', '1', 'l2']
    ])
  })

  it('opens with a full book in every instrument, at its start', () => {
    const source = market()
    const sink = new RecordingSink()
    expect(source.nextTime()).toBe(START)

    source.advance(START, sink)

    const names = sink.calls.map(([name, , no]) => `${no} ${name}`)
    const book = (no: number): string[] => [`${no} clear`, ...Array<string>(24).fill(`${no} level`), `${no} eventEnd`]
    expect(names).toEqual([0, 1, 2, 3, 4].flatMap(book))
    expect(sink.calls.every(([, time]) => time === START)).toBe(true)
  })

  it('tells the same however it is advanced', () => {
    const [atOnce, bySecond, byStep] = [new RecordingSink(), new RecordingSink(), new RecordingSink()]
    market().advance(later(MINUTE), atOnce)
    const seconds = market()
    for (let s = 0; s <= 60; s++) seconds.advance(later(s * SECOND), bySecond)
    const steps = market()
    while (steps.nextTime() <= later(MINUTE)) steps.step(7, byStep)

    expect(bySecond.calls).toEqual(atOnce.calls)
    expect(byStep.calls.slice(0, atOnce.calls.length)).toEqual(atOnce.calls)
  })

  it('depends on its seed', () => {
    const [one, two] = [new RecordingSink(), new RecordingSink()]
    market(1).advance(START, one)
    market(2).advance(START, two)
    expect(one.calls).not.toEqual(two.calls)
  })

  it('tells the same of an instrument whichever others there are', () => {
    const [alone, among] = [new RecordingSink(), new RecordingSink()]
    market(1, ['GOOG']).advance(later(MINUTE), alone)
    market(1).advance(later(MINUTE), among)
    const goog = among.calls.filter(([, , no]) => no === 2).map(([name, time, , ...rest]) => [name, time, 0, ...rest])
    expect(goog).toEqual(alone.calls)
  })

  it('feeds whole instants by steps and returns the time of the last', () => {
    const source = market()
    const sink = new RecordingSink()
    expect(source.step(1, sink)).toBe(START)
    expect(sink.calls.filter(([name]) => name === 'eventEnd')).toHaveLength(5)
    const next = source.nextTime()
    expect(source.step(1, sink)).toBe(next)
    expect(source.step(0, sink)).toBeUndefined()
  })

  it('never shows a crossed or locked book, a wide spread or a thin one, over hours', () => {
    const book = new Observer()
    const source = market(11, ['TSLA'])
    source.advance(later(2 * HOUR), book)

    expect([...book.spreads.keys()].sort()).toEqual([1, 2, 3, 4])
    expect(book.leastDepth).toBe(12)
    expect(book.offered).toEqual(new Set())
    const perSecond = book.events / 7200
    expect(perSecond).toBeGreaterThan(20)
    expect(perSecond).toBeLessThan(60)
    expect(book.prints / 7200).toBeGreaterThan(1)
  })

  it('keeps prices plausible over a day', () => {
    const prints: number[] = []
    const tape = new RecordingSink()
    tape.level = () => undefined
    tape.eventEnd = () => undefined
    tape.trade = (...[, , , price]) => void prints.push(price)
    market(5, ['AAPL']).advance(later(24 * HOUR), tape)
    expect(Math.min(...prints.filter((_, i) => i % 10 === 0))).toBeGreaterThan(210_00)
    expect(Math.max(...prints.filter((_, i) => i % 10 === 0))).toBeLessThan(255_00)
  })

  it('moves what is still to come when it slept', () => {
    const [awake, slept] = [new RecordingSink(), new RecordingSink()]
    market().advance(later(2 * SECOND), awake)
    const source = market()
    source.advance(later(SECOND), slept)
    const before = slept.calls.length
    source.shift(HOUR)
    source.advance(later(2 * SECOND + HOUR), slept)

    const expected = awake.calls.map(([name, time, ...rest], i) => [name, time + (i < before ? 0 : HOUR), ...rest])
    expect(slept.calls).toEqual(expected)
  })
})
