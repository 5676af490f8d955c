import { readFileSync } from 'node:fs'
import { parseYaml, type ParsedYaml } from '../../base/parse-yaml.js'
import { UserError } from '../../base/user-error.js'
import { ConfigSchema, type ConfigFile } from './config-schema.js'
import { fixSection } from './fix-section.js'
import { liveSection } from './live-section.js'
import { modelsSection } from './models-section.js'
import { tradingSection } from './trading-section.js'
import { DEFAULT_CONFIG, type MarketConfig, type VenueConfig } from './venue-config.js'

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
  const { fix = {}, market = {}, models = {}, trading = {}, journal = {} } = value
  const defaults = DEFAULT_CONFIG
  if (market.synthetic && market.tapes)
    throw new UserError('/market has both synthetic and tapes: one of them', { file })
  if (market.live && (market.synthetic ?? market.tapes))
    throw new UserError(`/market has both live and ${market.synthetic ? 'synthetic' : 'tapes'}: one of them`, { file })
  if (market.scenario !== undefined && (market.synthetic ?? market.tapes ?? market.live))
    throw new UserError('/market has a scenario and another market: one of them', positionOf('/market/scenario'))
  if (market.seed !== undefined && market.scenario === undefined)
    throw new UserError('/market/seed is of a scenario: name one', positionOf('/market/seed'))
  if (market.loop && !market.tapes)
    throw new UserError('/market/loop is of tapes: other markets run for ever', positionOf('/market/loop'))
  if (market.live && (market.speed ?? 1) !== 1)
    throw new UserError('/market/speed must be 1: a live market runs by the wall clock', positionOf('/market/speed'))
  return {
    fix: fixSection(fix, positionOf),
    market: marketOf(market, positionOf),
    speed: market.speed ?? defaults.speed,
    startOn: market.startOn,
    models: modelsSection(models, defaults.models, positionOf),
    trading: tradingSection(trading, positionOf),
    journal: { path: journal.path }
  }
}

function marketOf(
  { tapes, loop, live, synthetic, scenario, seed }: NonNullable<ConfigFile['market']>,
  positionOf: ParsedYaml<ConfigFile>['positionOf']
): MarketConfig {
  if (tapes) return { kind: 'tape', files: tapes, loop }
  if (scenario !== undefined) return { kind: 'scenario', scenario, seed }
  if (live) return { kind: 'live', feeds: liveSection(live, positionOf) }
  return { kind: 'synthetic', seed: synthetic?.seed ?? 1 }
}
