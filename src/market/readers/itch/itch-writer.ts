import { nanos, type Nanos } from '../../../base/time.js'
import { BUY, SELL, type InstrumentNo } from '../../../exchange/units.js'
import type { Faults } from '../faults.js'
import { idOf, type OrderRecorder } from '../order-recorder.js'
import type { PhaseRows } from '../phase-rows.js'
import type { ItchReader } from './itch-reader.js'
import * as message from './message.js'
import { TradingPhases } from './trading-phases.js'

const WORD = 4_294_967_296
const NONE = -1

/** Turns the messages of a day into events of the stocks that are asked for. */
export class ItchWriter {
  readonly counts = {
    hiddenTrades: 0,
    crosses: 0,
    notPrintable: 0,
    otherPrices: 0,
    brokenTrades: 0,
    tradingActions: 0,
    otherStocks: 0
  }
  events = 0
  /** Time of the first and the last row. */
  first: Nanos | undefined
  last = nanos(0)
  readonly #recorder: OrderRecorder
  readonly #faults: Faults
  /** Number of each stock by its locate code, -1 for one that is not asked for. */
  readonly #numbers: Int32Array
  readonly #midnight: number
  readonly #phaseRows: PhaseRows
  readonly #phases: TradingPhases
  #time = Number.NEGATIVE_INFINITY

  /**
   * @param midnight of New York, in ns since the epoch of the tape.
   * @param stocks how many are asked for.
   */
  constructor(
    recorder: OrderRecorder,
    phases: PhaseRows,
    faults: Faults,
    numbers: Int32Array,
    midnight: number,
    stocks: number
  ) {
    this.#phaseRows = phases
    this.#phases = new TradingPhases(phases, stocks)
    this.#recorder = recorder
    this.#faults = faults
    this.#numbers = numbers
    this.#midnight = midnight
  }

  /** Writes the reader's current message. */
  write(reader: ItchReader): void {
    const { view, at, type } = reader
    if (type === message.SYSTEM_EVENT) {
      this.#systemEvent(view, at)
      return
    }
    const no = this.#numbers[view.getUint16(at + message.LOCATE)]
    if (no === NONE) {
      this.counts.otherStocks++
      return
    }
    const time = this.#timeOf(view, at)
    if (Number.isNaN(time)) return
    this.events++
    const recorder = this.#recorder
    this.#event(view, at, type, nanos(time), no as InstrumentNo)
    if (!recorder.isOpen(no as InstrumentNo)) return
    const isFirst = this.first === undefined
    this.first ??= nanos(time)
    this.last = nanos(time)
    recorder.end(nanos(time), no as InstrumentNo)
    if (isFirst) this.#phaseRows.begin(nanos(time))
  }

