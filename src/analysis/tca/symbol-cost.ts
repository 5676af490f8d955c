import { type Instrument } from '../../exchange/instrument.js'
import { plus, type Exact } from '../exact.js'
import { type Cost, type SpreadCost } from './cost.js'
import { type MarkScale } from './marks.js'
import { type Shortfall } from './shortfall.js'

/** The costs of one instrument: sums over its parents. */
export interface SymbolCost {
  readonly instrument: Instrument
  readonly scale: MarkScale
  readonly parents: number
  readonly orders: number
  readonly fills: number
  readonly quantity: number
  readonly executed: number
  readonly addedQty: number
  readonly notional: Exact
  /** Sums over the parents whose shortfall has all its parts; they add up exactly. */
  readonly shortfall: { readonly [Part in keyof Shortfall]: Exact }
  /** Parents in the shortfall; the others lack a benchmark. */
  readonly measuredParents: number
  /** Their quantity and the notional that basis points refer to. */
  readonly measuredQuantity: number
  readonly benchmarkNotional: Exact
  readonly spread: SpreadCost
  /** Median ns from reaching the exchange, orders that ended or waited without counted as censored. */
  readonly timeToFirstFill: CensoredTime
  readonly timeToCompletion: CensoredTime
}

export interface CensoredTime {
  /** undefined where more than half never got there. */
  readonly median: number | undefined
  readonly happened: number
  readonly censored: number
}

/** Sums the shortfalls of parents as they come by. */
export class ShortfallSum {
  parents = 0
  quantity = 0
  measured = 0
  measuredQuantity = 0
  benchmarkNotional: Exact = 0
  #delay: Exact = 0
  #trading: Exact = 0
  #opportunity: Exact = 0
  #fees: Exact = 0
  #total: Exact = 0

  add(cost: Pick<Cost, 'quantity' | 'shortfall' | 'benchmarkNotional'>): void {
    const { delay, trading, opportunity, fees, total } = cost.shortfall
    this.parents++
    this.quantity += cost.quantity
    if (delay === undefined || trading === undefined || opportunity === undefined || total === undefined) return
    this.measured++
    this.measuredQuantity += cost.quantity
    this.#delay = plus(this.#delay, delay)
    this.#trading = plus(this.#trading, trading)
    this.#opportunity = plus(this.#opportunity, opportunity)
    this.#fees = plus(this.#fees, fees)
    this.#total = plus(this.#total, total)
    this.benchmarkNotional = plus(this.benchmarkNotional, cost.benchmarkNotional ?? 0)
  }

  get shortfall(): SymbolCost['shortfall'] {
    return {
      delay: this.#delay,
      trading: this.#trading,
      opportunity: this.#opportunity,
      fees: this.#fees,
      total: this.#total
    }
  }
}
