import { UserError } from '../../base/user-error.js'
import { formatPrice, type Instrument } from '../../exchange/instrument.js'
import type { Phase } from '../../exchange/phase.js'
import { price } from '../../exchange/units.js'
import { TAPE_ACTIONS, type TapeAction } from './tape-action.js'
import { rowName, type TapeBatch } from './tape-batch.js'

const ID = 1
const SIDE = 2
const QTY = 4
/** A displayed price: on the tick. A print may lie inside it. */
const ON_TICK = 8

/** What a row of each action must have; a phase needs nothing. */
const NEEDS: Readonly<Record<Exclude<TapeAction, Phase>, number>> & Readonly<Partial<Record<Phase, number>>> = {
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
const NEEDS_BY_CODE = Uint8Array.from(TAPE_ACTIONS, (action) => NEEDS[action] ?? 0)

/** What a row alone, or with the one before, can have wrong. */
export type RowFault = 'timeBack' | 'missing' | 'offTick'

export type ReportFault = (fault: RowFault, error: UserError) => void

function throwFault(_fault: RowFault, error: UserError): never {
  throw error
}

/**
 * Checks that a batch's rows mean something: time does not go back, and each action has the id, side, price and quantity
 * that it needs.
 * @param lastTime time of the row before the first.
 * @param report gets what is wrong; left out: the first fault is thrown.
 * @returns time of the last row.
 */
export function checkRows(
  batch: TapeBatch,
  instruments: readonly Instrument[],
  lastTime: number,
  file: string,
  report: ReportFault = throwFault
): number {
  const { length, time, instrument, action, side, price: prices, qty, orderId } = batch
  const ticks = Float64Array.from(instruments, ({ tickSize }) => tickSize)
  for (let i = 0; i < length; i++) {
    if (time[i] < lastTime) {
      const problem = `time goes back by ${lastTime - time[i]} ns; expected rows in time order`
      report('timeBack', rowError(batch, i, file, problem))
    }
    lastTime = Math.max(lastTime, time[i])
    const needs = NEEDS_BY_CODE[action[i]]
    if (needs & ID && orderId[i] === 0) report('missing', rowError(batch, i, file, 'expected an orderId'))
    if (needs & SIDE && side[i] === 0) {
      report('missing', rowError(batch, i, file, 'expected side 1 (bid) or -1 (ask)'))
    }
    if (needs & QTY && qty[i] === 0) report('missing', rowError(batch, i, file, 'expected a positive qty'))
    if (needs & ON_TICK) {
      const inTicks = prices[i] / ticks[instrument[i]]
      if (Math.floor(inTicks) !== inTicks) {
        report('offTick', rowError(batch, i, file, offTick(prices[i], instruments[instrument[i]])))
      }
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
