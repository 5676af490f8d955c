import { parseDecimal } from '../../base/decimal.js'
import type { Nanos } from '../../base/time.js'
import type { Instrument } from '../../exchange/instrument.js'
import { BUY, price, quantity, SELL, type Aggressor, type Side } from '../../exchange/units.js'
import { PriceLevels } from '../readers/price-levels.js'
import type { BookState, FeedOutput, InstrumentStatus } from './feed.js'
import { FeedFault } from './feed-fault.js'

/** A level in the instrument's units; qty 0 removes it. */
export interface LevelChange {
  readonly side: Side
  readonly price: number
  readonly qty: number
}

/** Says what is wrong with a book; undefined: nothing. */
export type BookCheck = () => string | undefined

const BEHIND = 'the feed is behind'

/**
 * The book of one instrument as its feed tells it, and the only way from a feed to the market. While the book is `live`,
 * what changes in it is told to the venue; when it is lost the venue's book is cleared at once, and when it is found
 * again it is told whole.
 */
export class FeedInstrument {
  readonly instrument: Instrument
  /** What the feed calls it. */
  readonly feedSymbol: string
  readonly #output: FeedOutput
  readonly #depth: number
  readonly #book = new PriceLevels()
  /** L1: the quotes told last, bid and ask. */
  readonly #told = { [BUY]: { price: 0, qty: 0 }, [SELL]: { price: 0, qty: 0 } }
  /** What comes is old: the feed catches up. A book is kept, but nobody is told of it until it is the market's again. */
  behind = false
  #changes = 0
  #state: BookState = 'down'
  #reason = 'not connected yet'

  /** @param depth levels a side that the feed keeps the book to: what falls behind them is forgotten without a word. */
  constructor(instrument: Instrument, feedSymbol: string, output: FeedOutput, depth = Number.POSITIVE_INFINITY) {
    this.instrument = instrument
    this.feedSymbol = feedSymbol
    this.#output = output
    this.#depth = depth
  }

  get state(): BookState {
    return this.#state
  }

  /** Whether there is a book of the feed's, told or kept. */
  get known(): boolean {
    return this.#state === 'live' || this.#state === 'stale'
  }

