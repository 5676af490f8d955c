import type { Nanos } from '../../../base/time.js'
import type { Instrument } from '../../../exchange/instrument.js'
import { BUY, opposite, SELL, type Aggressor, type InstrumentNo, type Side } from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import { idOf, OrderRecorder } from '../order-recorder.js'
import {
  ADD,
  ASK,
  BID,
  CANCEL,
  CLEAR,
  FILL,
  LAST,
  MAYBE_BAD_BOOK,
  MODIFY,
  NO_ACTION,
  SNAPSHOT,
  TOP_OF_BOOK,
  TRADE,
  type DatabentoRecord
} from './record.js'
import { EventTrades } from './event-trades.js'
import { aggressorOf, BEYOND, isPrint, lettersOf, type PriceUnits, type RecordWriter } from './record-writer.js'

const NONE = -1
/** Stands for the high half of the ids of sides that come as a whole; the low half is the side. */
const SIDE_HIGH = 0xffff_ffff

/**
 * Market by order. A fill (F) does not touch the book: the cancel (C) or modify (M) that follows does. Both together are one
 * `execute` of the resting order at the price of the fill, so that who replays the tape sees what traded and what was
 * withdrawn. The part of a trade (T) that no fill explains was hidden, and so was a fill that no C or M follows: the order
 * stands as before. Of venues that show only their best prices, a record is a side of the book (TOP_OF_BOOK).
 */
export class MboWriter implements RecordWriter {
  readonly counts = {
    ordersWithoutPrice: 0,
    fillsOfUnknownOrders: 0,
    fillsWithoutCancel: 0,
    modifiedUnknown: 0,
    snapshotOrders: 0,
    maybeBadBook: 0,
    contractRolls: 0,
    eventsCut: 0
  }
  readonly #recorder: OrderRecorder
  readonly #units: PriceUnits
  readonly #faults: Faults
  readonly #trades: readonly EventTrades[]
  /** Instruments whose event is over, but for cancels of its fills. */
  readonly #unsettled = new Set<InstrumentNo>()
  /** The id that each instrument's records have: a continuous symbol goes over to another contract. */
  readonly #ids: Float64Array
  /** The instrument whose last record was the last of its event, but may be followed by the cancel of the same fill. */
  #closing = NONE
  #closingTime = 0 as Nanos
  #sequence = 0
  #eventTime = 0
  /** Without any LAST flag in the file, an event ends with its time. */
  #seesLast = false
  #open = NONE
  /** The instrument that rows were last written of. */
  #writing = NONE
  #time = 0 as Nanos

  constructor(
    tape: TapeWriter,
    instruments: readonly Instrument[],
    feed: 'l3' | 'l2',
    faults: Faults,
    units: PriceUnits
  ) {
    this.#recorder = new OrderRecorder(tape, instruments, feed, faults)
    this.#units = units
    this.#faults = faults
    this.#trades = instruments.map(() => new EventTrades())
    this.#ids = new Float64Array(instruments.length).fill(NONE)
  }

