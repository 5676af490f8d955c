import { type Book } from '../book/book.js'
import { type Order } from '../order/order.js'
import { queueRuns, type Run } from './queue-runs.js'
import { selfMatchMode } from './self-match.js'

/** Walks that start at the best price. */
const BEST = Number.POSITIVE_INFINITY

/** What can be had at once from the key `from` down to `reach`, displayed and hidden, counted no further than `needed`. */
export function availableTo(book: Book, order: Order, reach: number, needed: number, from = BEST): number {
  if (order.self !== undefined) return availableFromOthers(book, order, reach, needed, from)
  const { levels } = book.opposite(order.terms.side)
  let available = 0
  for (let i = levels.length - 1; i >= 0 && available < needed; i--) {
    const level = levels.at(i)
    if (level.key < reach) break
    if (level.key > from) continue
    available += level.displayedQty + level.hiddenQty
  }
  return available
}

/** Own orders give nothing, and where they end the walk, nothing behind them counts. */
function availableFromOthers(book: Book, order: Order, reach: number, needed: number, from: number): number {
  const stops = selfMatchMode(order, book.instrument.rules) !== 'cancelOldest'
  let available = 0
  for (const run of runsTo(book, order, reach, from)) {
    if (run.order?.self !== order.self || run.order === undefined) available += run.qty
    else if (stops) return available
    if (available >= needed) return available
  }
  return available
}

/** Whether a walk from the key `from` down to `reach` would leave a rest of the order that goes on working. */
export function leavesRest(book: Book, order: Order, reach: number, from = BEST): boolean {
  if (order.self === undefined) return availableTo(book, order, reach, order.leavesQty, from) < order.leavesQty
  const mode = selfMatchMode(order, book.instrument.rules)
  const met = new Set<Order>()
  let left = order.leavesQty
  for (const run of runsTo(book, order, reach, from)) {
    if (run.order === undefined || run.order.self !== order.self) left -= run.qty
    else if (mode === 'decrement') {
      if (!met.has(run.order)) left -= run.order.leavesQty
      met.add(run.order)
    } else if (mode !== 'cancelOldest') return false
    if (left <= 0) return false
  }
  return true
}

function* runsTo(book: Book, order: Order, reach: number, from: number): Generator<Run> {
  const { levels } = book.opposite(order.terms.side)
  for (let i = levels.length - 1; i >= 0; i--) {
    const level = levels.at(i)
    if (level.key < reach) return
    if (level.key > from) continue
    for (const run of queueRuns(level)) if (run.qty > 0) yield run
  }
}
