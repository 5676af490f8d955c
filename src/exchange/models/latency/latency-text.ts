import { formatDuration, parseDuration } from '../../../base/duration.js'
import { type Nanos } from '../../../base/time.js'
import { distributionFault } from './latency-fault.js'
import { type LatencyDistribution } from './latency-settings.js'

/** The forms that {@link parseLatency} reads, for messages and help. */
export const LATENCY_FORMS =
  '0, 250us, uniform(1ms,2ms), normal(1ms,200us), lognormal(1ms,0.5), empirical(1ms,2ms,9ms) or feed(1,100us), ' +
  'each with +spikes(0.01,5ms,20ms) and +burst(0.8) behind it where wanted'

/** Reads a latency as people write it. @returns undefined where the text is none; what is wrong as a string. */
export function parseLatency(text: string): LatencyDistribution | string | undefined {
  const [head, ...modifiers] = text.replace(/\s/g, '').split('+')
  const base = baseOf(head)
  if (base === undefined) return undefined
  let distribution: LatencyDistribution = base
  for (const modifier of modifiers) {
    const call = callOf(modifier)
    if (call?.name === 'spikes' && call.args.length === 3 && distribution.spikes === undefined) {
      const [probability, min, max] = [numberOf(call.args[0]), parseDuration(call.args[1]), parseDuration(call.args[2])]
      if (probability === undefined || min === undefined || max === undefined) return undefined
      distribution = { ...distribution, spikes: { probability, min, max } }
    } else if (call?.name === 'burst' && call.args.length === 1 && distribution.burst === undefined) {
      const burst = numberOf(call.args[0])
      if (burst === undefined) return undefined
      distribution = { ...distribution, burst }
    } else return undefined
  }
  return distributionFault(distribution) ?? distribution
}

/** A latency as {@link parseLatency} reads it; times to three decimals of their unit. */
export function formatLatency(distribution: LatencyDistribution): string {
  const { spikes, burst } = distribution
  let text = formatBase(distribution)
  if (spikes !== undefined)
    text += `+spikes(${spikes.probability},${formatDuration(spikes.min)},${formatDuration(spikes.max)})`
  if (burst !== undefined) text += `+burst(${burst})`
  return text
}

function baseOf(text: string): LatencyDistribution | undefined {
  const value = parseDuration(text)
  if (value !== undefined) return { kind: 'constant', value }
  const call = callOf(text)
  if (call === undefined) return undefined
  const { name, args } = call
  const times = args.map(parseDuration)
  const known = times.every((time): time is Nanos => time !== undefined)
  switch (name) {
    case 'constant':
      return known && times.length === 1 ? { kind: 'constant', value: times[0] } : undefined
    case 'uniform':
      return known && times.length === 2 ? { kind: 'uniform', min: times[0], max: times[1] } : undefined
    case 'normal':
      return known && times.length === 2 ? { kind: 'normal', mean: times[0], deviation: times[1] } : undefined
    case 'empirical':
      return known && times.length > 0 ? { kind: 'empirical', values: times } : undefined
    case 'lognormal': {
      const sigma = numberOf(args[1])
      if (args.length !== 2 || times[0] === undefined || sigma === undefined) return undefined
      return { kind: 'lognormal', median: times[0], sigma }
    }
    case 'feed': {
      const factor = numberOf(args[0])
      if (args.length !== 2 || times[1] === undefined || factor === undefined) return undefined
      return { kind: 'feed', factor, offset: times[1] }
    }
    default:
      return undefined
  }
}

function formatBase(distribution: LatencyDistribution): string {
  switch (distribution.kind) {
    case 'constant':
      return formatDuration(distribution.value)
    case 'uniform':
      return `uniform(${formatDuration(distribution.min)},${formatDuration(distribution.max)})`
    case 'normal':
      return `normal(${formatDuration(distribution.mean)},${formatDuration(distribution.deviation)})`
    case 'lognormal':
      return `lognormal(${formatDuration(distribution.median)},${distribution.sigma})`
    case 'empirical':
      return `empirical(${distribution.values.map((value) => formatDuration(value)).join(',')})`
    case 'feed':
      return `feed(${distribution.factor},${formatDuration(distribution.offset)})`
  }
}

function callOf(text: string): { readonly name: string; readonly args: readonly string[] } | undefined {
  const match = /^([a-zA-Z]+)\(([^()]*)\)$/.exec(text)
  return match ? { name: match[1], args: match[2].split(',') } : undefined
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}
