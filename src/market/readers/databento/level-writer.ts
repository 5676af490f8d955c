import type { Nanos } from '../../../base/time.js'
import { formatPrice, type Instrument } from '../../../exchange/instrument.js'
import { BUY, price, quantity, SELL, type InstrumentNo, type Side } from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import { PriceLevels } from '../price-levels.js'
import { LAST, TRADE, type DatabentoRecord } from './record.js'
import { aggressorOf, BEYOND, isPrint, type PriceUnits, type RecordWriter } from './record-writer.js'

interface KnownBook {
  readonly levels: PriceLevels
  /** The id that its records have: a symbol goes over to another contract, or gets another id; -1 before the first. */
  id: number
  crossed: boolean
  wrote: boolean
}

/**
 * Market by price, any number of levels: what differs from the levels known so far becomes rows; prints become trades.
 * One level makes an L1 tape (`quote`), more an L2 tape (`level`). Levels that fall out of the vendor's depth stay as they
 * were last seen, until they are seen again; where the vendor shows fewer levels than it could, there are no more.
 */
export class LevelWriter implements RecordWriter {
  readonly counts = { eventsWithoutLast: 0, contractRolls: 0, eventsCut: 0 }
  readonly #tape: TapeWriter
  readonly #instruments: readonly Instrument[]
  readonly #quotes: boolean
  readonly #faults: Faults
  readonly #units: PriceUnits
  readonly #books: KnownBook[]
  readonly #prices = new Float64Array(16)
  readonly #sizes = new Float64Array(16)
  readonly #differences: number[] = []
  #seesLast = false
  #open = -1
  #lastNo = -1
  #eventTime = 0

  constructor(
    tape: TapeWriter,
    instruments: readonly Instrument[],
    feed: 'l2' | 'l1',
    faults: Faults,
    units: PriceUnits
  ) {
    this.#tape = tape
    this.#instruments = instruments
    this.#quotes = feed === 'l1'
    this.#faults = faults
    this.#units = units
    this.#books = instruments.map(() => ({ levels: new PriceLevels(), id: -1, crossed: false, wrote: false }))
  }

