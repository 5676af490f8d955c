import { type Recording } from '../../recording/recording.js'
import { type Cost } from '../../tca/cost.js'

/** The stretch of time that a parent's pictures show, in ns of venue time. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** From the request to the end, with a little before and behind; at least two seconds, so that an instant has surroundings. */
export function windowOf(cost: Cost, recording: Recording): Window {
  const requested = Math.min(recording.orders.requestedAt[cost.firstOrder], cost.arrivedAt)
  const pad = Math.max(
    (cost.measuredUntil - requested) * 0.04,
    Math.min(1e9, 1e9 - (cost.measuredUntil - requested) / 2)
  )
  return { from: requested - pad, to: cost.measuredUntil + pad }
}
