import { type Nanos } from '../../../src/base/time.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { type Place } from './reference-order.js'

/**
 * The displayed quantity of an order's price went from `before` to `after`: moves V (MODELS section 2, and "Places" in
 * the exchange's fine print).
 */
export function depthChanged(
  place: Place,
  before: number,
  after: number,
  time: Nanos,
  model: QueueModelSettings
): void {
  if (place.ahead === undefined) return
  const decrease = before - after - place.printed
  place.printed = 0
  if (after === 0) return
  const old = place.ahead
  if (decrease < 0 || model.kind === 'riskAverse') place.ahead = Math.min(old, after)
  else place.ahead = powerModel(old, before - old, decrease, after, model.exponent)
  if (after < before) place.fallen = { at: time, qty: fallenAt(place, time) + old - place.ahead }
}

function powerModel(front: number, back: number, decrease: number, after: number, exponent: number): number {
  const f = BigInt(front) ** BigInt(exponent)
  const b = BigInt(back) ** BigInt(exponent)
  const fromFront = f + b === 0n ? 0 : Number((BigInt(decrease) * f) / (f + b))
  const fromBack = decrease - fromFront
  const ahead = front - fromFront + Math.min(back - fromBack, 0)
  return Math.max(0, Math.min(ahead, after))
}

/**
 * A print of `qty` at the order's price moves V.
 * @returns what exceeds V, the part of the print that would reach the order were it alone.
 */
export function printed(place: Place, qty: number, time: Nanos): number {
  if (place.ahead === undefined) return 0
  const alreadyTaken = Math.min(qty, fallenAt(place, time))
  const rest = qty - alreadyTaken
  const excess = Math.max(0, rest - place.ahead)
  place.ahead = Math.max(0, place.ahead - rest)
  place.printed += rest
  place.fallen = { at: time, qty: fallenAt(place, time) - alreadyTaken }
  return excess
}

/** What decreases of this very time took off V. */
function fallenAt(place: Place, time: Nanos): number {
  return place.fallen.at === time ? place.fallen.qty : 0
}
