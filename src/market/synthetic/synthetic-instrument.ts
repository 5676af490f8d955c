import { SECOND, type Nanos } from '../../base/time.js'
import { seededRandom, type Random } from '../../base/random.js'
import type { MarketSink } from '../../exchange/market-sink.js'
import { BUY, price, quantity, SELL, type InstrumentNo, type Side } from '../../exchange/units.js'
import type { SyntheticProfile } from './profile.js'
import { SideLadder } from './side-ladder.js'

/** Levels per side, as a vendor with this depth would show them. */
export const DEPTH = 12
export const MAX_SPREAD = 4

/** The fair value counts in thousandths of a tick, so that it stays whole. */
const MILLI = 1000
/** The fair value forgets a deviation from its start at this pace, so that it stays plausible over weeks. */
const REVERSION_SECONDS = 86_400
/** An order this far from the fair value (in thousandths of a tick) is nearly always on the informed side. */
const FULL_LEAN = 4 * MILLI
/** Chances of 1,000 that an event is an order inside the spread, by spread in ticks. */
const IMPROVE = [0, 0, 120, 400, 750]
const TRADE = 90
const MOST_LEVELS_PER_SWEEP = 4

/**
 * One instrument of the synthetic market: orders without much intelligence around a fair value that walks at random (in the
 * spirit of Gode & Sunder 1993 and Farmer, Patelli & Zovko 2005). Aggressive orders and new quotes lean towards the fair
 * value, so the book follows it; level sizes return to a typical one. Its random numbers are its own, drawn per event, so its
 * events do not depend on how far it is advanced at a time or on other instruments.
 */
export class SyntheticInstrument {
  readonly #no: InstrumentNo
  readonly #profile: SyntheticProfile
  readonly #random: Random
  readonly #bids = new SideLadder(BUY)
  readonly #asks = new SideLadder(SELL)
  readonly #home: number
  #fair: number
  #next: Nanos
  #begun = false
  /** Events left of a burst: trading comes in clusters. */
  #burst = 0

  constructor(no: InstrumentNo, profile: SyntheticProfile, seed: number, start: Nanos) {
    this.#no = no
    this.#profile = profile
    this.#random = seededRandom(seed, `synthetic ${profile.symbol}`)
    this.#home = profile.price * MILLI
    this.#fair = this.#home
    this.#next = start
  }

  /** Time of the next event; there always is one. */
  get next(): Nanos {
    return this.#next
  }

  shift(by: number): void {
    this.#next = (this.#next + by) as Nanos
  }

