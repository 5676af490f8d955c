import { DAY, HOUR, MINUTE, nanos, SECOND, type Nanos } from '../../../base/time.js'
import { price, quantity, type InstrumentNo } from '../../../exchange/units.js'
import type { TapeWriter } from '../../tape/tape-writer.js'
import type { Faults } from '../faults.js'
import { RTYPE, type DatabentoRecord } from './record.js'
import type { PriceUnits, RecordWriter } from './record-writer.js'

const LENGTHS: ReadonlyMap<number, Nanos> = new Map([
  [RTYPE.ohlcv1s, SECOND],
  [RTYPE.ohlcv1m, MINUTE],
  [RTYPE.ohlcv1h, HOUR],
  [RTYPE.ohlcv1d, DAY],
  [RTYPE.ohlcvEod, DAY]
])

interface Print {
  readonly time: number
  readonly no: InstrumentNo
  readonly price: number
  readonly qty: number
}

/**
 * Bars become four prints without aggressor: the open at the start, high and low (the one nearer to the open first) after a
 * third and two thirds, the close just before the end, a quarter of the volume each and the rest at the close. They touch no
 * displayed order, so they fill only strictly better limits: all that a bar proves.
 */
export class BarWriter implements RecordWriter {
  readonly counts = {}
  readonly #tape: TapeWriter
  readonly #units: PriceUnits
  readonly #faults: Faults
  /** Prints of bars that are not over, in time order: bars of several instruments overlap. */
  #waiting: Print[] = []

  constructor(tape: TapeWriter, faults: Faults, units: PriceUnits) {
    this.#tape = tape
    this.#units = units
    this.#faults = faults
  }

  write(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    const { open, high, low, close, volume } = record
    if (volume === 0) return
    if (
      !(Number.isFinite(high - low) && low <= open && open <= high && low <= close && close <= high) ||
      !Number.isSafeInteger(volume)
    ) {
      this.#faults.repairs(
        'badValue',
        () => `a bar needs low <= open, close <= high; got ${open}, ${high}, ${low}, ${close}`
      )
      return
    }
    this.#flush(time)
    const length = LENGTHS.get(record.rtype) ?? MINUTE
    const upFirst = high - open < open - low
    const prices = [open, upFirst ? high : low, upFirst ? low : high, close]
    const quarter = Math.floor(volume / 4)
    prices.forEach((px, i) => {
      const qty = i < 3 ? quarter : volume - 3 * quarter
      const at = i < 3 ? time + Math.floor((i * length) / 3) : time + length - 1
      if (qty > 0) this.#waiting.push({ time: at, no, price: this.#units.print(no, px), qty })
    })
    this.#waiting.sort((a, b) => a.time - b.time)
  }

  /** Bars are not of single trades. */
  offBook(record: DatabentoRecord, time: Nanos, no: InstrumentNo): void {
    this.write(record, time, no)
  }

  finish(before: number): void {
    this.#flush(before)
  }

  #flush(before: number): void {
    const due = this.#waiting.filter(({ time }) => time < before)
    this.#waiting = this.#waiting.slice(due.length)
    for (const print of due) {
      this.#tape.hiddenTrade(nanos(print.time), print.no, 0, price(print.price), quantity(print.qty))
      this.#tape.eventEnd()
    }
  }
}
