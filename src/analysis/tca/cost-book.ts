import { type Side } from '../../exchange/units.js'
import { minus, times } from '../exact.js'
import { ratio, type Ratio } from '../ratio.js'
import { rowsUpTo } from '../recording/column.js'
import { halfMid } from '../recording/quotes.js'
import { type Recording } from '../recording/recording.js'
import { type Cost, type Reversion } from './cost.js'
import { decisionOf } from './decisions.js'
import { type ExecutionSums } from './execution-sums.js'
import { HORIZONS } from './horizons.js'
import { MidIntervals, PrintIntervals } from './interval-prices.js'
import { type MarkScale } from './marks.js'
import { type Parents } from './parents.js'
import { PARTICIPATION_RATES } from './participation-rates.js'
import { implementationShortfall } from './shortfall.js'
import { spreadCost } from './spread-cost.js'

/** A shortfall and what its figures refer to. */
export type ShortfallOf = Pick<Cost, 'quantity' | 'notional' | 'shortfall' | 'benchmarkNotional' | 'scale'>

/** One order or parent before its cost is known. */
interface Subject {
  readonly kind: Cost['kind']
  readonly row: number
  readonly id: string
  readonly firstOrder: number
  readonly orders: number
  readonly quantity: number
  readonly executed: number
  readonly arrivedAt: number
  readonly firstFillAt: number
  readonly endedAt: number
  /** The quote row at the end. */
  readonly endQuote: number
  readonly sums: ExecutionSums
}

/** Makes the costs of single orders and parents out of the sums of their fills, when they are asked for. */
export class CostBook {
  readonly #recording: Recording
  readonly #scales: readonly MarkScale[]
  readonly #parents: Parents
  readonly #orderSums: ExecutionSums
  readonly #parentSums: ExecutionSums
  readonly #prints: PrintIntervals[] = []
  readonly #mids: MidIntervals[] = []
  #children: number[][] | undefined

  constructor(
    recording: Recording,
    scales: readonly MarkScale[],
    parents: Parents,
    orderSums: ExecutionSums,
    parentSums: ExecutionSums
  ) {
    this.#recording = recording
    this.#scales = scales
    this.#parents = parents
    this.#orderSums = orderSums
    this.#parentSums = parentSums
  }

