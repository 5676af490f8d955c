import { exactColumn, plus, times, type Exact } from '../exact.js'
import { HORIZONS } from './horizons.js'

/** What the market did by one horizon after the fills: sums over the fills whose mid is known then. */
export class HorizonSums {
  /** Fills by what is known: measured; the recording ends before the horizon; a side of the book is empty, then or at the fill. */
  readonly measured: Float64Array
  readonly censored: Float64Array
  readonly missing: Float64Array
  /** Executed quantity of the measured fills. */
  readonly qty: Float64Array
  /** Of that, by fills from which the mid had gone the wrong way: s (m later - p) < 0. */
  readonly adverseQty: Float64Array
  /** Sum of q m over the measured fills. */
  readonly midNotional: Exact[]
  /** Sum of q s (p - m): half the effective spread, paid. */
  readonly paid: Exact[]
  /** Sum of q s (p - m later): half the realised spread, kept by the other side. */
  readonly kept: Exact[]

  constructor(rows: number) {
    this.measured = new Float64Array(rows)
    this.censored = new Float64Array(rows)
    this.missing = new Float64Array(rows)
    this.qty = new Float64Array(rows)
    this.adverseQty = new Float64Array(rows)
    this.midNotional = exactColumn(rows)
    this.paid = exactColumn(rows)
    this.kept = exactColumn(rows)
  }

  addRow(row: number, from: HorizonSums, fromRow: number): void {
    this.measured[row] += from.measured[fromRow]
    this.censored[row] += from.censored[fromRow]
    this.missing[row] += from.missing[fromRow]
    this.qty[row] += from.qty[fromRow]
    this.adverseQty[row] += from.adverseQty[fromRow]
    this.midNotional[row] = plus(this.midNotional[row], from.midNotional[fromRow])
    this.paid[row] = plus(this.paid[row], from.paid[fromRow])
    this.kept[row] = plus(this.kept[row], from.kept[fromRow])
  }
}

/**
 * Sums over fills, a row per order, parent or instrument. Amounts are marks x quantity units, s is +1 for buys and -1 for
 * sells, p the fill's price, m the mid just before it, q its quantity.
 */
export class ExecutionSums {
  readonly fills: Float64Array
  readonly qty: Float64Array
  /** Quantity of the fills that added liquidity. */
  readonly addedQty: Float64Array
  /** Sum of q p. */
  readonly notional: Exact[]
  readonly fees: Exact[]
  /** Of the fills that had a mid: fills, quantity, sum of q m, sum of q s (p - m), sum of q (ask - bid). */
  readonly midFills: Float64Array
  readonly midQty: Float64Array
  readonly midNotional: Exact[]
  readonly paid: Exact[]
  readonly quoted: Exact[]
  /** By horizon, in the order of HORIZONS. */
  readonly horizons: readonly HorizonSums[]

  constructor(rows: number) {
    this.fills = new Float64Array(rows)
    this.qty = new Float64Array(rows)
    this.addedQty = new Float64Array(rows)
    this.notional = exactColumn(rows)
    this.fees = exactColumn(rows)
    this.midFills = new Float64Array(rows)
    this.midQty = new Float64Array(rows)
    this.midNotional = exactColumn(rows)
    this.paid = exactColumn(rows)
    this.quoted = exactColumn(rows)
    this.horizons = HORIZONS.map(() => new HorizonSums(rows))
  }

  addFill(row: number, price: number, qty: number, added: boolean, fee: Exact): void {
    this.fills[row]++
    this.qty[row] += qty
    if (added) this.addedQty[row] += qty
    this.notional[row] = plus(this.notional[row], times(price, qty))
    if (fee !== 0) this.fees[row] = plus(this.fees[row], fee)
  }

  addSpread(row: number, mid: number, qty: number, paid: Exact, quoted: Exact): void {
    this.midFills[row]++
    this.midQty[row] += qty
    this.midNotional[row] = plus(this.midNotional[row], times(mid, qty))
    this.paid[row] = plus(this.paid[row], paid)
    this.quoted[row] = plus(this.quoted[row], quoted)
  }

  /** Adds a row of other sums: an order to its parent, a parent to its instrument. */
  addRow(row: number, from: ExecutionSums, fromRow: number): void {
    this.fills[row] += from.fills[fromRow]
    this.qty[row] += from.qty[fromRow]
    this.addedQty[row] += from.addedQty[fromRow]
    this.notional[row] = plus(this.notional[row], from.notional[fromRow])
    this.fees[row] = plus(this.fees[row], from.fees[fromRow])
    this.midFills[row] += from.midFills[fromRow]
    this.midQty[row] += from.midQty[fromRow]
    this.midNotional[row] = plus(this.midNotional[row], from.midNotional[fromRow])
    this.paid[row] = plus(this.paid[row], from.paid[fromRow])
    this.quoted[row] = plus(this.quoted[row], from.quoted[fromRow])
    for (let k = 0; k < this.horizons.length; k++) this.horizons[k].addRow(row, from.horizons[k], fromRow)
  }
}
