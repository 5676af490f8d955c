import { type Recording } from '../recording/recording.js'
import { type Cost } from './cost.js'
import { ExecutionSums } from './execution-sums.js'
import { type MarkScale } from './marks.js'
import { type Parents } from './parents.js'
import { spreadCost } from './spread-cost.js'
import { censoredMedian } from './survival.js'
import { ShortfallSum, type CensoredTime, type SymbolCost } from './symbol-cost.js'

/** Sums the parents of each instrument that was ordered, by instrument number. */
export function symbolCosts(
  recording: Recording,
  scales: readonly MarkScale[],
  parents: Parents,
  parentSums: ExecutionSums,
  parentShortfall: (row: number) => Pick<Cost, 'quantity' | 'shortfall' | 'benchmarkNotional'>
): SymbolCost[] {
  const { orders } = recording
  const sums = new ExecutionSums(scales.length)
  const shortfalls = scales.map(() => new ShortfallSum())
  for (let parent = 0; parent < parents.length; parent++) {
    const no = orders.instrument[parents.firstOrder[parent]]
    shortfalls[no].add(parentShortfall(parent))
    if (parentSums.fills[parent] > 0) sums.addRow(no, parentSums, parent)
  }
  const ordersOf: number[][] = scales.map(() => [])
  for (let order = 0; order < orders.length; order++) ordersOf[orders.instrument[order]].push(order)

  return scales.flatMap((scale, no): SymbolCost[] => {
    if (ordersOf[no].length === 0) return []
    const shortfall = shortfalls[no]
    return [
      {
        instrument: scale.instrument,
        scale,
        parents: shortfall.parents,
        orders: ordersOf[no].length,
        fills: sums.fills[no],
        quantity: shortfall.quantity,
        executed: sums.qty[no],
        addedQty: sums.addedQty[no],
        notional: sums.notional[no],
        shortfall: shortfall.shortfall,
        measuredParents: shortfall.measured,
        measuredQuantity: shortfall.measuredQuantity,
        benchmarkNotional: shortfall.benchmarkNotional,
        spread: spreadCost(sums, no),
        timeToFirstFill: timeTo(recording, ordersOf[no], (order) => orders.firstFillAt[order]),
        timeToCompletion: timeTo(recording, ordersOf[no], (order) =>
          orders.outcome(order) === 'filled' ? orders.endedAt[order] : Number.NaN
        )
      }
    ]
  })
}

/** Watches orders from their arrival until the moment that `at` tells, or until they end or the recording does. */
function timeTo({ orders, end }: Recording, rows: readonly number[], at: (order: number) => number): CensoredTime {
  const waited = new Float64Array(rows.length)
  const happened = new Uint8Array(rows.length)
  let count = 0
  rows.forEach((order, i) => {
    const time = at(order)
    const ended = orders.endedAt[order]
    happened[i] = Number.isNaN(time) ? 0 : 1
    count += happened[i]
    waited[i] = (happened[i] === 1 ? time : Number.isNaN(ended) ? end : ended) - orders.arrivedAt[order]
  })
  return { median: censoredMedian(waited, happened), happened: count, censored: rows.length - count }
}
