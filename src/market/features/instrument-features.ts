import type { Nanos } from '../../base/time.js'
import { portableLog } from '../../base/portable-math.js'
import type { MarketLevels } from '../../exchange/exchange.js'
import type { Features } from './features.js'
import { FixedSum } from './fixed-sum.js'
import { SlidingWindow } from './sliding-window.js'

/** Levels a side that features look at. */
export const FEATURE_LEVELS = 10

/** What of one instrument's features needs the past: trade flow and realised variance. The rest is read off the book. */
export class InstrumentFeatures {
  readonly #window: Nanos
  readonly #trades = new SlidingWindow()
  readonly #returns = new SlidingWindow()
  readonly #variance = new FixedSum()
  #flow = 0
  /** Bid plus ask when both stood last; 0 where none did since the book was empty. */
  #twiceMid = 0

  /** @param window how far back flow and variance look, in ns: what is as old as that is out */
  constructor(window: Nanos) {
    this.#window = window
  }

  /** A print. @param signed quantity, negative where the aggressor sold; 0 where nobody says who it was */
  trade(time: Nanos, signed: number): void {
    this.#forget(time)
    if (signed === 0) return
    this.#trades.push(time, signed)
    this.#flow += signed
  }

  /** An event is complete and leaves these best prices; a quantity of 0 is an empty side. */
  event(time: Nanos, bidPrice: number, bidQty: number, askPrice: number, askQty: number): void {
    if (bidQty > 0 && askQty > 0) this.#mid(time, bidPrice + askPrice)
    // No return is measured over a book that was void: a feed that was lost, a day that ended.
    else if (bidQty === 0 && askQty === 0) this.#twiceMid = 0
  }

  /** Fills `into` with the features at `time`, which is not before the last event's. */
  read(time: Nanos, bids: MarketLevels, asks: MarketLevels, into: Features): Features {
    this.#forget(time)
    const [bid1, ask1] = [quantityOf(bids, 1), quantityOf(asks, 1)]
    into.time = time
    into.bidPrice = bid1 > 0 ? bids.price[0] : 0
    into.bidQty = bid1
    into.askPrice = ask1 > 0 ? asks.price[0] : 0
    into.askQty = ask1
    const both = bid1 > 0 && ask1 > 0
    into.spread = both ? into.askPrice - into.bidPrice : Number.NaN
    into.microprice = both ? into.bidPrice + (into.spread * bid1) / (bid1 + ask1) : Number.NaN
    into.imbalance1 = imbalance(bid1, ask1)
    into.imbalance5 = imbalance(quantityOf(bids, 5), quantityOf(asks, 5))
    into.bidDepth = quantityOf(bids, FEATURE_LEVELS)
    into.askDepth = quantityOf(asks, FEATURE_LEVELS)
    into.imbalance10 = imbalance(into.bidDepth, into.askDepth)
    into.tradeFlow = this.#flow
    into.realisedVariance = this.#variance.value
    return into
  }

  #mid(time: Nanos, twiceMid: number): void {
    const before = this.#twiceMid
    if (twiceMid === before) return
    this.#twiceMid = twiceMid
    // A futures spread may cost nothing or less: it has no logarithm.
    if (before <= 0 || twiceMid <= 0) return
    this.#forget(time)
    const change = portableLog(twiceMid / before)
    const squared = change * change
    this.#returns.push(time, squared)
    this.#variance.add(squared)
  }

  #forget(time: Nanos): void {
    const until = time - this.#window
    while (this.#trades.oldest <= until) this.#flow -= this.#trades.shift()
    while (this.#returns.oldest <= until) this.#variance.remove(this.#returns.shift())
  }
}

/** Sum over the best `count` levels. */
function quantityOf({ qty, length }: MarketLevels, count: number): number {
  let sum = 0
  for (let i = 0; i < length && i < count; i++) sum += qty[i]
  return sum
}

function imbalance(bid: number, ask: number): number {
  return bid + ask > 0 ? (bid - ask) / (bid + ask) : Number.NaN
}
