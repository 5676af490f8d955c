import { LAST_TIME, nanos, type Nanos } from '../../../base/time.js'
import { formatPrice, type FeedKind, type Instrument } from '../../../exchange/instrument.js'
import type { Phase } from '../../../exchange/phase.js'
import {
  BUY,
  instrumentNo,
  price as asPrice,
  quantity,
  SELL,
  type Aggressor,
  type InstrumentNo,
  type Side
} from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import { idOf, OrderRecorder } from '../order-recorder.js'
import { PhaseRows } from '../phase-rows.js'
import type { DecimalNumber } from './decimal-number.js'
import type { FeedSink, OrderAction } from './feed-sink.js'
import { Misfit } from './misfit.js'
import { RecordedBook } from './recorded-book.js'

/** What the survey, or a person, settled before the recording. */
export interface RecordingTerms {
  readonly feed: FeedKind
  /** Tick sizes are the person's: a price off them is a fault, not news. */
  readonly tickGiven: boolean
  /** What the feed is made from: a quote tells less than levels, levels less than orders. */
  readonly from: 'orders' | 'levels' | 'quotes'
  /** All of the files were surveyed: what still does not fit is wrong with them. */
  readonly complete: boolean
  /** The person said what to take: nothing that comes later changes the feed. */
  readonly feedGiven: boolean
  /** Symbols that are on the files and not asked for. */
  readonly others: ReadonlySet<string>
}

/** The second pass: writes facts to a tape, and finds what does not fit on the way. */
export class FeedRecorder implements FeedSink {
  readonly counts = {
    events: 0,
    otherInstruments: 0,
    belowFeed: 0,
    lockedEvents: 0,
    crossedEvents: 0,
    phases: 0,
    rounded: 0
  }
  first: Nanos | undefined
  last = nanos(Number.NEGATIVE_INFINITY)
  readonly #tape: TapeWriter
  readonly #instruments: readonly Instrument[]
  readonly #terms: RecordingTerms
  readonly #faults: Faults
  readonly #numbers: ReadonlyMap<string, number>
  readonly #books: readonly RecordedBook[]
  readonly #orders: OrderRecorder
  readonly #phases: PhaseRows
  #begun = false
  /** The instrument of the open event; -1 for none. */
  #open = -1
  /** The time of the current record, where it goes back, and whether that is repaired: one fault, however much it tells. */
  #back = Number.NaN
  #backRepaired = false
  #bookChanged = false
  /** Price and quantity of each side and instrument as told by `quote` rows that are made from levels. */
  readonly #quoted: number[] = []

  constructor(tape: TapeWriter, instruments: readonly Instrument[], terms: RecordingTerms, faults: Faults) {
    this.#tape = tape
    this.#instruments = instruments
    this.#terms = terms
    this.#faults = faults
    this.#numbers = new Map(instruments.map(({ symbol }, no) => [symbol, no]))
    this.#books = instruments.map(() => new RecordedBook())
    this.#phases = new PhaseRows(tape, instruments.length)
    this.#orders = new OrderRecorder(tape, instruments, terms.feed === 'l2' ? 'l2' : 'l3', faults)
  }

  /** Another record of a vendor's file is told from here on. */
  beginRecord(): void {
    this.#back = Number.NaN
  }

