import type { MarketSink } from '../../../src/exchange/market-sink.js'
import { TAPE_ACTIONS } from '../../../src/market/tape/tape-action.js'
import type { TapeFile } from '../../../src/market/tape/tape-file.js'

/** Does nothing but look at what it is told, so that no work can be left away. */
export class IdleSink implements MarketSink {
  sum = 0
  add(time: number, no: number, id: number, side: number, price: number, qty: number): void {
    this.sum = (this.sum + time + no + id + side + price + qty) | 0
  }
  reduce(time: number, no: number, id: number, qty: number): void {
    this.sum = (this.sum + time + no + id + qty) | 0
  }
  remove(time: number, no: number, id: number): void {
    this.sum = (this.sum + time + no + id) | 0
  }
  modify(time: number, no: number, id: number, side: number, price: number, qty: number): void {
    this.add(time, no, id, side, price, qty)
  }
  execute(time: number, no: number, id: number, side: number, price: number, qty: number): void {
    this.add(time, no, id, side, price, qty)
  }
  level(time: number, no: number, side: number, price: number, qty: number): void {
    this.sum = (this.sum + time + no + side + price + qty) | 0
  }
  quote(time: number, no: number, side: number, price: number, qty: number): void {
    this.level(time, no, side, price, qty)
  }
  trade(time: number, no: number, aggressor: number, price: number, qty: number): void {
    this.level(time, no, aggressor, price, qty)
  }
  hiddenTrade(time: number, no: number, aggressor: number, price: number, qty: number): void {
    this.level(time, no, aggressor, price, qty)
  }
  clear(time: number, no: number): void {
    this.sum = (this.sum + time + no) | 0
  }
  eventEnd(time: number, no: number): void {
    this.sum = (this.sum + time + no) | 0
  }
}

/** A row of a tape as an object: what a reader of CSV or JSON lines hands on. */
export interface RowObject {
  readonly time: number
  readonly instrument: number
  readonly action: (typeof TAPE_ACTIONS)[number]
  readonly side: number
  readonly price: number
  readonly qty: number
  readonly orderId: number
  readonly end: boolean
}

export function rowObjects(tape: TapeFile): RowObject[] {
  const rows: RowObject[] = []
  for (const batch of tape.batches()) {
    for (let i = 0; i < batch.length; i++) {
      rows.push({
        time: batch.time[i],
        instrument: batch.instrument[i],
        action: TAPE_ACTIONS[batch.action[i]],
        side: batch.side[i],
        price: batch.price[i],
        qty: batch.qty[i],
        orderId: batch.orderId[i],
        end: batch.flags[i] === 1
      })
    }
  }
  return rows
}

export function replayObjects(rows: readonly RowObject[], sink: IdleSink): void {
  for (const { time, instrument, action, side, price, qty, orderId, end } of rows) {
    switch (action) {
      case 'add':
      case 'modify':
      case 'execute':
        sink[action](time, instrument, orderId, side, price, qty)
        break
      case 'reduce':
        sink.reduce(time, instrument, orderId, qty)
        break
      case 'remove':
        sink.remove(time, instrument, orderId)
        break
      case 'level':
      case 'quote':
      case 'trade':
        sink[action](time, instrument, side, price, qty)
        break
      case 'hidden':
        sink.hiddenTrade(time, instrument, side, price, qty)
        break
      case 'clear':
        sink.clear(time, instrument)
        break
      default:
        // Phases are no facts of the market.
        break
    }
    if (end) sink.eventEnd(time, instrument)
  }
}