  /** Feeds the next event. The first is the whole book. */
  feed(sink: MarketSink): void {
    const time = this.#next
    if (this.#begun) this.#event(time, sink)
    else this.#open(time, sink)
    sink.eventEnd(time, this.#no)
    this.#walk()
  }

  #open(time: Nanos, sink: MarketSink): void {
    this.#begun = true
    sink.clear(time, this.#no)
    const { price: fair } = this.#profile
    this.#set(time, sink, this.#bids, fair - 1, this.#size(0))
    this.#set(time, sink, this.#asks, fair + 1, this.#size(0))
    this.#refill(time, sink, this.#bids)
    this.#refill(time, sink, this.#asks)
  }

  /** Draws when the next event is, and where the fair value will be by then. */
  #walk(): void {
    const { eventsPerSecond, volatility } = this.#profile
    const mean = (this.#burst > 0 ? 0.25 : 1.25) * (SECOND / eventsPerSecond)
    if (this.#burst > 0) this.#burst--
    const wait = Math.max(1000, Math.round(this.#random.exponential(mean)))
    const seconds = wait / SECOND
    const step = this.#random.normal() * volatility * MILLI * Math.sqrt(seconds)
    const home = ((this.#home - this.#fair) * seconds) / REVERSION_SECONDS
    this.#fair = Math.max(this.#home / 4, Math.round(this.#fair + step + home))
    this.#next = (this.#next + wait) as Nanos
  }

  #event(time: Nanos, sink: MarketSink): void {
    const spread = this.#asks.best - this.#bids.best
    const gap = this.#fair - ((this.#bids.best + this.#asks.best) * MILLI) / 2
    const lean = Math.max(-900, Math.min(900, Math.round((gap * 900) / FULL_LEAN)))
    const kind = this.#random.below(1000)
    const trade = TRADE + Math.abs(lean) / 10
    if (kind < trade) this.#trade(time, sink, this.#sideLeaning(lean))
    else if (kind < trade + IMPROVE[spread]) this.#improve(time, sink, this.#sideLeaning(lean), spread)
    else this.#changeDepth(time, sink, this.#random.below(2) === 0 ? BUY : SELL, lean)
    this.#refill(time, sink, this.#bids)
    this.#refill(time, sink, this.#asks)
  }

  /** A side at random, the more often a buy the further the fair value is above the mid. `lean` from -900 to 900. */
  #sideLeaning(lean: number): Side {
    return this.#random.below(2000) < 1000 + lean ? BUY : SELL
  }

  #trade(time: Nanos, sink: MarketSink, aggressor: Side): void {
    const resting = this.#ladder(aggressor === BUY ? SELL : BUY)
    const spread = this.#asks.best - this.#bids.best
    this.#burst = 1 + this.#random.below(8)
    if (spread > 1 && this.#random.below(25) === 0) {
      const inside = this.#bids.best + 1 + this.#random.below(spread - 1)
      sink.hiddenTrade(time, this.#no, aggressor, price(inside), quantity(this.#orderSize(100)))
      return
    }
    let left = this.#orderSize(this.#random.below(20) === 0 ? 1500 : 160)
    for (let swept = 0; left > 0 && swept < MOST_LEVELS_PER_SWEEP; swept++) {
      const { best } = resting
      const there = resting.quantity(0)
      const taken = Math.min(left, there)
      sink.trade(time, this.#no, aggressor, price(best), quantity(taken))
      this.#set(time, sink, resting, best, there - taken)
      left -= taken
    }
  }

  #improve(time: Nanos, sink: MarketSink, side: Side, spread: number): void {
    const ladder = this.#ladder(side)
    const by = 1 + this.#random.below(spread - 1)
    this.#set(time, sink, ladder, ladder.best + side * by, this.#orderSize(this.#profile.levelSize / 2))
  }

  /** An order joins or leaves a level. Sizes return to typical ones, and the side that the fair value runs against thins out. */
  #changeDepth(time: Nanos, sink: MarketSink, side: Side, lean: number): void {
    const ladder = this.#ladder(side)
    const level = Math.min(ladder.depth - 1, Math.floor(this.#random.exponential(2.5)))
    const there = ladder.quantity(level)
    const typical = this.#typicalSize(level)
    const threatened = level === 0 && side * lean < 0 ? Math.abs(lean) : 0
    const join = (typical * (1000 - threatened)) / (typical + there)
    const size = this.#orderSize(this.#profile.levelSize / 3)
    const joins = this.#random.below(1000) < join
    this.#set(time, sink, ladder, ladder.price(level), joins ? there + size : Math.max(0, there - size))
  }

  /** Restores what always holds: a spread of at most MAX_SPREAD, and DEPTH levels. */
  #refill(time: Nanos, sink: MarketSink, ladder: SideLadder): void {
    const { side } = ladder
    const furthest = this.#ladder(side === BUY ? SELL : BUY).best - side * MAX_SPREAD
    if (side * (furthest - ladder.best) > 0) this.#set(time, sink, ladder, furthest, this.#size(0))
    while (ladder.depth < DEPTH) {
      // Now and then a price is left out, as in a real book.
      const gap = this.#random.below(12) === 0 ? 2 : 1
      this.#set(time, sink, ladder, ladder.worst - side * gap, this.#size(ladder.depth))
    }
    while (ladder.depth > DEPTH) this.#set(time, sink, ladder, ladder.worst, 0)
  }

  #set(time: Nanos, sink: MarketSink, ladder: SideLadder, at: number, qty: number): void {
    ladder.set(at, qty)
    sink.level(time, this.#no, ladder.side, price(at), quantity(qty))
  }

  #ladder(side: Side): SideLadder {
    return side === BUY ? this.#bids : this.#asks
  }

  /** Deeper levels hold more, up to the sixth. */
  #typicalSize(level: number): number {
    return Math.round((this.#profile.levelSize * (4 + Math.min(level, 6))) / 4)
  }

  #size(level: number): number {
    const typical = this.#typicalSize(level)
    return Math.max(100, Math.round(typical / 2) + this.#random.below(typical))
  }

  /** Mostly round lots, with some odd lots among them. */
  #orderSize(mean: number): number {
    if (this.#random.below(5) === 0) return 1 + this.#random.below(99)
    return 100 * Math.max(1, Math.round(this.#random.exponential(mean / 100)))
  }
}
