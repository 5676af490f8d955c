import { type Nanos } from '../../../src/base/time.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { type Place } from './reference-order.js'

/**
 * The displayed quantity of a price went from `before` to `after`: moves V of the orders there, which come by arrival
 * (MODELS section 2, and "Places" in the exchange's fine print).
 */
export function depthChanged(
  places: readonly Place[],
  before: number,
  after: number,
  time: Nanos,
  model: QueueModelSettings
): void {
  const old = places.map((place) => place.ahead ?? 0)
  for (const place of places) {
    const decrease = before - after - place.printed
    place.printed = 0
    if (place.ahead === undefined || after === 0) continue
    if (decrease < 0 || model.kind === 'riskAverse') place.ahead = Math.min(place.ahead, after)
    else place.ahead = powerModel(place.ahead, before - place.ahead, decrease, after, model.exponent)
  }
  keepPriority(places)
  if (after >= before) return
  places.forEach((place, i) => {
    if (place.ahead !== undefined) place.fallen = { at: time, qty: fallenAt(place, time) + old[i] - place.ahead }
  })
}

/** Nobody's estimate overtakes one that stands before it. */
export function keepPriority(places: readonly Place[]): void {
  let least: number | undefined = 0
  for (const place of places) {
    if (least === undefined || place.ahead === undefined) place.ahead = undefined
    else place.ahead = Math.max(least, place.ahead)
    least = place.ahead
  }
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