  write(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    if (!this.#seesLast && this.#open >= 0 && (this.#open !== no || this.#eventTime !== record.eventTime)) {
      if (this.#books[this.#open].wrote) this.counts.eventsWithoutLast++
      this.#end(this.#open as InstrumentNo)
    }
    this.#eventTime = record.eventTime
    this.#open = no
    if (this.#books[no].id !== record.instrumentId) this.#follow(record, time, no)
    // A trade comes with the book as it was before it took anything.
    if (record.levels > 0) {
      this.#side(record, time, no, BUY)
      this.#side(record, time, no, SELL)
    }
    if (record.content !== 'bbo' && record.action === TRADE) this.#print(record, time, no)
    // Bars of quotes are events of their own; else the vendor says which record is the last of its event.
    if (record.content !== 'bbo' && record.content !== 'trades' && (record.flags & LAST) === 0) return
    if (record.flags & LAST) this.#seesLast = true
    this.#end(no)
  }

  offBook(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    if (record.content === 'bbo' || record.action !== TRADE || !isPrint(record, this.#faults)) return
    const px = this.#units.print(no, record.price)
    this.#makeRoom(no)
    this.#tape.hiddenTrade(time, no, aggressorOf(record.side), price(px), quantity(record.size))
    this.#wrote(no)
    if (this.#open !== no) this.#end(no)
  }

  finish(): void {
    if (this.#open >= 0) this.#end(this.#open as InstrumentNo)
  }

  #end(no: InstrumentNo): void {
    const book = this.#books[no]
    if (this.#open === no) this.#open = -1
    const { crossed } = book.levels
    if (crossed && !book.crossed) this.#faults.repairs('crossed', () => this.#describeCrossed(no))
    book.crossed = crossed
    if (book.wrote && this.#lastNo === no) this.#tape.eventEnd()
    book.wrote = false
  }

  #follow({ instrumentId, levels }: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const book = this.#books[no]
    if (book.id >= 0 && levels > 0) {
      this.counts.contractRolls++
      book.levels.clear()
      this.#makeRoom(no)
      this.#tape.clear(time, no)
      this.#wrote(no)
    }
    book.id = instrumentId
  }

  /** A print that no side, or a price between or off the ticks, gives away as hidden touched nothing that was displayed. */
  #print(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    if (!isPrint(record, this.#faults)) return
    const px = this.#units.print(no, record.price)
    const aggressor = aggressorOf(record.side)
    const { levels } = this.#books[no]
    const inside = px > levels.price(BUY) && px < levels.price(SELL)
    const hidden = aggressor === 0 || inside || px % this.#instruments[no].tickSize !== 0
    this.#makeRoom(no)
    if (hidden) this.#tape.hiddenTrade(time, no, aggressor, price(px), quantity(record.size))
    else this.#tape.trade(time, no, aggressor, price(px), quantity(record.size))
    this.#wrote(no)
  }

  #side(record: DatabentoRecord, time: Nanos, no: InstrumentNo, side: Side): void {
    const shown = this.#readSide(record, no, side)
    if (shown < 0) return
    const { levels } = this.#books[no]
    const differences = this.#differences
    let known = 0
    for (let n = 0; n < shown; n++) {
      const px = this.#prices[n]
      for (; side * (levels.price(side, known) - px) > 0; known++) differences.push(levels.price(side, known), 0)
      if (levels.price(side, known) === px) {
        if (levels.qty(side, known) !== this.#sizes[n]) differences.push(px, this.#sizes[n])
        known++
      } else {
        differences.push(px, this.#sizes[n])
      }
    }
    if (shown < record.levels || record.levels === 1) {
      for (; known < levels.count(side); known++) differences.push(levels.price(side, known), 0)
    }
    if (differences.length === 0) return
    this.#makeRoom(no)
    if (this.#quotes) this.#writeQuote(time, no, side, shown)
    for (let i = 0; i < differences.length; i += 2) {
      const [px, size] = [differences[i], differences[i + 1]]
      levels.change(side, px, size - levels.qtyAt(side, px))
      if (!this.#quotes) this.#tape.level(time, no, side, price(px), quantity(size))
    }
    differences.length = 0
    this.#wrote(no)
  }

  #writeQuote(time: Nanos, no: InstrumentNo, side: Side, shown: number): void {
    if (shown > 0) this.#tape.quote(time, no, side, price(this.#prices[0]), quantity(this.#sizes[0]))
    else this.#tape.quote(time, no, side, price(0), quantity(0))
  }

  /** Reads a side's levels as price units, best first, up to the first that is absent. Returns how many; -1: left out. */
  #readSide(record: DatabentoRecord, no: InstrumentNo, side: Side): number {
    const given = side === BUY ? record.bidPrice : record.askPrice
    const sizes = side === BUY ? record.bidSize : record.askSize
    const { tickSize } = this.#instruments[no]
    const levels = this.#quotes ? 1 : record.levels
    let count = 0
    for (let n = 0; n < levels; n++) {
      if (Number.isNaN(given[n]) || sizes[n] === 0) break
      const px = this.#units.exact(no, given[n])
      if (!Number.isFinite(px)) {
        this.#faults.repairs('badValue', () => BEYOND)
        return -1
      }
      if (px % tickSize !== 0) {
        // Rounded, it might be another level's price: both policies leave the level out.
        this.#faults.repairs('offTick', () => this.#describeOffTick(no, given[n]))
        continue
      }
      if (count > 0 && side * (this.#prices[count - 1] - px) <= 0) {
        this.#faults.repairs('badValue', () => `level ${n + 1} is not behind level ${n}`)
        return -1
      }
      this.#prices[count] = px
      this.#sizes[count++] = sizes[n]
    }
    return count
  }

  /** Rows of an instrument come: the event of another one that has no end yet ends here, as on a tape they do not run into each other. */
  #makeRoom(no: InstrumentNo): void {
    const other = this.#lastNo
    if (other === no || other < 0 || !this.#books[other].wrote) return
    this.counts.eventsCut++
    this.#end(other as InstrumentNo)
  }

  #wrote(no: InstrumentNo): void {
    this.#books[no].wrote = true
    this.#lastNo = no
  }

  #describeOffTick(no: InstrumentNo, given: number): string {
    const instrument = this.#instruments[no]
    const tick = formatPrice(instrument, instrument.tickSize)
    return `price ${given / 1e9} of ${instrument.symbol} is off the tick of ${tick}`
  }

  #describeCrossed(no: InstrumentNo): string {
    const { levels } = this.#books[no]
    const instrument = this.#instruments[no]
    const [bid, ask] = ([BUY, SELL] as const).map((side) => formatPrice(instrument, price(levels.price(side))))
    return `the book of ${instrument.symbol} is crossed: best bid ${bid}, best ask ${ask}`
  }
}
