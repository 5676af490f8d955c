import { parseDuration } from '../../base/duration.js'
import { UserError, type SourcePosition } from '../../base/user-error.js'
import { DEFAULT_REFILL } from '../../exchange/models/default-settings.js'
import { scheduleFault } from '../../exchange/models/fees/compile-schedule.js'
import { reactionFault } from '../../exchange/models/reaction/create-reaction.js'
import { REACTION_DEFAULTS } from '../../exchange/models/reaction/reaction-defaults.js'
import type {
  ModelSettings,
  QueueModelSettings,
  ReactionSettings,
  RefillSettings
} from '../../exchange/models/settings.js'
import { latencySettings } from './latency-section.js'
import type { ModelsFile } from './models-schema.js'

type Position = (path: string) => SourcePosition

/**
 * The models of venue.yaml, with the defaults for what it leaves out.
 * @throws UserError with file:line:column for a latency, reaction or fee schedule that is none, and for a reaction that
 * allows price manipulation.
 */
export function modelsSection(file: ModelsFile, defaults: ModelSettings, positionOf: Position): ModelSettings {
  const refuse = (path: string, fault: string): never => {
    throw new UserError(`/models${path} ${fault}`, positionOf(`/models${path}`))
  }
  for (const [market, schedule] of Object.entries(file.fees ?? {})) {
    const fault = scheduleFault(schedule)
    if (fault !== undefined) refuse(`/fees/${market}`, fault)
  }
  return {
    preset: file.preset ?? defaults.preset,
    queue: queueOf(file.queue, defaults.queue, refuse),
    refill: refillOf(file.refill),
    reaction: file.reaction ? reactionOf(file.reaction, refuse) : REACTION_DEFAULTS.squareRoot,
    latency: latencySettings(file.latency ?? {}, (path, fault) => refuse(`/latency${path}`, fault)),
    ...(file.impact ? { impact: file.impact } : {}),
    ...(file.fees ? { fees: file.fees } : {}),
    seed: file.seed ?? defaults.seed
  }
}

type Refuse = (path: string, fault: string) => never

function queueOf(queue: ModelsFile['queue'], byDefault: QueueModelSettings, refuse: Refuse): QueueModelSettings {
  if (!queue) return byDefault
  const { kind, exponent } = queue
  if (kind === 'power' || kind === 'power2' || kind === 'power3') return { kind, exponent: exponent ?? 3 }
  return exponent === undefined ? { kind } : refuse('/queue/exponent', `is no parameter of ${kind}`)
}

function refillOf(refill: ModelsFile['refill']): RefillSettings {
  const { probability, halfLife } = { ...DEFAULT_REFILL, ...refill }
  if (typeof halfLife !== 'string') return { probability, halfLife }
  return {
    probability,
    halfLife: halfLife === 'never' ? 'never' : (parseDuration(halfLife) ?? DEFAULT_REFILL.halfLife)
  }
}

function reactionOf({ kind, ...parameters }: NonNullable<ModelsFile['reaction']>, refuse: Refuse): ReactionSettings {
  if (kind === 'none') return { kind }
  const settings: Record<string, unknown> = { ...REACTION_DEFAULTS[kind] }
  for (const [name, value] of Object.entries(parameters)) {
    if (!(name in settings)) {
      const known = Object.keys(settings).filter((key) => key !== 'kind')
      return refuse(`/reaction/${name}`, `is no parameter of ${kind}; its are ${known.join(', ')}`)
    }
    settings[name] = typeof value === 'string' ? parseDuration(value) : value
  }
  const reaction = settings as ReactionSettings
  const fault = reactionFault(reaction)
  return fault === undefined ? reaction : refuse('/reaction', fault)
}