  /** Of all stocks, whether they are asked for or not. */
  #systemEvent(view: DataView, at: number): void {
    const time = this.#timeOf(view, at)
    if (!Number.isNaN(time)) this.#phases.systemEvent(nanos(time), view.getUint8(at + message.EVENT_CODE))
  }

  #event(view: DataView, at: number, type: number, time: Nanos, no: InstrumentNo): void {
    const recorder = this.#recorder
    switch (type) {
      case message.ADD_ORDER:
      case message.ADD_ORDER_WITH_MPID:
        this.#add(view, at, time, no)
        break
      case message.ORDER_EXECUTED: {
        const place = this.#find(view, at, no)
        if (place >= 0) recorder.execute(time, no, place, view.getUint32(at + message.EXECUTED_SHARES))
        break
      }
      case message.ORDER_EXECUTED_WITH_PRICE:
        this.#executeAtPrice(view, at, time, no)
        break
      case message.ORDER_CANCEL: {
        const place = this.#find(view, at, no)
        if (place >= 0) recorder.withdraw(time, no, place, view.getUint32(at + message.EXECUTED_SHARES))
        break
      }
      case message.ORDER_DELETE: {
        const place = this.#find(view, at, no)
        if (place >= 0) recorder.withdraw(time, no, place, recorder.orders.qty(place))
        break
      }
      case message.ORDER_REPLACE:
        this.#replace(view, at, time, no)
        break
      case message.TRADE:
        this.counts.hiddenTrades++
        // The side is that of the hidden order, and since 2014 "B" for all: it says nothing.
        this.#hidden(time, no, view.getUint32(at + message.PRICE), view.getUint32(at + message.SHARES))
        break
      case message.CROSS_TRADE:
        this.counts.crosses++
        this.#phaseRows.cross(time, no)
        this.#hidden(time, no, view.getUint32(at + message.CROSS_PRICE), longAt(view, at + message.CROSS_SHARES))
        break
      case message.BROKEN_TRADE:
        this.counts.brokenTrades++
        break
      case message.TRADING_ACTION:
        this.counts.tradingActions++
        this.#phases.tradingAction(time, no, view.getUint8(at + message.TRADING_STATE))
        break
      case message.OPERATIONAL_HALT: {
        const market = view.getUint8(at + message.MARKET_CODE)
        this.#phases.operationalHalt(time, no, market, view.getUint8(at + message.HALT_ACTION))
      }
    }
  }

  #add(view: DataView, at: number, time: Nanos, no: InstrumentNo): void {
    const side = view.getUint8(at + message.SIDE)
    const shares = view.getUint32(at + message.SHARES)
    if ((side !== message.BUY_SIDE && side !== message.SELL_SIDE) || shares === 0) {
      const letter = JSON.stringify(String.fromCharCode(side))
      this.#faults.repairs(
        'badValue',
        () => `an order needs side B or S, and shares; got side ${letter}, ${shares} shares`
      )
      return
    }
    this.#recorder.add(
      time,
      no,
      view.getUint32(at + message.REFERENCE),
      view.getUint32(at + message.REFERENCE + 4),
      side === message.BUY_SIDE ? BUY : SELL,
      view.getUint32(at + message.PRICE),
      shares
    )
  }

  /** An execution that is not to be printed is part of a cross, whose volume comes with a message of its own. */
  #executeAtPrice(view: DataView, at: number, time: Nanos, no: InstrumentNo): void {
    const place = this.#find(view, at, no)
    if (place < 0) return
    const recorder = this.#recorder
    const shares = view.getUint32(at + message.EXECUTED_SHARES)
    if (view.getUint8(at + message.PRINTABLE) === message.NOT_PRINTABLE) {
      this.counts.notPrintable++
      this.#phaseRows.cross(time, no)
      recorder.withdraw(time, no, place, shares)
      return
    }
    const price = view.getUint32(at + message.PRICE)
    if (price !== recorder.orders.price(place)) this.counts.otherPrices++
    recorder.execute(time, no, place, shares, price)
  }

  /** The new order goes to the back of its price, under its own reference number. */
  #replace(view: DataView, at: number, time: Nanos, no: InstrumentNo): void {
    const place = this.#find(view, at, no)
    if (place < 0) return
    const recorder = this.#recorder
    const side = recorder.orders.side(place)
    recorder.withdraw(time, no, place, recorder.orders.qty(place))
    const shares = view.getUint32(at + message.REPLACED_SHARES)
    if (shares === 0) {
      this.#faults.repairs('badValue', () => 'an order is replaced by one of no shares')
      return
    }
    recorder.add(
      time,
      no,
      view.getUint32(at + message.NEW_REFERENCE),
      view.getUint32(at + message.NEW_REFERENCE + 4),
      side,
      view.getUint32(at + message.REPLACED_PRICE),
      shares
    )
  }

  #hidden(time: Nanos, no: InstrumentNo, price: number, shares: number): void {
    // A cross without volume is told as well.
    if (shares > 0 && price > 0) this.#recorder.hidden(time, no, 0, price, shares)
  }

  #find(view: DataView, at: number, no: InstrumentNo): number {
    const high = view.getUint32(at + message.REFERENCE)
    const low = view.getUint32(at + message.REFERENCE + 4)
    const place = this.#recorder.orders.find(high, low, no)
    if (place < 0) this.#faults.repairs('unknownOrder', () => `order ${idOf(high, low)} is not in the book`)
    return place
  }

  #timeOf(view: DataView, at: number): number {
    const sinceMidnight = view.getUint16(at + message.TIMESTAMP) * WORD + view.getUint32(at + message.TIMESTAMP + 2)
    const time = sinceMidnight + this.#midnight
    if (time < this.#time) {
      const back = (): string => `time goes back by ${this.#time - time} ns; expected messages in time order`
      return this.#faults.repairs('timeBack', back) ? this.#time : Number.NaN
    }
    this.#time = time
    return time
  }
}

function longAt(view: DataView, at: number): number {
  return view.getUint32(at) * WORD + view.getUint32(at + 4)
}
