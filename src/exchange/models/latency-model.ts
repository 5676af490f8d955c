import { type Nanos } from '../../base/time.js'
import { type LatencySettings } from './settings.js'

/** How long messages are under way. That none overtakes another is the business of the queues, not of the model. */
export interface LatencyModel {
  /** From the venue's edge to the book. */
  inbound(): Nanos
  /** From the book to the venue's edge. */
  outbound(): Nanos
}

/** @throws RangeError where a latency is no whole number of nanoseconds, or negative. */
export function createLatencyModel({ inbound, outbound }: LatencySettings): LatencyModel {
  for (const latency of [inbound, outbound]) {
    if (!Number.isSafeInteger(latency) || latency < 0)
      throw new RangeError(`a latency is a whole number of nanoseconds, at least 0, got ${latency}`)
  }
  return { inbound: () => inbound, outbound: () => outbound }
}
