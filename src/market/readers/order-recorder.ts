import type { Nanos } from '../../base/time.js'
import { formatPrice, type Instrument } from '../../exchange/instrument.js'
import { opposite, price, quantity, type Aggressor, type InstrumentNo, type Side } from '../../exchange/units.js'
import type { TapeWriter } from '../tape/tape-writer.js'
import type { Faults } from './faults.js'
import { OrderTable } from './order-table.js'
import { PriceLevels } from './price-levels.js'

/** What is known of one instrument while its feed is read. */
class RecordedBook extends PriceLevels {
  /** The side that last got an order: where the book is crossed, the other one is the older. */
  lastSide: Side = 1
  wasCrossed = false
  open = false
  readonly tickSize: number

  constructor(tickSize: number) {
    super()
    this.tickSize = tickSize
  }
}

/**
 * Writes a feed of single orders to a tape: as they are (L3), or added up (L2). Keeps the book as whoever replays the tape
 * will hold it, so that what does not fit is found here: unknown orders, orders that stand already, more taken off than
 * there is, prices off the tick, a crossed book.
 */
export class OrderRecorder {
  readonly orders = new OrderTable()
  readonly #tape: TapeWriter
  readonly #instruments: readonly Instrument[]
  readonly #feed: 'l3' | 'l2'
  readonly #faults: Faults
  readonly #books: RecordedBook[]
  #feedId = 0
  #lastNo = -1

  constructor(tape: TapeWriter, instruments: readonly Instrument[], feed: 'l3' | 'l2', faults: Faults) {
    this.#tape = tape
    this.#instruments = instruments
    this.#feed = feed
    this.#faults = faults
    this.#books = instruments.map(({ tickSize }) => new RecordedBook(tickSize))
  }

  /** The price levels of an instrument as they are now. */
  levels(no: InstrumentNo): PriceLevels {
    return this.#books[no]
  }

