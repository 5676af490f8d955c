import { powerShareFloor } from '../mul-div.js'
import { type QueueModel } from './queue-model.js'

/**
 * A cancellation stood behind with probability b^n / (b^n + f^n), f ahead and b behind (Rigtorp 2013; n = 1 spreads
 * cancellations evenly, larger n puts them more into the longer part of the queue). V follows the expectation, in whole
 * numbers. It knows nothing of the age of orders: in truth late orders cancel more often than early ones.
 */
export function powerQueue(exponent: number): QueueModel {
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > 8)
    throw new RangeError(`the exponent of a power queue model is a whole number from 1 to 8, got ${exponent}`)
  return { leftAhead: (decrease, ahead, behind) => powerShareFloor(decrease, ahead, behind, exponent) }
}
