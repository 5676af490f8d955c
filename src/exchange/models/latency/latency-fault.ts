import { type DrawnLatency, type LatencyDistribution, type LatencySettings } from './latency-settings.js'

/** What is wrong with latency settings, as one sentence; undefined where nothing is. */
export function latencyFault(settings: LatencySettings): string | undefined {
  if (settings.kind === 'constant') return timeFault(settings.inbound) ?? timeFault(settings.outbound)
  for (const latency of [settings, ...Object.values(settings.sessions ?? {})]) {
    const fault = drawnFault(latency)
    if (fault !== undefined) return fault
  }
  return undefined
}

function drawnFault(latency: Partial<DrawnLatency>): string | undefined {
  for (const kind of ['new', 'replace', 'cancel', 'report'] as const) {
    const distribution = latency[kind]
    const fault = distribution && distributionFault(distribution)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** What is wrong with one distribution. */
export function distributionFault(distribution: LatencyDistribution): string | undefined {
  const { burst = 0, spikes } = distribution
  if (!(burst >= 0 && burst < 1)) return `rho of a burst is from 0 to below 1, got ${burst}`
  if (spikes !== undefined) {
    const { probability, min, max } = spikes
    if (!(probability >= 0 && probability <= 1)) return `the probability of spikes is from 0 to 1, got ${probability}`
    const fault = timeFault(min) ?? timeFault(max) ?? orderFault(min, max)
    if (fault !== undefined) return fault
  }
  switch (distribution.kind) {
    case 'constant':
      return timeFault(distribution.value)
    case 'uniform':
      return (
        timeFault(distribution.min) ?? timeFault(distribution.max) ?? orderFault(distribution.min, distribution.max)
      )
    case 'normal':
      return timeFault(distribution.mean) ?? timeFault(distribution.deviation)
    case 'lognormal':
      if (!(distribution.sigma >= 0 && distribution.sigma <= 10))
        return `sigma of a lognormal latency is from 0 to 10, got ${distribution.sigma}`
      return timeFault(distribution.median)
    case 'empirical':
      if (distribution.values.length === 0) return 'a table of latencies needs at least one'
      return distribution.values.map(timeFault).find((fault) => fault !== undefined)
    case 'feed':
      if (!(distribution.factor >= 0 && distribution.factor <= 1000))
        return `the factor of a feed latency is from 0 to 1000, got ${distribution.factor}`
      return timeFault(distribution.offset)
  }
}

function timeFault(latency: number): string | undefined {
  return Number.isSafeInteger(latency) && latency >= 0
    ? undefined
    : `a latency is a whole number of nanoseconds, at least 0, got ${latency}`
}

function orderFault(min: number, max: number): string | undefined {
  return min <= max ? undefined : `a range of latencies goes from the smaller to the larger, got ${min} to ${max}`
}
