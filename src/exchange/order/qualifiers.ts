import { type OrdType, type TimeInForce } from '../command.js'
import { type OrderQualifiers } from '../order-qualifiers.js'
import { takes } from './combinations.js'

type Mutable = { -readonly [K in keyof OrderQualifiers]: OrderQualifiers[K] }

/** Only what has an effect, and nothing of the exchange's own; undefined where that is nothing. */
export function effective(qualifiers: OrderQualifiers | undefined): OrderQualifiers | undefined {
  if (qualifiers === undefined) return undefined
  const { stopPx, minQty, displayQty, allOrNone, postOnly, peg, expireTime, selfMatch } = qualifiers
  const kept: Mutable = {}
  if (stopPx !== undefined) kept.stopPx = stopPx
  if (minQty !== undefined && minQty !== 0) kept.minQty = minQty
  if (displayQty !== undefined) kept.displayQty = displayQty
  if (allOrNone === true) kept.allOrNone = true
  if (postOnly !== undefined && postOnly !== 'none') kept.postOnly = postOnly
  if (peg !== undefined) kept.peg = { reference: peg.reference, offset: peg.offset }
  if (expireTime !== undefined) kept.expireTime = expireTime
  if (selfMatch !== undefined) kept.selfMatch = selfMatch
  return Object.keys(kept).length === 0 ? undefined : kept
}

/**
 * The qualifiers of an order after a replace: what the request brings, and of what the order had, what the request leaves
 * out and its new type and time in force take.
 */
export function replacedQualifiers(
  old: OrderQualifiers | undefined,
  change: OrderQualifiers | undefined,
  ordType: OrdType,
  timeInForce: TimeInForce
): OrderQualifiers | undefined {
  return old === undefined ? effective(change) : inherited(old, change, ordType, timeInForce)
}

function inherited(
  old: OrderQualifiers,
  change: OrderQualifiers | undefined,
  ordType: OrdType,
  timeInForce: TimeInForce
): OrderQualifiers | undefined {
  const inherit = <K extends Exclude<keyof OrderQualifiers, 'selfMatch'>>(name: K): OrderQualifiers[K] =>
    change?.[name] ?? (takes(ordType, timeInForce, name) ? old[name] : undefined)
  return effective({
    stopPx: inherit('stopPx'),
    minQty: inherit('minQty'),
    displayQty: inherit('displayQty'),
    allOrNone: inherit('allOrNone'),
    postOnly: inherit('postOnly'),
    peg: inherit('peg'),
    expireTime: inherit('expireTime'),
    selfMatch: change?.selfMatch ?? old.selfMatch
  })
}

/** Whether an order with these qualifiers has the same claim to its place; a stopPx counts until it is reached. */
export function samePlace(
  a: OrderQualifiers | undefined,
  b: OrderQualifiers | undefined,
  ordType: OrdType,
  timeInForce: TimeInForce
): boolean {
  if (a === b) return true
  return (
    (a?.stopPx === b?.stopPx || !takes(ordType, timeInForce, 'stopPx')) &&
    a?.minQty === b?.minQty &&
    a?.displayQty === b?.displayQty &&
    a?.allOrNone === b?.allOrNone &&
    a?.postOnly === b?.postOnly &&
    a?.peg?.reference === b?.peg?.reference &&
    a?.peg?.offset === b?.peg?.offset
  )
}