  get status(): InstrumentStatus {
    return { symbol: this.instrument.symbol, state: this.#state, reason: this.#reason }
  }

  /** Books, changes and prints that came so far: who looks twice sees whether anything happened. */
  get changes(): number {
    return this.#changes
  }

  /** The feed's book. Not to be changed. */
  get book(): Omit<PriceLevels, 'change' | 'clear'> {
    return this.#book
  }

  /** A displayed price from decimal text, in price units. @throws FeedFault where it is off the tick. */
  price(text: string): number {
    return this.#onTick(parseDecimal(text, this.instrument.priceScale), text)
  }

  /** A quantity from decimal text, in quantity units. @throws FeedFault where it does not fit the scale. */
  quantity(text: string): number {
    return this.#fitting(parseDecimal(text, this.instrument.quantityScale), text)
  }

  /** A displayed price from a JSON number that was written with no more decimals than the tick. @throws FeedFault */
  priceOf(value: number): number {
    return this.#onTick(exactly(value, this.instrument.priceScale), String(value))
  }

  /** @throws FeedFault */
  quantityOf(value: number): number {
    return this.#fitting(exactly(value, this.instrument.quantityScale), String(value))
  }

  /**
   * The whole book of the feed. From now on the instrument is live.
   * @param wrong says what is wrong with the book that this makes, before anybody is told of it
   * @throws FeedFault where something is, or it is crossed
   */
  snapshot(exchangeTime: Nanos | undefined, levels: readonly LevelChange[], wrong?: BookCheck): void {
    this.#changes++
    this.#book.clear()
    for (const level of levels) this.#set(level)
    this.#check(wrong)
    if (this.behind) {
      if (this.#state === 'live') this.#void()
      this.#become('stale', BEHIND)
      return
    }
    this.#tellAll(exchangeTime)
    this.#become('live', '')
  }

  /**
   * Levels that changed. Nothing happens while the book is not known; a stale one is live again, unless the feed is behind.
   * @param wrong says what is wrong with the book that this makes, before anybody is told of it
   * @throws FeedFault where something is, or it is crossed: something is missing
   */
  change(exchangeTime: Nanos | undefined, levels: readonly LevelChange[], wrong?: BookCheck): void {
    if (!this.known) return
    this.#changes++
    for (const level of levels) this.#set(level)
    const forgotten = this.#forget()
    this.#check(wrong)
    if (this.#state === 'stale') this.#restore(exchangeTime)
    else if (levels.length > 0) this.#tell(exchangeTime, forgotten.length === 0 ? levels : [...levels, ...forgotten])
  }

  /** A price of a print, which may lie inside the tick, in price units; undefined where it does not fit the scale. */
  printPrice(text: string): number | undefined {
    const value = parseDecimal(text, this.instrument.priceScale)
    return value > 0 ? value : undefined
  }

  /** A print on the book; inside the tick it touched nothing displayed. Prints count only while the book does. */
  trade(exchangeTime: Nanos | undefined, aggressor: Aggressor, at: number, qty: number): void {
    if (this.#state !== 'live' || qty === 0) return
    this.#changes++
    const { sink } = this.#output
    const { no, tickSize } = this.instrument
    const time = this.#output.open(exchangeTime)
    if (at % tickSize === 0) sink.trade(time, no, aggressor, price(at), quantity(qty))
    else sink.hiddenTrade(time, no, aggressor, price(at), quantity(qty))
    sink.eventEnd(time, no)
    this.#output.close()
  }

  /** The book cannot be trusted any more, and what is on its way is of no use: a new one is needed. */
  lost(state: 'down' | 'syncing', reason: string): void {
    if (this.#state === 'live') this.#void()
    this.#book.clear()
    this.#become(state, reason)
  }

  /** Nothing is heard. The book is kept, as it is the feed's still when messages come without a gap. */
  silent(reason: string): void {
    if (this.#state !== 'live') return
    this.#void()
    this.#become('stale', reason)
  }

  /** Something was heard again, and no message is missing. */
  heard(): void {
    if (this.#state === 'stale') this.#restore(undefined)
  }

  #restore(exchangeTime: Nanos | undefined): void {
    if (this.behind) return
    this.#tellAll(exchangeTime)
    this.#become('live', '')
  }

  #set({ side, price: at, qty }: LevelChange): void {
    this.#book.change(side, at, qty - this.#book.qtyAt(side, at))
  }

  /** Takes the levels behind the depth out of the book. */
  #forget(): LevelChange[] {
    const forgotten: LevelChange[] = []
    for (const side of [BUY, SELL]) {
      for (let n = this.#book.count(side) - 1; n >= this.#depth; n--) {
        const level = { side, price: this.#book.price(side, n), qty: 0 }
        this.#set(level)
        forgotten.push(level)
      }
    }
    return forgotten
  }

  #check(wrong?: BookCheck): void {
    if (this.#book.crossed) throw new FeedFault(this, `the book of ${this.feedSymbol} is crossed: something is missing`)
    const fault = wrong?.()
    if (fault !== undefined) throw new FeedFault(this, fault)
  }

  #tell(exchangeTime: Nanos | undefined, levels: readonly LevelChange[]): void {
    const { sink } = this.#output
    const { no, feed } = this.instrument
    const time = this.#output.open(exchangeTime)
    if (feed === 'l1') this.#tellQuotes(time)
    else for (const { side, price: at, qty } of levels) sink.level(time, no, side, price(at), quantity(qty))
    sink.eventEnd(time, no)
    this.#output.close()
  }

  #tellAll(exchangeTime: Nanos | undefined): void {
    const { sink } = this.#output
    const { no, feed } = this.instrument
    const time = this.#output.open(exchangeTime)
    sink.clear(time, no)
    this.#forgetQuotes()
    if (feed === 'l1') this.#tellQuotes(time)
    else {
      for (const side of [BUY, SELL]) {
        const count = this.#book.count(side)
        for (let n = 0; n < count; n++) {
          sink.level(time, no, side, price(this.#book.price(side, n)), quantity(this.#book.qty(side, n)))
        }
      }
    }
    sink.eventEnd(time, no)
    this.#output.close()
  }

  #tellQuotes(time: Nanos): void {
    for (const side of [BUY, SELL]) {
      const told = this.#told[side]
      const qty = this.#book.qty(side)
      const best = qty === 0 ? 0 : this.#book.price(side)
      if (best === told.price && qty === told.qty) continue
      told.price = best
      told.qty = qty
      this.#output.sink.quote(time, this.instrument.no, side, price(best), quantity(qty))
    }
  }

  #forgetQuotes(): void {
    for (const side of [BUY, SELL]) this.#told[side].price = this.#told[side].qty = 0
  }

  /** Clears the market side of the venue's book. */
  #void(): void {
    const { no } = this.instrument
    const time = this.#output.open(undefined)
    this.#output.sink.clear(time, no)
    this.#output.sink.eventEnd(time, no)
    this.#output.close()
  }

  #become(state: BookState, reason: string): void {
    if (state === this.#state && reason === this.#reason) return
    this.#state = state
    this.#reason = reason
    this.#output.state(this.instrument, this.status)
  }

  #onTick(value: number, text: string): number {
    if (value > 0 && value % this.instrument.tickSize === 0) return value
    const wrong = value <= 0 ? 'not above 0' : 'off the tick: check its tickSize'
    throw new FeedFault(this, `the price ${text.slice(0, 40)} of ${this.feedSymbol} is ${wrong}`)
  }

  #fitting(value: number, text: string): number {
    if (value >= 0) return value
    const wrong = value < 0 ? 'below 0' : 'finer than its lotSize or too large: check it'
    throw new FeedFault(this, `the quantity ${text.slice(0, 40)} of ${this.feedSymbol} is ${wrong}`)
  }
}

/** A decimal that went through a double, at `scale` again; NaN where it had more decimals. */
function exactly(value: number, scale: number): number {
  const scaled = value * 10 ** scale
  const whole = Math.round(scaled)
  // What reading and scaling a double may be off.
  return Math.abs(scaled - whole) <= Math.abs(scaled) * 2 ** -51 && Math.abs(whole) < 2 ** 50 ? whole : Number.NaN
}