  write(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    this.#endBefore(record, no)
    if (this.#unsettled.size > 0 && record.eventTime !== this.#eventTime) this.#settle()
    this.#eventTime = record.eventTime
    this.#sequence = record.sequence
    this.#time = time
    this.#open = no
    const { action, flags } = record
    if (action !== TRADE && action !== FILL && action !== NO_ACTION) this.#makeRoom(no)
    if (this.#ids[no] !== record.instrumentId) this.#follow(record.instrumentId, time, no)
    if (flags & MAYBE_BAD_BOOK) this.counts.maybeBadBook++
    switch (action) {
      case ADD:
        this.#add(record, time, no)
        break
      case CANCEL:
        this.#cancel(record, time, no)
        break
      case MODIFY:
        this.#modify(record, time, no)
        break
      case CLEAR:
        this.#recorder.clear(time, no)
        this.#trades[no].clear()
        break
      case TRADE:
        if (isPrint(record, this.#faults)) {
          this.#trades[no].trade(this.#units.print(no, record.price), aggressorOf(record.side), record.size)
        }
        break
      case FILL:
        this.#fill(record, no)
        break
      case NO_ACTION:
        break
      default:
        this.#faults.repairs('badValue', () => 'expected an action of A, C, M, R, T, F or N')
    }
    if ((flags & LAST) === 0) return
    this.#seesLast = true
    if (action === TRADE || action === FILL) {
      // What came before it is complete as well.
      if (this.#recorder.isOpen(no)) this.#recorder.end(time, no)
      this.#closing = no
      this.#closingTime = time
    } else {
      this.#end(time, no)
    }
  }

  finish(): void {
    this.#endClosing()
    if (this.#open !== NONE) this.#end(this.#time, this.#open as InstrumentNo)
    this.#open = NONE
    this.#settle()
  }

  offBook(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    if (record.action !== TRADE || !isPrint(record, this.#faults)) return
    // What is to be told of the records before comes before.
    if (this.#seesLast) this.#endClosing()
    else this.finish()
    this.#settle()
    this.#hide(time, no, aggressorOf(record.side), this.#units.print(no, record.price), record.size)
  }

  #endClosing(): void {
    if (this.#closing !== NONE) this.#end(this.#closingTime, this.#closing as InstrumentNo)
    this.#closing = NONE
  }

  /** A print that is an event of its own, unless one is going on. */
  #hide(time: Nanos, no: InstrumentNo, aggressor: Aggressor, price: number, qty: number): void {
    this.#makeRoom(no)
    const inEvent = this.#recorder.isOpen(no)
    this.#recorder.hidden(time, no, aggressor, price, qty)
    if (!inEvent) this.#recorder.end(time, no)
  }

  /** A trade and its fill may both be flagged as the last of the event whose cancel is still to come. */
  #endBefore(record: DatabentoRecord, no: InstrumentNo): void {
    const sameInstant = record.eventTime === this.#eventTime
    if (this.#closing !== NONE) {
      if (this.#closing !== no || record.sequence !== this.#sequence || !sameInstant) {
        this.#end(this.#closingTime, this.#closing as InstrumentNo)
      }
      this.#closing = NONE
    }
    // The orders of a snapshot are as old as they are, and one event.
    const inSnapshot = (record.flags & SNAPSHOT) !== 0
    if (!this.#seesLast && !inSnapshot && this.#open !== NONE && (!sameInstant || this.#open !== no)) {
      this.#end(this.#time, this.#open as InstrumentNo)
    }
  }

  #end(time: Nanos, no: InstrumentNo): void {
    const trades = this.#trades[no]
    for (const { price, aggressor, left } of trades.drainHidden()) {
      this.#makeRoom(no)
      this.#recorder.hidden(time, no, aggressor, price, left)
    }
    this.#recorder.end(time, no)
    if (trades.hasFills) this.#unsettled.add(no)
  }

  /**
   * Rows of an instrument come. On a tape events do not run into each other as they do in the file: that of another instrument ends
   * here, and what it still brings is another one.
   */
  #makeRoom(no: InstrumentNo): void {
    const other = this.#writing
    if (other !== no && other !== NONE && this.#recorder.isOpen(other as InstrumentNo)) {
      this.counts.eventsCut++
      this.#recorder.end(this.#time, other as InstrumentNo)
    }
    this.#writing = no
  }

  /** Fills that nothing followed. */
  #settle(): void {
    for (const no of this.#unsettled) {
      for (const { side, price, left } of this.#trades[no].drainFills()) {
        this.counts.fillsWithoutCancel++
        this.#hide(this.#time, no, opposite(side), price, left)
      }
    }
    this.#unsettled.clear()
  }

  #follow(instrumentId: number, time: Nanos, no: InstrumentNo): void {
    if (this.#ids[no] !== NONE) {
      this.counts.contractRolls++
      this.#recorder.clear(time, no)
    }
    this.#ids[no] = instrumentId
  }

  #add(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    if (record.flags & TOP_OF_BOOK) {
      this.#showSide(record, time, no)
      return
    }
    const side = this.#sideOf(record)
    if (side === 0) return
    if (record.flags & SNAPSHOT) this.counts.snapshotOrders++
    const price = this.#units.exact(no, record.price)
    this.#recorder.add(time, no, record.orderHigh, record.orderLow, side, price, record.size)
  }

