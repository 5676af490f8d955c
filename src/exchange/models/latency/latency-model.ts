import { seededRandom } from '../../../base/random.js'
import { nanos, type Nanos } from '../../../base/time.js'
import { type SessionNo } from '../../units.js'
import { latencyFault } from './latency-fault.js'
import { LatencySampler } from './latency-sampler.js'
import { type DrawnLatency, type LatencySettings } from './latency-settings.js'

/** Kinds of message that may have latencies of their own. */
export type MessageKind = keyof DrawnLatency

/**
 * How long messages are under way. Every session and kind of message draws from a stream of its own, in the order of its
 * messages. That none overtakes another is the business of the queues, not of the model.
 */
export interface LatencyModel {
  next(session: SessionNo, kind: MessageKind): Nanos
  /** A feed event came with this latency (for `feed`). */
  feed(latency: Nanos): void
  /** Everything that later draws depend on. */
  state(): readonly (number | string)[]
}

/** The name of a session in the settings, by its number. */
export type SessionNames = (session: SessionNo) => string | undefined

/** @throws RangeError where a latency is no whole number of nanoseconds or negative, or a parameter out of its range. */
export function createLatencyModel(
  settings: LatencySettings,
  seed: number,
  nameOf: SessionNames = () => undefined
): LatencyModel {
  const fault = latencyFault(settings)
  if (fault !== undefined) throw new RangeError(fault)
  if (settings.kind === 'drawn') return new DrawnLatencies(settings, seed, nameOf)
  const { inbound, outbound } = settings
  return {
    next: (_session, kind) => (kind === 'report' ? outbound : inbound),
    feed: () => undefined,
    state: () => []
  }
}

type Streams = Readonly<Record<MessageKind, LatencySampler>>

class DrawnLatencies implements LatencyModel {
  readonly #settings: Extract<LatencySettings, { kind: 'drawn' }>
  readonly #seed: number
  readonly #nameOf: SessionNames
  readonly #sessions: (Streams | undefined)[] = []
  #feedLatency = 0

  constructor(settings: Extract<LatencySettings, { kind: 'drawn' }>, seed: number, nameOf: SessionNames) {
    this.#settings = settings
    this.#seed = seed
    this.#nameOf = nameOf
  }

  next(session: SessionNo, kind: MessageKind): Nanos {
    const streams = this.#sessions[session] ?? this.#open(session)
    return nanos(streams[kind].next(this.#feedLatency))
  }

  feed(latency: Nanos): void {
    this.#feedLatency = latency
  }

  state(): readonly (number | string)[] {
    const state: (number | string)[] = [this.#feedLatency]
    for (const [session, streams] of this.#sessions.entries()) {
      if (streams === undefined) continue
      for (const [kind, { draws, residual }] of Object.entries(streams)) state.push(session, kind, draws, `${residual}`)
    }
    return state
  }

  #open(session: SessionNo): Streams {
    const name = this.#nameOf(session)
    const own = name === undefined ? undefined : this.#settings.sessions?.[name]
    const stream = (kind: MessageKind): LatencySampler =>
      new LatencySampler(own?.[kind] ?? this.#settings[kind], seededRandom(this.#seed, `latency ${session} ${kind}`))
    const streams = {
      new: stream('new'),
      replace: stream('replace'),
      cancel: stream('cancel'),
      report: stream('report')
    }
    while (this.#sessions.length < session) this.#sessions.push(undefined)
    this.#sessions[session] = streams
    return streams
  }
}
