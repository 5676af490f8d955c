import { type Recording } from '../recording/recording.js'
import { type Cost } from './cost.js'
import { CostBook, type ShortfallOf } from './cost-book.js'
import { markScales } from './decisions.js'
import { ExecutionSums } from './execution-sums.js'
import { type FeeSchedule } from './fees.js'
import { linkParents, type ParentQuantity } from './parents.js'
import { sumFills } from './sum-fills.js'
import { symbolCosts } from './symbol-costs.js'
import { type SymbolCost } from './symbol-cost.js'

export interface TcaOptions {
  /** Explicit fees; by default what the venue charged, as recorded with the fills. */
  readonly fees?: FeeSchedule
  /** `sum` by default. */
  readonly parentQuantity?: ParentQuantity
}

/** What a session's orders cost. Parents and orders are made when they are asked for, so a million of them wait as columns. */
export interface Tca {
  readonly recording: Recording
  readonly parentQuantity: ParentQuantity
  readonly parents: number
  readonly orders: number
  /** In the order of first arrival. */
  parent(row: number): Cost
  order(row: number): Cost
  /** A parent's shortfall alone: much cheaper than all of its cost. */
  parentShortfall(row: number): ShortfallOf
  /** Rows of a parent's orders. */
  childrenOf(parent: number): readonly number[]
  /** Row of an order's parent. */
  parentOf(order: number): number
  /** By instrument number, those that were ordered. */
  readonly symbols: readonly SymbolCost[]
}

/** Transaction cost analysis of a recording (src/analysis/README): per order, per parent, per symbol. */
export function analyseCosts(recording: Recording, options: TcaOptions = {}): Tca {
  const { parentQuantity = 'sum' } = options
  const scales = markScales(recording)
  const parents = linkParents(recording, parentQuantity)
  const orderSums = sumFills(recording, scales, options.fees)
  const parentSums = new ExecutionSums(parents.length)
  for (let order = 0; order < recording.orders.length; order++) {
    if (orderSums.fills[order] > 0) parentSums.addRow(parents.ofOrder[order], orderSums, order)
  }
  const book = new CostBook(recording, scales, parents, orderSums, parentSums)
  return {
    recording,
    parentQuantity,
    parents: parents.length,
    orders: recording.orders.length,
    parent: (row) => book.parent(row),
    order: (row) => book.order(row),
    parentShortfall: (row) => book.parentShortfall(row),
    childrenOf: (row) => book.childrenOf(row),
    parentOf: (order) => parents.ofOrder[order],
    symbols: symbolCosts(recording, scales, parents, parentSums, (row) => book.parentShortfall(row))
  }
}