  /** A side of the book is this one level now, or empty: written as one order. */
  #showSide(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const { side: letter, size } = record
    const recorder = this.#recorder
    const place = letter === BID || letter === ASK ? recorder.orders.find(SIDE_HIGH, letter, no) : NONE
    if (Number.isNaN(record.price) || size === 0) {
      if (place >= 0) recorder.withdraw(time, no, place, recorder.orders.qty(place))
      return
    }
    const side = this.#sideOf(record)
    if (side === 0) return
    const price = this.#units.exact(no, record.price)
    if (place < 0) recorder.add(time, no, SIDE_HIGH, letter, side, price, size)
    else recorder.modify(time, no, SIDE_HIGH, letter, side, price, size)
  }

  #cancel(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const place = this.#find(record, no)
    if (place < 0) return
    const { orders } = this.#recorder
    const qty = orders.qty(place)
    const executed = this.#execute(record, time, no, place, Math.min(record.size, qty))
    if (record.size > executed && qty > executed) this.#recorder.withdraw(time, no, place, record.size - executed)
  }

  #modify(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const recorder = this.#recorder
    const { orders } = recorder
    const { orderHigh, orderLow, size } = record
    const place = orders.find(orderHigh, orderLow, no)
    if (place >= 0 && Number.isNaN(record.price) && size > 0) {
      // It became a market order, which stands in no queue.
      this.counts.ordersWithoutPrice++
      recorder.withdraw(time, no, place, orders.qty(place))
      return
    }
    const side = this.#sideOf(record)
    if (side === 0) return
    const price = this.#units.exact(no, record.price)
    if (place >= 0) {
      this.#execute(record, time, no, place, orders.qty(place))
      if (orders.find(orderHigh, orderLow, no) >= 0) {
        recorder.modify(time, no, orderHigh, orderLow, side, price, size)
        return
      }
    } else {
      this.counts.modifiedUnknown++
    }
    recorder.add(time, no, orderHigh, orderLow, side, price, size)
  }

  /** Takes up to `most` of an order as executed, as its fills say. Returns how much they say. */
  #execute(
    { orderHigh, orderLow }: DatabentoRecord,
    time: Nanos,
    no: InstrumentNo,
    place: number,
    most: number
  ): number {
    return this.#trades[no].take(orderHigh, orderLow, most, (price, qty) => {
      this.#recorder.execute(time, no, place, qty, price)
    })
  }

  #fill(record: DatabentoRecord, no: InstrumentNo): void {
    if (!isPrint(record, this.#faults)) return
    const { orders } = this.#recorder
    const { orderHigh, orderLow, size } = record
    const place = orders.find(orderHigh, orderLow, no)
    if (place < 0) {
      this.counts.fillsOfUnknownOrders++
      return
    }
    const price = this.#units.print(no, record.price)
    this.#trades[no].fill({ high: orderHigh, low: orderLow, side: orders.side(place), price, left: size })
  }

  #find(record: DatabentoRecord, no: InstrumentNo): number {
    const { orderHigh, orderLow } = record
    const place = this.#recorder.orders.find(orderHigh, orderLow, no)
    if (place < 0) this.#faults.repairs('unknownOrder', () => `order ${idOf(orderHigh, orderLow)} is not in the book`)
    return place
  }

  /** The side of an order that means something; 0: the record is left out. */
  #sideOf(record: DatabentoRecord): Side | 0 {
    const { side, price, size } = record
    if ((side === BID || side === ASK) && size > 0) {
      if (price === Number.POSITIVE_INFINITY) {
        this.#faults.repairs('badValue', () => BEYOND)
        return 0
      }
      if (!Number.isNaN(price)) return side === BID ? BUY : SELL
      // A market order in an auction stands in no queue.
      this.counts.ordersWithoutPrice++
      return 0
    }
    const problem = (): string => `an order needs side A or B, and a size; got ${lettersOf(record)}, size ${size}`
    this.#faults.repairs('badValue', problem)
    return 0
  }
}