  /** A new order behind those of its price. */
  add(time: Nanos, no: InstrumentNo, high: number, low: number, side: Side, at: number, qty: number): void {
    const px = this.#onTick(no, side, at)
    if (Number.isNaN(px)) return
    const standing = this.orders.find(high, low, no)
    if (standing >= 0) {
      if (!this.#faults.repairs('duplicateOrder', () => `order ${idOf(high, low)} is in the book already`)) return
      this.withdraw(time, no, standing, this.orders.qty(standing))
    }
    this.orders.add(high, low, no, ++this.#feedId, side, px, qty)
    if (this.#feed === 'l3') this.#tape.add(time, no, this.#feedId, side, price(px), quantity(qty))
    this.#change(time, no, side, px, qty)
  }

  /** `qty` of an order is withdrawn; the rest keeps its place. */
  withdraw(time: Nanos, no: InstrumentNo, place: number, qty: number): void {
    const taken = this.#taken(place, qty)
    if (taken === 0) return
    const { orders } = this
    const side = orders.side(place)
    const px = orders.price(place)
    if (this.#feed === 'l3') {
      const id = orders.feedId(place)
      if (taken === orders.qty(place)) this.#tape.remove(time, no, id, side, px, taken)
      else this.#tape.reduce(time, no, id, quantity(taken), side, px)
    }
    this.#take(time, no, place, taken)
  }

  /** `qty` of an order traded, at the order's price or at `printPrice`. */
  execute(time: Nanos, no: InstrumentNo, place: number, qty: number, printPrice?: number): void {
    const taken = this.#taken(place, qty)
    if (taken === 0) return
    const side = this.orders.side(place)
    const px = printPrice ?? this.orders.price(place)
    if (this.#feed === 'l3') {
      this.#tape.execute(time, no, this.orders.feedId(place), side, price(px), quantity(taken))
    } else {
      this.#tape.trade(time, no, opposite(side), price(px), quantity(taken))
    }
    this.#take(time, no, place, taken)
  }

  /** An order has this price and quantity now: its place is kept at the same price with no more quantity. */
  modify(time: Nanos, no: InstrumentNo, high: number, low: number, side: Side, at: number, qty: number): void {
    const { orders } = this
    const px = this.#onTick(no, side, at)
    if (Number.isNaN(px)) return
    const place = orders.find(high, low, no)
    const before = orders.qty(place)
    const priceBefore = orders.price(place)
    const sideBefore = orders.side(place)
    if (before === qty && priceBefore === px && sideBefore === side) return
    const id = orders.feedId(place)
    if (this.#feed === 'l3') this.#tape.modify(time, no, id, side, price(px), quantity(qty))
    if (priceBefore === px && sideBefore === side) {
      orders.setQty(place, qty)
      this.#change(time, no, side, px, qty - before)
      return
    }
    orders.remove(place)
    orders.add(high, low, no, id, side, px, qty)
    this.#change(time, no, sideBefore, priceBefore, -before)
    this.#change(time, no, side, px, qty)
  }

  /** A print that touched no displayed order. */
  hidden(time: Nanos, no: InstrumentNo, aggressor: Aggressor, at: number, qty: number): void {
    this.#tape.hiddenTrade(time, no, aggressor, price(at), quantity(qty))
    this.#wrote(no)
  }

  /** The book is void. */
  clear(time: Nanos, no: InstrumentNo): void {
    const book = this.#books[no]
    if (book.count(1) + book.count(-1) > 0) this.orders.removeOf(no)
    book.clear()
    this.#tape.clear(time, no)
    this.#wrote(no)
  }

  /** Whether rows were written since the last event of the instrument ended. */
  isOpen(no: InstrumentNo): boolean {
    return this.#books[no].open
  }

  /** The vendor's event is complete: the book is looked at now. */
  end(time: Nanos, no: InstrumentNo): void {
    const book = this.#books[no]
    if (!book.open) return
    book.open = false
    const { crossed } = book
    if (crossed && !book.wasCrossed && this.#faults.repairs('crossed', () => this.#describeCrossed(no))) {
      this.#removeOlder(time, no)
      book.wasCrossed = book.crossed
    } else {
      book.wasCrossed = crossed
    }
    // Where another instrument's event is in between, and this one's end brought no row, its next event will close it.
    if (this.#lastNo === no) this.#tape.eventEnd()
  }

  #taken(place: number, qty: number): number {
    const left = this.orders.qty(place)
    if (qty <= left) return qty
    return this.#faults.repairs('excess', () => `${qty} is taken off an order of ${left}`) ? left : 0
  }

  #take(time: Nanos, no: InstrumentNo, place: number, qty: number): void {
    const { orders } = this
    const left = orders.qty(place) - qty
    this.#change(time, no, orders.side(place), orders.price(place), -qty)
    if (left === 0) orders.remove(place)
    else orders.setQty(place, left)
  }

  #change(time: Nanos, no: InstrumentNo, side: Side, px: number, by: number): void {
    const book = this.#books[no]
    book.change(side, px, by)
    if (by > 0) book.lastSide = side
    if (this.#feed === 'l2') this.#tape.level(time, no, side, price(px), quantity(book.qtyAt(side, px)))
    this.#wrote(no)
  }

  #wrote(no: InstrumentNo): void {
    this.#books[no].open = true
    this.#lastNo = no
  }

  /** The orders that the side with the latest order has run through are taken for orders whose end was missed. */
  #removeOlder(time: Nanos, no: InstrumentNo): void {
    const book = this.#books[no]
    const { lastSide } = book
    const best = book.price(lastSide)
    const { orders } = this
    orders.removeOf(no, (place) => {
      const side = orders.side(place)
      const px = orders.price(place)
      if (side === lastSide || lastSide * (best - px) < 0) return false
      const qty = orders.qty(place)
      if (this.#feed === 'l3') this.#tape.remove(time, no, orders.feedId(place), side, px, qty)
      this.#change(time, no, side, px, -qty)
      return true
    })
  }

  /** A displayed price on its tick; repaired, the next one away from the market; NaN: leave the order out. */
  #onTick(no: InstrumentNo, side: Side, px: number): number {
    const { tickSize } = this.#books[no]
    if (px % tickSize === 0) return px
    const problem = (): string => {
      const { symbol, priceScale, tickSize: tick } = this.#instruments[no]
      const named = Number.isInteger(px) ? formatPrice(this.#instruments[no], price(px)) : String(px / 10 ** priceScale)
      return `price ${named} of ${symbol} is off the tick of ${formatPrice(this.#instruments[no], tick)}`
    }
    if (!this.#faults.repairs('offTick', problem)) return Number.NaN
    return (side === 1 ? Math.floor(px / tickSize) : Math.ceil(px / tickSize)) * tickSize
  }

  #describeCrossed(no: InstrumentNo): string {
    const book = this.#books[no]
    const instrument = this.#instruments[no]
    const [bid, ask] = ([1, -1] as const).map((side) => formatPrice(instrument, price(book.price(side))))
    return `the book of ${instrument.symbol} is crossed: best bid ${bid}, best ask ${ask}`
  }
}

/** A 64-bit id from its halves, for messages. */
export function idOf(high: number, low: number): string {
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString()
}
