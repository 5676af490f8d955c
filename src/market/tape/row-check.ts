import { UserError } from '../../base/user-error.js'
import { formatPrice, type Instrument } from '../../exchange/instrument.js'
import { price } from '../../exchange/units.js'
import { TAPE_ACTIONS, type TapeAction } from './tape-action.js'
import { rowName, type TapeBatch } from './tape-batch.js'

const ID = 1
const SIDE = 2
const QTY = 4
/** A displayed price: on the tick. A print may lie inside it. */
const ON_TICK = 8

/** What a row of each action must have. */
const NEEDS: Readonly<Record<TapeAction, number>> = {
  add: ID | SIDE | QTY | ON_TICK,
  reduce: QTY,
  remove: 0,
  modify: ID | SIDE | QTY | ON_TICK,
  execute: SIDE | QTY,
  level: SIDE | ON_TICK,
  quote: SIDE | ON_TICK,
  trade: QTY,
  hidden: QTY,
  clear: 0
}
const NEEDS_BY_CODE = Uint8Array.from(TAPE_ACTIONS, (action) => NEEDS[action])

/**
 * Checks that a batch's rows mean something: time does not go back, and each action has the id, side, price and quantity
 * that it needs.
 * @param lastTime time of the row before the first.
 * @returns time of the last row.
 */
export function checkRows(
  batch: TapeBatch,
  instruments: readonly Instrument[],
  lastTime: number,
  file: string
): number {
  const { length, time, instrument, action, side, price: prices, qty, orderId } = batch
  const ticks = Float64Array.from(instruments, ({ tickSize }) => tickSize)
  for (let i = 0; i < length; i++) {
    if (time[i] < lastTime) {
      throw rowError(batch, i, file, `time goes back by ${lastTime - time[i]} ns; expected rows in time order`)
    }
    lastTime = time[i]
    const needs = NEEDS_BY_CODE[action[i]]
    if (needs & ID && orderId[i] === 0) throw rowError(batch, i, file, 'expected an orderId')
    if (needs & SIDE && side[i] === 0) throw rowError(batch, i, file, 'expected side 1 (bid) or -1 (ask)')
    if (needs & QTY && qty[i] === 0) throw rowError(batch, i, file, 'expected a positive qty')
    if (needs & ON_TICK) {
      const inTicks = prices[i] / ticks[instrument[i]]
      if (Math.floor(inTicks) !== inTicks)
        throw rowError(batch, i, file, offTick(prices[i], instruments[instrument[i]]))
    }
  }
  return lastTime
}

function rowError({ firstRow, action }: TapeBatch, i: number, file: string, problem: string): UserError {
  return new UserError(`${rowName(firstRow + i)} (${TAPE_ACTIONS[action[i]]}): ${problem}`, { file })
}

function offTick(units: number, instrument: Instrument): string {
  const { symbol, tickSize } = instrument
  return `price ${units} (${formatPrice(instrument, price(units))}) of ${symbol} is off its tick of ${tickSize} price units`
}
