import { type Level } from '../book/level.js'
import { type Order } from '../order/order.js'

/** A stretch of a level's queue: market quantity, or what one client order has there. */
export interface Run {
  readonly qty: number
  /** Undefined for market quantity. */
  readonly order: Order | undefined
}

/**
 * What a walk through a level would meet, in order: market quantity and what client orders show, then the reserves of
 * icebergs, then hidden orders. Nothing is changed.
 */
export function* queueRuns(level: Level): Generator<Run> {
  if (level.firstOrder === undefined) yield { qty: level.displayedMarketQty, order: undefined }
  else if (level.queue === undefined) yield* feedOrderRuns(level)
  else yield* estimatedRuns(level)
  if (level.hiddenQty === 0) return
  for (let order = level.firstOrder; order !== undefined; order = order.behind)
    if (order.reserve > 0) yield { qty: order.reserve, order }
  for (let order = level.firstHidden; order !== undefined; order = order.behind) yield { qty: order.leavesQty, order }
}

/** L3: by places; the first of the feed's quantity is what clients consumed. */
function* feedOrderRuns(level: Level): Generator<Run> {
  let consumed = level.consumedQty
  let feed = level.firstFeedOrder
  for (let client = level.firstOrder; ; client = client.behind) {
    let run = 0
    for (; feed !== undefined && (client === undefined || feed.rank < client.rank); feed = feed.behind) run += feed.qty
    const gone = Math.min(consumed, run)
    consumed -= gone
    yield { qty: run - gone, order: undefined }
    if (client === undefined) return
    yield { qty: client.shown, order: client }
  }
}

/** L2, L1: by V. */
function* estimatedRuns(level: Level): Generator<Run> {
  const displayed = level.displayedMarketQty
  let passed = 0
  let client = level.firstOrder
  for (const cohort of level.queue?.inOrder() ?? []) {
    const run = Math.min(cohort.ahead, displayed) - passed
    if (run > 0) {
      passed += run
      yield { qty: run, order: undefined }
    }
    for (; client !== undefined && client.rank <= cohort.last; client = client.behind)
      yield { qty: client.shown, order: client }
  }
  yield { qty: displayed - passed, order: undefined }
}
