import type { Nanos } from '../base/time.js'
import type { TopOfBook } from '../exchange/exchange.js'
import type { Price, Quantity } from '../exchange/units.js'
import type { MarketJump, Run } from './journal.js'
import { RecordKind } from './record-kind.js'
import type { RecordReader } from './record-reader.js'
import type { RecordWriter } from './record-writer.js'

export function writeRun(to: RecordWriter, run: Run): void {
  to.begin(RecordKind.run)
  to.f64(run.run)
  to.f64(run.startedAt)
  to.f64(run.venueTime)
  to.f64(run.marketShift)
  to.text(run.version)
  to.end()
}

export function readRun(from: RecordReader): Run {
  return {
    run: from.f64(),
    startedAt: from.f64() as Nanos,
    venueTime: from.f64() as Nanos,
    marketShift: from.f64(),
    version: from.text()
  }
}

export function writeJump(to: RecordWriter, { time, position, marketShift }: MarketJump): void {
  to.begin(RecordKind.jump)
  to.f64(time)
  to.f64(position)
  to.f64(marketShift)
  to.end()
}

export function readJump(from: RecordReader): MarketJump {
  return { time: from.f64() as Nanos, position: from.f64() as Nanos, marketShift: from.f64() }
}

export function writeTopOfBook(to: RecordWriter, time: number, instrument: number, top: TopOfBook): void {
  to.begin(RecordKind.topOfBook)
  to.f64(time)
  to.u32(instrument)
  to.f64(top.bidPrice)
  to.f64(top.bidQty)
  to.f64(top.askPrice)
  to.f64(top.askQty)
  to.end()
}

/** The quote of a top-of-book record, behind its time and instrument. */
export function readQuote(from: RecordReader): TopOfBook {
  return {
    bidPrice: from.f64() as Price,
    bidQty: from.f64() as Quantity,
    askPrice: from.f64() as Price,
    askQty: from.f64() as Quantity
  }
}

export function writePrint(to: RecordWriter, time: number, instrument: number, price: number, qty: number): void {
  to.begin(RecordKind.print)
  to.f64(time)
  to.u32(instrument)
  to.f64(price)
  to.f64(qty)
  to.end()
}
