import type { Argv } from 'yargs'
import { parseDuration } from '../base/duration.js'
import { UserError } from '../base/user-error.js'
import type { ModelSettings, Preset } from '../exchange/models/settings.js'
import { PRESETS } from '../venue/config/venue-config.js'

/** The options of every command that lets a market be simulated. */
export interface ModelArguments {
  readonly preset: string | undefined
  readonly latency: string | undefined
  readonly seed: number | undefined
}

export function modelOptions<T>(yargs: Argv<T>): Argv<T & ModelArguments> {
  return yargs
    .option('preset', {
      choices: PRESETS,
      describe: 'observer: the tape is not touched; consume: what clients take is gone until the feed brings more'
    })
    .option('latency', {
      type: 'string',
      describe: 'client to exchange and back, each: "250us", or "250us,1ms" for the two ways; "0" for none'
    })
    .option('seed', { type: 'number', describe: 'seed of every random draw' })
}

/** The models of a configuration with what the command line says instead. @throws UserError for a latency that is none */
export function withModelArguments(models: ModelSettings, { preset, latency, seed }: ModelArguments): ModelSettings {
  return {
    ...models,
    ...(preset === undefined ? {} : { preset: preset as Preset }),
    ...(latency === undefined ? {} : { latency: latencyOf(latency) }),
    ...(seed === undefined ? {} : { seed })
  }
}

function latencyOf(text: string): ModelSettings['latency'] {
  const [inbound, outbound = inbound, ...rest] = text.split(',').map((part) => parseDuration(part))
  if (inbound === undefined || outbound === undefined || rest.length > 0) {
    throw new UserError(`--latency "${text}": expected a duration such as 0, 250us or 1.5ms, or two of them: 250us,1ms`)
  }
  return { kind: 'constant', inbound, outbound }
}