  instrument(symbol: string): number {
    const no = this.#numbers.get(symbol)
    if (no !== undefined) return no
    if (!this.#terms.others.has(symbol)) throw new Misfit(`another symbol: ${symbol}`)
    this.counts.otherInstruments++
    return -1
  }

  clear(time: number, no: number): void {
    const at = this.#at(time, no)
    if (Number.isNaN(at)) return
    const book = this.#books[no]
    book.levels.clear()
    if (this.#terms.from === 'orders') this.#orders.clear(at, instrumentNo(no))
    else this.#tape.clear(at, instrumentNo(no))
    this.#bookChanged = true
  }

  phase(time: number, no: number, phase: Phase): void {
    this.end()
    const at = this.#at(time, no)
    this.#open = -1
    if (Number.isNaN(at)) return
    this.#phases.change(at, instrumentNo(no), phase)
    this.counts.phases = this.#phases.count
  }

  wholeBook(time: number, no: number, depth: number): void {
    if (this.#ignored('levels')) return
    this.end()
    if (Number.isNaN(this.#at(time, no))) return
    this.#books[no].beginWhole(depth)
    this.#bookChanged = true
  }

  level(time: number, no: number, side: Side, price: DecimalNumber, qty: DecimalNumber): void {
    if (this.#ignored('levels')) return
    const at = this.#at(time, no)
    if (Number.isNaN(at)) return
    const size = this.#quantity(no, qty)
    const px = this.#displayed(no, side, price)
    if (Number.isNaN(px) || Number.isNaN(size)) return
    this.#bookChanged = true
    if (!this.#books[no].set(side, px, size)) return
    if (this.#terms.feed === 'l2') this.#tape.level(at, instrumentNo(no), side, asPrice(px), quantity(size))
  }

  quote(time: number, no: number, side: Side, price: DecimalNumber, qty: DecimalNumber): void {
    if (this.#ignored('quotes')) return
    const at = this.#at(time, no)
    if (Number.isNaN(at)) return
    const size = this.#quantity(no, qty)
    const px = size === 0 ? 0 : this.#displayed(no, side, price)
    if (Number.isNaN(px) || Number.isNaN(size)) return
    const { levels } = this.#books[no]
    const before = levels.price(side)
    if (!Number.isNaN(before)) levels.change(side, before, -levels.qty(side))
    if (size > 0) levels.change(side, px, size)
    this.#books[no].lastSide = side
    this.#bookChanged = true
    this.#tape.quote(at, instrumentNo(no), side, asPrice(px), quantity(size))
  }

  trade(time: number, no: number, aggressor: Aggressor, price: DecimalNumber, qty: DecimalNumber): void {
    this.#print(time, no, aggressor, price, qty, false)
  }

  hidden(time: number, no: number, aggressor: Aggressor, price: DecimalNumber, qty: DecimalNumber): void {
    this.#print(time, no, aggressor, price, qty, true)
  }

  order(
    time: number,
    no: number,
    action: OrderAction,
    high: number,
    low: number,
    side: Aggressor,
    price: DecimalNumber,
    qty: DecimalNumber
  ): void {
    if (this.#ignored('orders')) return
    const at = this.#at(time, no)
    if (Number.isNaN(at)) return
    const { orders } = this.#orders
    const number = instrumentNo(no)
    const place = orders.find(high, low, no)
    const isNew = action === 'add' || (action === 'modify' && place < 0)
    if (place < 0 && action !== 'add' && !this.#unknown(high, low)) return
    if (place < 0 && !isNew) return
    // What a record leaves out is NaN already, and is no fault.
    const size = action === 'remove' ? Number.NaN : this.#quantity(no, qty)
    const priced = !Number.isNaN(price.mantissa)
    const px = priced ? this.#price(no, price) : Number.NaN
    if ((Number.isNaN(size) && action !== 'remove') || (priced && Number.isNaN(px))) return
    if (action === 'add' || action === 'modify') this.#checkTick(no, px)
    if (isNew) {
      if (side === 0) this.#faults.repairs('badValue', () => 'expected the side of the order')
      else if (size > 0) this.#orders.add(at, number, high, low, side, px, size)
      else this.#faults.repairs('badValue', () => 'expected a positive quantity')
    } else if (action === 'remove' || (action === 'modify' && size === 0)) {
      this.#orders.withdraw(at, number, place, orders.qty(place))
    } else if (action === 'reduce') {
      this.#orders.withdraw(at, number, place, size)
    } else if (action === 'execute') {
      this.#orders.execute(at, number, place, size, priced ? px : undefined)
    } else {
      this.#orders.modify(at, number, high, low, side === 0 ? orders.side(place) : side, px, size)
    }
  }

  end(): void {
    const no = this.#open
    if (no < 0) return
    this.#open = -1
    this.counts.events++
    const number = instrumentNo(no)
    if (this.#terms.from === 'orders') {
      this.#orders.end(this.last, number)
    } else {
      if (this.#bookChanged) this.#settle(number)
      this.#bookChanged = false
      this.#tape.eventEnd()
    }
    if (this.#begun || this.#tape.rows === 0) return
    this.#begun = true
    this.#phases.begin(this.last)
    this.counts.phases = this.#phases.count
  }

  /** The book at the end of an event. */
  #settle(no: InstrumentNo): void {
    const book = this.#books[no]
    const { levels } = book
    if (book.wholeDepth > 0) {
      for (const side of [BUY, SELL]) for (const px of book.leftOut(side)) this.#drop(no, side, px)
      book.wholeDepth = 0
    }
    const { crossed } = levels
    if (crossed) {
      const locked = levels.price(BUY) === levels.price(SELL)
      if (locked) this.counts.lockedEvents++
      else this.counts.crossedEvents++
    }
    if (crossed && !book.crossed && this.#faults.repairs('crossed', () => this.#describeCrossed(no))) {
      const [side, prices] = book.runThrough()
      for (const px of prices) this.#drop(no, side, px)
    }
    book.crossed = levels.crossed
    if (this.#terms.feed === 'l1' && this.#terms.from === 'levels') this.#tellQuotes(no)
  }

  #drop(no: InstrumentNo, side: Side, px: number): void {
    const { levels } = this.#books[no]
    levels.change(side, px, -levels.qtyAt(side, px))
    if (this.#terms.feed === 'l2') this.#tape.level(this.last, no, side, asPrice(px), quantity(0))
    else if (this.#terms.from === 'quotes') this.#tape.quote(this.last, no, side, asPrice(0), quantity(0))
  }

  /** The best prices of a book of levels, where they are not as they were told last. */
  #tellQuotes(no: InstrumentNo): void {
    const { levels } = this.#books[no]
    for (const side of [BUY, SELL]) {
      const at = 4 * no + (side === BUY ? 0 : 2)
      const px = levels.count(side) > 0 ? levels.price(side) : 0
      const size = levels.qty(side)
      if (this.#quoted[at] === px && this.#quoted[at + 1] === size) continue
      this.#quoted[at] = px
      this.#quoted[at + 1] = size
      this.#tape.quote(this.last, no, side, asPrice(px), quantity(size))
    }
  }

  #print(
    time: number,
    no: number,
    aggressor: Aggressor,
    price: DecimalNumber,
    qty: DecimalNumber,
    hidden: boolean
  ): void {
    const at = this.#at(time, no)
    if (Number.isNaN(at)) return
    const px = this.#price(no, price)
    const size = this.#quantity(no, qty)
    if (Number.isNaN(px)) return
    if (!(size > 0)) {
      if (size <= 0) this.#faults.repairs('badValue', () => 'expected a positive quantity')
      return
    }
    const number = instrumentNo(no)
    if (this.#terms.from === 'orders') {
      // Executions of single orders say what traded; a print beside them touched none of them.
      this.#orders.hidden(at, number, aggressor, px, size)
      return
    }
    const { levels } = this.#books[no]
    const [bid, ask] = [levels.price(BUY), levels.price(SELL)]
    // The best quotes alone: what prints between them touched nothing displayed, and at them the side is plain.
    const quotes = this.#terms.feed === 'l1'
    const inside = px % this.#instruments[no].tickSize !== 0 || (quotes && px > bid && px < ask)
    if (hidden || inside) {
      this.#tape.hiddenTrade(at, number, aggressor, asPrice(px), quantity(size))
      return
    }
    const side = aggressor === 0 && quotes && !levels.crossed ? (px >= ask ? BUY : px <= bid ? SELL : 0) : aggressor
    this.#books[no].printedAt(px)
    this.#tape.trade(at, number, side, asPrice(px), quantity(size))
  }

  /** Opens the event of an instrument, or goes on with it. NaN: the record goes back in time and is left out. */
  #at(time: number, no: number): Nanos {
    if (this.#open >= 0 && this.#open !== no) this.end()
    if (time > LAST_TIME) {
      this.#faults.repairs(
        'badValue',
        () => 'the time is more than 104 days after the first, the most that a tape holds'
      )
      return nanos(Number.NaN)
    }
    if (time < this.last) {
      if (time !== this.#back) {
        const back = (this.last - time) / 1e9
        this.#backRepaired = this.#faults.repairs('timeBack', () => `time goes back by ${back} s`)
        this.#back = time
      }
      if (!this.#backRepaired) return nanos(Number.NaN)
      time = this.last
    }
    this.first ??= nanos(time)
    this.last = nanos(time)
    this.#open = no
    return this.last
  }

  #unknown(high: number, low: number): boolean {
    return this.#faults.repairs('unknownOrder', () => `order ${idOf(high, low)} is not in the book`)
  }

  #ignored(kind: RecordingTerms['from']): boolean {
    const { from } = this.#terms
    if (from === kind) return false
    const more = kind === 'orders' || (kind === 'levels' && from === 'quotes')
    if (more && !this.#terms.complete && !this.#terms.feedGiven) throw new Misfit(`${kind} after the beginning`)
    this.counts.belowFeed++
    return true
  }

  #price(no: number, price: DecimalNumber): number {
    const { symbol, priceScale } = this.#instruments[no]
    if (price.rounded) this.counts.rounded++
    const px = price.at(priceScale)
    if (!Number.isNaN(px)) return px
    this.#expectComplete('a price with more decimals')
    this.#faults.repairs(
      'badValue',
      () => `the price is too long beside others of ${symbol}, with ${priceScale} decimals`
    )
    return px
  }

  /** A quantity is rounded where its scale has no room for all its decimals. */
  #quantity(no: number, qty: DecimalNumber): number {
    const { quantityScale } = this.#instruments[no]
    let size = qty.at(quantityScale)
    if (Number.isNaN(size)) {
      this.#expectComplete('a quantity with more decimals')
      size = qty.nearest(quantityScale)
      this.counts.rounded++
    } else if (qty.rounded) this.counts.rounded++
    if (size >= 0) return size
    this.#faults.repairs('badValue', () => (size < 0 ? 'the quantity is negative' : 'the quantity is too large'))
    return Number.NaN
  }

  #expectComplete(news: string): void {
    if (!this.#terms.complete) throw new Misfit(news)
  }

  /** A displayed price on its tick; repaired, the next one away from the market; NaN: leave the level out. */
  #displayed(no: number, side: Side, price: DecimalNumber): number {
    const px = this.#price(no, price)
    const { tickSize } = this.#instruments[no]
    if (px % tickSize === 0 || Number.isNaN(px)) return px
    this.#checkTick(no, px)
    if (!this.#faults.repairs('offTick', () => this.#describeOffTick(no, px))) return Number.NaN
    return (side === BUY ? Math.floor(px / tickSize) : Math.ceil(px / tickSize)) * tickSize
  }

  /** A price off a tick that was told by the beginning of the files is news, not a fault. */
  #checkTick(no: number, px: number): void {
    const { tickGiven, complete } = this.#terms
    if (tickGiven || complete || px % this.#instruments[no].tickSize === 0) return
    throw new Misfit('a price off the tick')
  }

  #describeOffTick(no: number, px: number): string {
    const instrument = this.#instruments[no]
    const tick = formatPrice(instrument, instrument.tickSize)
    return `price ${formatPrice(instrument, asPrice(px))} of ${instrument.symbol} is off the tick of ${tick}`
  }

  #describeCrossed(no: number): string {
    const { levels } = this.#books[no]
    const instrument = this.#instruments[no]
    const [bid, ask] = [BUY, SELL].map((side) => formatPrice(instrument, asPrice(levels.price(side))))
    return `the book of ${instrument.symbol} is crossed: best bid ${bid}, best ask ${ask}`
  }
}
