import { log2Queue, logQueue } from './log-queue.js'
import { power2Queue, power3Queue, powerQueue } from './power-queue.js'
import { riskAverseQueue } from './risk-averse-queue.js'
import { type QueueModelSettings } from './settings.js'

/**
 * Where in a level's queue the quantity leaves that no print explains (README, queue). A print always takes from the
 * front; that is not the model's choice.
 */
export interface QueueModel {
  /**
   * How much of a decrease stood ahead of an order.
   * @param decrease quantity that left and was not traded, at least 0
   * @param ahead V, market quantity ahead of the order
   * @param behind market quantity behind the order, at least 0
   * @returns a whole number from 0 to `decrease`
   */
  leftAhead(decrease: number, ahead: number, behind: number): number
}

/** @throws RangeError where an exponent is no whole number from 1 to 8. */
export function createQueueModel(settings: QueueModelSettings): QueueModel {
  switch (settings.kind) {
    case 'riskAverse':
      return riskAverseQueue
    case 'power':
      return powerQueue(settings.exponent)
    case 'power2':
      return power2Queue(settings.exponent)
    case 'power3':
      return power3Queue(settings.exponent)
    case 'log':
      return logQueue
    case 'log2':
      return log2Queue
  }
}

/**
 * V after the displayed quantity of a level went from `before` to `after` > 0, `traded` of it in prints since the last
 * change. Growth stands behind; what is left of V never exceeds what is displayed.
 */
export function aheadAfterDepth(
  model: QueueModel,
  ahead: number,
  before: number,
  after: number,
  traded: number
): number {
  const decrease = before - after - traded
  let left = ahead
  if (decrease > 0) {
    const behind = before - ahead
    const leftAhead = model.leftAhead(decrease, ahead, behind)
    left = ahead - leftAhead + Math.min(behind - (decrease - leftAhead), 0)
    if (left < 0) left = 0
  }
  return left < after ? left : after
}
