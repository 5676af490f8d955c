import { readFileSync } from 'node:fs'
import { parseDuration } from '../../base/duration.js'
import { UserError } from '../../base/user-error.js'
import type { QueueModelSettings } from '../../exchange/models/settings.js'
import { ConfigSchema, type ConfigFile } from './config-schema.js'
import { fixSection } from './fix-section.js'
import { parseYaml, type ParsedYaml } from './parse-yaml.js'
import { DEFAULT_CONFIG, DEFAULT_LATENCY, DEFAULT_QUEUE, type VenueConfig } from './venue-config.js'

/**
 * Reads venue.yaml and fills in the defaults.
 * @throws UserError where the file cannot be read, is no YAML, has a wrong key or value (file:line:column), or where its
 * parts contradict each other.
 */
export function loadConfig(file: string): VenueConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError(`cannot be read: ${(cause as Error).message}`, { file }, { cause })
  }
  return withDefaults(parseYaml(text, file, ConfigSchema), file)
}

function withDefaults({ value, positionOf }: ParsedYaml<ConfigFile>, file: string): VenueConfig {
  const { fix = {}, market = {}, models = {}, journal = {} } = value
  const defaults = DEFAULT_CONFIG
  if (market.synthetic && market.tapes)
    throw new UserError('/market has both synthetic and tapes: one of them', { file })
  return {
    fix: fixSection(fix, positionOf),
    market: market.tapes
      ? { kind: 'tape', files: market.tapes }
      : { kind: 'synthetic', seed: market.synthetic?.seed ?? 1 },
    speed: market.speed ?? defaults.speed,
    startOn: market.startOn,
    models: {
      preset: models.preset ?? defaults.models.preset,
      queue: queueOf(models.queue),
      latency: {
        kind: 'constant',
        inbound: parseDuration(models.latency?.inbound ?? '0') ?? DEFAULT_LATENCY.inbound,
        outbound: parseDuration(models.latency?.outbound ?? '0') ?? DEFAULT_LATENCY.outbound
      },
      seed: models.seed ?? defaults.models.seed
    },
    journal: { path: journal.path }
  }
}

function queueOf(queue: { kind: string; exponent?: number } | undefined): QueueModelSettings {
  if (!queue) return DEFAULT_QUEUE
  return queue.kind === 'riskAverse' ? { kind: 'riskAverse' } : { kind: 'power', exponent: queue.exponent ?? 3 }
}