  order(row: number): Cost {
    const { orders } = this.#recording
    return this.#cost({
      kind: 'order',
      row,
      id: orders.clOrdId[row],
      firstOrder: row,
      orders: 1,
      quantity: orders.quantity[row],
      executed: orders.executed[row],
      arrivedAt: orders.arrivedAt[row],
      firstFillAt: orders.firstFillAt[row],
      endedAt: orders.endedAt[row],
      endQuote: this.#endQuote(row, orders.instrument[row]),
      sums: this.#orderSums
    })
  }

  parent(row: number): Cost {
    return this.#cost(this.#parentSubject(row))
  }

  /** The shortfall alone, without the benchmarks that have to be looked up. */
  parentShortfall(row: number): ShortfallOf {
    return this.#shortfall(this.#parentSubject(row))
  }

  childrenOf(parent: number): number[] {
    if (!this.#children) {
      this.#children = Array.from({ length: this.#parents.length }, () => [])
      this.#parents.ofOrder.forEach((row, order) => this.#children?.[row].push(order))
    }
    return this.#children[parent]
  }

  #parentSubject(row: number): Subject {
    const { orders } = this.#recording
    const parents = this.#parents
    const firstOrder = parents.firstOrder[row]
    return {
      kind: 'parent',
      row,
      id: orders.link[firstOrder] ?? orders.clOrdId[firstOrder],
      firstOrder,
      orders: parents.orders[row],
      quantity: parents.quantity[row],
      executed: parents.executed[row],
      arrivedAt: parents.arrivedAt[row],
      firstFillAt: parents.firstFillAt[row],
      endedAt: parents.endedAt[row],
      endQuote: this.#endQuote(parents.lastOrder[row], orders.instrument[firstOrder]),
      sums: this.#parentSums
    }
  }

  /** The quote row at an order's end; the last one recorded while it is working. */
  #endQuote(order: number, instrument: number): number {
    const { orders, quotes } = this.#recording
    const working = order < 0 || Number.isNaN(orders.endedAt[order])
    return working ? quotes[instrument].length - 1 : orders.endQuote[order]
  }

  #shortfall(subject: Subject) {
    const { orders, quotes } = this.#recording
    const { firstOrder, quantity, executed, sums, row } = subject
    const no = orders.instrument[firstOrder]
    const scale = this.#scales[no]
    const decision = decisionOf(this.#recording, scale, firstOrder)
    const arrival = halfMid(quotes[no], orders.arrivalQuote[firstOrder]) * scale.perHalf
    const end = halfMid(quotes[no], subject.endQuote) * scale.perHalf
    const side = orders.side[firstOrder] as Side
    const notional = sums.notional[row]
    const fees = sums.fees[row]
    const reference = Number.isNaN(decision.price) ? arrival : decision.price
    return {
      no,
      scale,
      side,
      notional,
      quantity,
      decision,
      arrival,
      end,
      shortfall: implementationShortfall({
        side,
        quantity,
        executed,
        notional,
        decision: decision.price,
        arrival,
        end,
        fees
      }),
      benchmarkNotional: Number.isNaN(reference) ? undefined : times(quantity, reference)
    }
  }

  #cost(subject: Subject): Cost {
    const { recording, sums, row } = { recording: this.#recording, ...subject }
    const { executed, arrivedAt, endedAt, firstFillAt } = subject
    const { no, scale, side, notional, decision, arrival, end, shortfall, benchmarkNotional } = this.#shortfall(subject)
    const measuredUntil = Number.isNaN(endedAt) ? recording.end : endedAt
    const prints = (this.#prints[no] ??= new PrintIntervals(recording.prints[no], scale))
    const mids = (this.#mids[no] ??= new MidIntervals(recording.quotes[no], scale))
    const market = prints.between(arrivedAt, measuredUntil)
    const twap = mids.between(arrivedAt, measuredUntil)
    const participationWeighted = PARTICIPATION_RATES.map((rate) =>
      prints.firstOf(times(subject.quantity, 100 / rate), arrivedAt)
    )
    return {
      kind: subject.kind,
      row,
      id: subject.id,
      session: recording.orders.session[subject.firstOrder],
      instrument: scale.instrument,
      scale,
      side,
      firstOrder: subject.firstOrder,
      orders: subject.orders,
      fills: sums.fills[row],
      quantity: subject.quantity,
      executed,
      addedQty: sums.addedQty[row],
      notional,
      averagePrice: ratio(notional, executed),
      arrivedAt,
      firstFillAt: known(firstFillAt),
      endedAt: known(endedAt),
      measuredUntil,
      benchmarks: {
        decision: known(decision.price),
        decisionSource: decision.source,
        arrival: known(arrival),
        end: known(end),
        vwap: market.vwap,
        twap,
        participationWeighted
      },
      marketVolume: market.volume,
      shortfall,
      benchmarkNotional,
      againstVwap: paidAbove(side, executed, notional, market.vwap),
      againstTwap: paidAbove(side, executed, notional, twap),
      againstParticipationWeighted: participationWeighted.map((price) => paidAbove(side, executed, notional, price)),
      reversion: this.#reversion(no, side, end, endedAt),
      spread: spreadCost(sums, row)
    }
  }

  #reversion(no: number, side: Side, end: number, endedAt: number): Reversion[] {
    const quotes = this.#recording.quotes[no]
    return HORIZONS.map(({ label, after }) => {
      const at = endedAt + after
      const row = at <= quotes.lastTime ? rowsUpTo(quotes.time, at) - 1 : -1
      const moved = end - halfMid(quotes, row) * this.#scales[no].perHalf
      return { label, price: known(moved === 0 ? 0 : side * moved) }
    })
  }
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value)

/** s (sum q p - F P) for a benchmark P that is a fraction. */
function paidAbove(
  side: Side,
  executed: number,
  notional: Cost['notional'],
  benchmark: Ratio | undefined
): Ratio | undefined {
  if (benchmark === undefined || executed === 0) return undefined
  const { numerator, denominator } = benchmark
  return { numerator: times(side, minus(times(notional, denominator), times(executed, numerator))), denominator }
}
