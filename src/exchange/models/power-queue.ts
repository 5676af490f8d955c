import { frontShareFloor, notBackShareFloor, powerShareFloor } from '../mul-div.js'
import { type QueueModel } from './queue-model.js'

/**
 * A cancellation stood behind with probability b^n / (b^n + f^n), f ahead and b behind (Rigtorp 2013; n = 1 spreads
 * cancellations evenly, larger n puts them more into the longer part of the queue). V follows the expectation, in whole
 * numbers. It knows nothing of the age of orders: in truth late orders cancel more often than early ones.
 */
export function powerQueue(exponent: number): QueueModel {
  checkExponent(exponent)
  return { leftAhead: (decrease, ahead, behind) => powerShareFloor(decrease, ahead, behind, exponent) }
}

/** Behind with probability b^n / (b + f)^n: the larger n, the faster an order advances. */
export function power2Queue(exponent: number): QueueModel {
  checkExponent(exponent)
  return { leftAhead: (decrease, ahead, behind) => notBackShareFloor(decrease, ahead, behind, exponent) }
}

/** Behind with probability 1 - (f / (f + b))^n: the larger n, the slower an order advances. */
export function power3Queue(exponent: number): QueueModel {
  checkExponent(exponent)
  return { leftAhead: (decrease, ahead, behind) => frontShareFloor(decrease, ahead, behind, exponent) }
}

function checkExponent(exponent: number): void {
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > 8)
    throw new RangeError(`the exponent of a power queue model is a whole number from 1 to 8, got ${exponent}`)
}
