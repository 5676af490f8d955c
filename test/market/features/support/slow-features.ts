import { nanos, type Nanos } from '../../../../src/base/time.js'
import { portableLog } from '../../../../src/base/portable-math.js'
import type { MarketSink } from '../../../../src/exchange/market-sink.js'
import {
  BUY,
  SELL,
  type Aggressor,
  type InstrumentNo,
  type Price,
  type Quantity,
  type Side
} from '../../../../src/exchange/units.js'
import type { Features } from '../../../../src/market/features/features.js'
import { PlainBook } from '../../support/plain-book.js'

/** The features of one instrument, all worked out anew from the whole book and all that ever happened, when they are asked for. */
export class SlowFeatures implements MarketSink {
  readonly #book = new PlainBook()
  readonly #prints: { readonly time: number; readonly signed: number }[] = []
  readonly #states: { readonly time: number; readonly bid: number | undefined; readonly ask: number | undefined }[] = []
  readonly #window: Nanos

  constructor(window: Nanos) {
    this.#window = window
  }

  add(time: Nanos, no: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    this.#book.add(time, no, id, side, price, qty)
  }
  reduce(time: Nanos, no: InstrumentNo, id: number, qty: Quantity): void {
    this.#book.reduce(time, no, id, qty)
  }
  remove(time: Nanos, no: InstrumentNo, id: number): void {
    this.#book.remove(time, no, id)
  }
  modify(time: Nanos, no: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    this.#book.modify(time, no, id, side, price, qty)
  }
  execute(time: Nanos, no: InstrumentNo, id: number, side: Side, price: Price, qty: Quantity): void {
    this.#book.execute(time, no, id, side, price, qty)
    this.#prints.push({ time, signed: -side * qty })
  }
  level(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#book.level(time, no, side, price, qty)
  }
  quote(time: Nanos, no: InstrumentNo, side: Side, price: Price, qty: Quantity): void {
    this.#book.quote(time, no, side, price, qty)
  }
  trade(time: Nanos, _no: InstrumentNo, aggressor: Aggressor, _price: Price, qty: Quantity): void {
    this.#prints.push({ time, signed: aggressor * qty })
  }
  hiddenTrade(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: Price, qty: Quantity): void {
    this.trade(time, no, aggressor, price, qty)
  }
  clear(): void {
    this.#book.clear()
  }
  eventEnd(time: Nanos): void {
    this.#states.push({ time, bid: this.#book.best(BUY), ask: this.#book.best(SELL) })
  }

  at(time: Nanos): Features {
    const [bids, asks] = [this.#book.depth(BUY, 10), this.#book.depth(SELL, 10)]
    const sum = (levels: readonly (readonly [number, number])[], n: number): number =>
      levels.slice(0, n).reduce((total, [, qty]) => total + qty, 0)
    const imbalance = (n: number): number => {
      const [b, a] = [sum(bids, n), sum(asks, n)]
      return a + b === 0 ? Number.NaN : (b - a) / (b + a)
    }
    const [bidPrice = 0, bidQty = 0] = bids.at(0) ?? []
    const [askPrice = 0, askQty = 0] = asks.at(0) ?? []
    const both = bidQty > 0 && askQty > 0
    return {
      time: nanos(time),
      ...{ bidPrice, bidQty, askPrice, askQty },
      spread: both ? askPrice - bidPrice : Number.NaN,
      microprice: both ? (askPrice * bidQty + bidPrice * askQty) / (askQty + bidQty) : Number.NaN,
      imbalance1: imbalance(1),
      imbalance5: imbalance(5),
      imbalance10: imbalance(10),
      bidDepth: sum(bids, 10),
      askDepth: sum(asks, 10),
      tradeFlow: this.#within(this.#prints, time).reduce((flow, { signed }) => flow + signed, 0),
      realisedVariance: this.#variance(time)
    }
  }

  #within<T extends { readonly time: number }>(all: readonly T[], time: Nanos): T[] {
    return all.filter((each) => each.time > time - this.#window && each.time <= time)
  }

  /** In whole multiples of 2^-96, so that the order of the sum is of no matter. */
  #variance(time: Nanos): number {
    const returns: { time: number; squared: number }[] = []
    let before: number | undefined
    for (const { time, bid, ask } of this.#states) {
      if (bid === undefined && ask === undefined) before = undefined
      if (bid === undefined || ask === undefined) continue
      const mid = bid + ask
      if (before !== undefined) returns.push({ time, squared: portableLog(mid / before) ** 2 })
      before = mid
    }
    let sum = 0n
    for (const { squared } of this.#within(returns, time)) sum += exact(squared)
    return Number(sum) / 2 ** 96
  }
}

/** A number as a whole multiple of 2^-96, rounded to the nearest: above 2^53 of them a double is whole already. */
function exact(value: number): bigint {
  return BigInt(Math.round(value * 2 ** 96))
}
