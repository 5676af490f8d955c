import { type Instrument } from '../../exchange/instrument.js'
import { type Side } from '../../exchange/units.js'
import { type Exact } from '../exact.js'
import { type Ratio } from '../ratio.js'
import { type DecisionSource } from './decisions.js'
import { type MarkScale } from './marks.js'
import { type Shortfall } from './shortfall.js'

/** What the fills paid around the mid. Amounts in marks x quantity units; undefined where nothing could be measured. */
export interface SpreadCost {
  /** Fills that had a mid just before them, and their quantity. */
  readonly fills: number
  readonly qty: number
  /** Sum of q m over them: what basis points refer to. */
  readonly midNotional: Exact
  /** Sum of 2 s (p - m) q; per share it is the effective spread. */
  readonly effective: Exact
  /** Sum of (ask - bid) q; per share the quoted spread that the fills met. */
  readonly quoted: Exact
  /** Sum of s (far touch - p) q, the ask to a buy and the bid to a sell: (quoted - effective) / 2. Positive: better than it. */
  readonly improvement: Exact
  readonly horizons: readonly HorizonCost[]
}

/** The effective spread of the fills whose later mid is known, split in two: effective = realised + impact, exactly. */
export interface HorizonCost {
  readonly label: string
  readonly measured: number
  /** Left out: the recording ended before the horizon. */
  readonly censored: number
  /** Left out: one side of the book was empty, at the fill or at the horizon. */
  readonly missing: number
  readonly qty: number
  readonly midNotional: Exact
  readonly effective: Exact
  readonly realised: Exact
  readonly impact: Exact
  /** Sum of s (m later - p) q: what the fills are worth then; half of the realised spread, with the other sign. */
  readonly markOut: Exact
  /** Quantity of the fills whose mark-out is a loss. */
  readonly adverseQty: number
}

/** How far the mid came back behind an end, in marks: s (P_n - m later). Positive: what trading had moved went back. */
export interface Reversion {
  readonly label: string
  /** undefined where it is still working, the recording ends before, or a side of the book was empty. */
  readonly price: number | undefined
}

/** Prices that an execution is measured against, in marks; undefined where the market did not give them. */
export interface Benchmarks {
  /** P_d */
  readonly decision: number | undefined
  readonly decisionSource: DecisionSource
  /** P_0 */
  readonly arrival: number | undefined
  /** P_n */
  readonly end: number | undefined
  /** From arrival to end. */
  readonly vwap: Ratio | undefined
  readonly twap: Ratio | undefined
  /** By participation rate, in the order of PARTICIPATION_RATES: the VWAP from arrival on of the first X / rate that printed. */
  readonly participationWeighted: readonly (Ratio | undefined)[]
}

/** The cost of one order or parent order. Quantities in quantity units, times in ns of venue time. */
export interface Cost {
  readonly kind: 'order' | 'parent'
  /** Row of the order or parent. */
  readonly row: number
  /** ClOrdID of an order; of a parent its link, or the ClOrdID of its only child. */
  readonly id: string
  readonly session: number
  readonly instrument: Instrument
  readonly scale: MarkScale
  readonly side: Side
  /** Row of the first order: the order itself, or a parent's first child. */
  readonly firstOrder: number
  readonly orders: number
  readonly fills: number
  /** X */
  readonly quantity: number
  /** F */
  readonly executed: number
  readonly addedQty: number
  readonly notional: Exact
  /** In marks; undefined without fills. */
  readonly averagePrice: Ratio | undefined
  readonly arrivedAt: number
  readonly firstFillAt: number | undefined
  /** undefined while it is working when the recording ends; its end price is the last one recorded then. */
  readonly endedAt: number | undefined
  /** End of the interval that benchmarks cover: `endedAt`, or the end of the recording. */
  readonly measuredUntil: number
  readonly benchmarks: Benchmarks
  /** Market prints from arrival to end, in quantity units. */
  readonly marketVolume: Exact
  readonly shortfall: Shortfall
  /** X P_d, or X P_0 where P_d is unknown: what the shortfall's basis points refer to. */
  readonly benchmarkNotional: Exact | undefined
  /** Amount paid above the interval's VWAP: s (sum q p - F VWAP), a fraction of marks x quantity units. */
  readonly againstVwap: Ratio | undefined
  readonly againstTwap: Ratio | undefined
  readonly againstParticipationWeighted: readonly (Ratio | undefined)[]
  /** In the order of HORIZONS. */
  readonly reversion: readonly Reversion[]
  readonly spread: SpreadCost
}
