import type { Argv } from 'yargs'
import { UserError } from '../base/user-error.js'
import { LATENCY_FORMS } from '../exchange/models/latency/latency-text.js'
import type { ModelSettings, Preset, QueueModelSettings } from '../exchange/models/settings.js'
import { latencySettings } from '../venue/config/latency-section.js'
import { PRESETS } from '../venue/config/venue-config.js'
import { wholeNumber } from './whole-number.js'

/** The options of every command that lets a market be simulated. */
export interface ModelArguments {
  readonly preset: string | undefined
  readonly queue: string | undefined
  readonly latency: string | undefined
  readonly seed: number | undefined
}

export function modelOptions<T>(yargs: Argv<T>): Argv<T & ModelArguments> {
  return yargs
    .option('preset', {
      choices: PRESETS,
      requiresArg: true,
      describe:
        'observer: the tape is not touched; consume: what clients take is gone until the feed brings more; ' +
        'consume+refill: and partly returns; impact: and prices react'
    })
    .option('queue', {
      type: 'string',
      requiresArg: true,
      describe: 'where cancellations stood: riskAverse, power(3), power2(3), power3(3), log or log2'
    })
    .option('latency', {
      type: 'string',
      requiresArg: true,
      describe: `client to exchange and back, each, or for the two ways "250us,1ms": ${LATENCY_FORMS}`
    })
    .option('seed', {
      type: 'number',
      requiresArg: true,
      coerce: wholeNumber('seed', 0),
      describe: 'seed of every random draw'
    })
}

/** The models of a configuration with what the command line says instead. @throws UserError for a latency or queue that is none */
export function withModelArguments(models: ModelSettings, args: ModelArguments): ModelSettings {
  const { preset, queue, latency, seed } = args
  return {
    ...models,
    ...(preset === undefined ? {} : { preset: preset as Preset }),
    ...(queue === undefined ? {} : { queue: queueOf(queue) }),
    ...(latency === undefined ? {} : { latency: latencyOf(latency) }),
    ...(seed === undefined ? {} : { seed })
  }
}

function queueOf(text: string): QueueModelSettings {
  const match = /^(riskAverse|log2?|power[23]?)(?:\((\d)\))?$/.exec(text)
  const kind = match?.[1]
  const exponent = match?.[2] === undefined ? undefined : Number(match[2])
  if ((kind === 'riskAverse' || kind === 'log' || kind === 'log2') && exponent === undefined) return { kind }
  if ((kind === 'power' || kind === 'power2' || kind === 'power3') && (exponent ?? 3) >= 1 && (exponent ?? 3) <= 8)
    return { kind, exponent: exponent ?? 3 }
  throw new UserError(
    `--queue "${text}": expected riskAverse, log, log2, or power, power2 or power3 with an exponent from 1 to 8: power(3)`
  )
}

function latencyOf(text: string): ModelSettings['latency'] {
  // A comma inside of parentheses belongs to the distribution.
  const parts = text.split(/,(?![^(]*\))/)
  const [inbound, outbound = inbound] = parts
  const refuse = (_path: string, fault: string): never => {
    throw new UserError(
      `--latency "${text}": ${fault.startsWith('must be') ? `expected a duration such as ${LATENCY_FORMS}, or two of them: 250us,1ms` : fault}`
    )
  }
  if (parts.length > 2) refuse('', 'must be')
  return latencySettings({ inbound, outbound }, refuse)
}
