import { nanos } from '../../base/time.js'
import { LATENCY_FORMS, parseLatency } from '../../exchange/models/latency/latency-text.js'
import type { DrawnLatency, LatencyDistribution, LatencySettings } from '../../exchange/models/settings.js'

/** Latencies as a person writes them: `inbound` for all of new, replace and cancel, `outbound` for reports. */
export interface LatencyTexts {
  readonly inbound?: string
  readonly outbound?: string
  readonly new?: string
  readonly replace?: string
  readonly cancel?: string
  readonly report?: string
  readonly sessions?: Readonly<Record<string, Omit<LatencyTexts, 'sessions'>>>
}

const NONE: LatencyDistribution = { kind: 'constant', value: nanos(0) }

/**
 * The settings that texts mean.
 * @param refuse called with the path of a text that means none, such as "/inbound", and what is wrong; does not return.
 */
export function latencySettings(texts: LatencyTexts, refuse: (path: string, fault: string) => never): LatencySettings {
  const own = drawn(texts, '', refuse)
  const latency: DrawnLatency = {
    new: own.new ?? NONE,
    replace: own.replace ?? NONE,
    cancel: own.cancel ?? NONE,
    report: own.report ?? NONE
  }
  const { new: order, replace, cancel, report } = latency
  const sessions = Object.entries(texts.sessions ?? {}).map(
    ([name, its]) => [name, drawn(its, `/sessions/${name}`, refuse)] as const
  )
  const inbound = plain(order)
  const outbound = plain(report)
  if (
    sessions.length === 0 &&
    inbound !== undefined &&
    outbound !== undefined &&
    plain(replace) === inbound &&
    plain(cancel) === inbound
  )
    return { kind: 'constant', inbound, outbound }
  return { kind: 'drawn', ...latency, ...(sessions.length > 0 ? { sessions: Object.fromEntries(sessions) } : {}) }
}

function drawn(
  texts: Omit<LatencyTexts, 'sessions'>,
  path: string,
  refuse: (path: string, fault: string) => never
): Partial<DrawnLatency> {
  const read = (key: keyof typeof texts): LatencyDistribution | undefined => {
    const text = texts[key]
    if (text === undefined) return undefined
    const latency = parseLatency(text)
    if (latency === undefined) return refuse(`${path}/${key}`, `must be a duration such as ${LATENCY_FORMS}`)
    return typeof latency === 'string' ? refuse(`${path}/${key}`, latency) : latency
  }
  const [inbound, outbound] = [read('inbound'), read('outbound')]
  const known = {
    new: read('new') ?? inbound,
    replace: read('replace') ?? inbound,
    cancel: read('cancel') ?? inbound,
    report: read('report') ?? outbound
  }
  return Object.fromEntries(Object.entries(known).filter(([, latency]) => latency !== undefined))
}

/** The value of a latency that never differs; undefined for one that does. */
function plain({ spikes, burst, ...latency }: LatencyDistribution) {
  return latency.kind === 'constant' && spikes === undefined && burst === undefined ? latency.value : undefined
}
