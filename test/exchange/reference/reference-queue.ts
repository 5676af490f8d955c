import { portableLog } from '../../../src/base/portable-math.js'
import { type Nanos } from '../../../src/base/time.js'
import { type QueueModelSettings } from '../../../src/exchange/models/settings.js'
import { type Place } from './reference-order.js'

/**
 * The displayed quantity of a price went from `before` to `after`: moves V of the orders there, which come by arrival
 * (models README, "Queue", and "Places" in the exchange's fine print).
 */
export function depthChanged(
  places: readonly Place[],
  before: number,
  after: number,
  time: Nanos,
  model: QueueModelSettings
): void {
  const old = places.map(({ ahead = 0, printed }) => ({ ahead, printed }))
  for (const place of places) {
    const decrease = before - after - place.printed
    place.printed = 0
    if (place.ahead === undefined || after === 0) continue
    if (decrease < 0 || model.kind === 'riskAverse') place.ahead = Math.min(place.ahead, after)
    else place.ahead = afterDecrease(place.ahead, before - place.ahead, decrease, after, model)
  }
  keepPriority(places)
  if (after >= before) return
  places.forEach((place, i) => {
    const { whole, qty } = fallenAt(place, time)
    const fell = place.ahead === undefined ? 0 : old[i].ahead - place.ahead
    place.fallen = { at: time, whole: whole + Math.max(0, before - after - old[i].printed), qty: qty + fell }
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

function afterDecrease(
  front: number,
  back: number,
  decrease: number,
  after: number,
  model: QueueModelSettings
): number {
  const fromFront = front + back === 0 ? 0 : leavesFromFront(front, back, decrease, model)
  const fromBack = decrease - fromFront
  const ahead = front - fromFront + Math.min(back - fromBack, 0)
  return Math.max(0, Math.min(ahead, after))
}

/** How much of a decrease stood in front, rounded down (models README, "Queue"). */
function leavesFromFront(front: number, back: number, decrease: number, model: QueueModelSettings): number {
  const [d, f, b] = [BigInt(decrease), BigInt(front), BigInt(back)]
  switch (model.kind) {
    case 'riskAverse':
      return 0
    case 'power': {
      const [fn, bn] = [f ** BigInt(model.exponent), b ** BigInt(model.exponent)]
      return Number((d * fn) / (fn + bn))
    }
    case 'power2': {
      const [all, bn] = [(f + b) ** BigInt(model.exponent), b ** BigInt(model.exponent)]
      return Number((d * (all - bn)) / all)
    }
    case 'power3': {
      const [all, fn] = [(f + b) ** BigInt(model.exponent), f ** BigInt(model.exponent)]
      return Number((d * fn) / all)
    }
    case 'log':
    case 'log2': {
      const ln = (x: number): number => portableLog(1 + x)
      const pi = ln(back) / (model.kind === 'log' ? ln(back) + ln(front) : ln(back + front))
      const one = 2n ** 32n
      return Number((d * (one - BigInt(Math.min(2 ** 32, Math.floor(pi * 2 ** 32))))) / one)
    }
  }
}

/**
 * A print of `qty` at the order's price moves V.
 * @returns what exceeds V, the part of the print that would reach the order were it alone.
 */
export function printed(place: Place, qty: number, time: Nanos): number {
  if (place.ahead === undefined) return 0
  const fallen = fallenAt(place, time)
  const alreadyTold = Math.min(qty, fallen.whole)
  const alreadyTaken = Math.min(qty, fallen.qty)
  const rest = qty - alreadyTaken
  const excess = Math.max(0, rest - place.ahead)
  place.ahead = Math.max(0, place.ahead - rest)
  place.printed += qty - alreadyTold
  place.fallen = { at: time, whole: fallen.whole - alreadyTold, qty: fallen.qty - alreadyTaken }
  return excess
}

/** Decreases of this very time: by how much the price shrank, and what of it came off V. */
function fallenAt(place: Place, time: Nanos): { readonly whole: number; readonly qty: number } {
  return place.fallen.at === time ? place.fallen : { whole: 0, qty: 0 }
}
