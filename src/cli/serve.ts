import type { CommandModule } from 'yargs'
import { UserError } from '../base/user-error.js'
import type { MarketConfig, StartOn, VenueConfig } from '../venue/config/venue-config.js'
import { DEFAULT_CONFIG } from '../venue/config/venue-config.js'
import { parseSpeed } from './speed-option.js'
import { modelOptions, withModelArguments, type ModelArguments } from './model-options.js'
import { wholeNumber } from './whole-number.js'

interface ServeArguments extends ModelArguments {
  readonly config: string | undefined
  readonly tape: readonly string[] | undefined
  readonly loop: boolean | undefined
  readonly scenario: string | undefined
  readonly speed: string | undefined
  readonly startOn: string | undefined
  readonly console: boolean
  readonly host: string | undefined
  readonly port: number | undefined
  readonly journal: string | undefined
  readonly logLevel: string
}

/** `paperpit serve`: the venue, until it is told to stop. */
export const serveCommand: CommandModule<object, ServeArguments> = {
  command: 'serve',
  describe: 'Put the venue up: FIX 4.4 in front of a replayed or synthetic market',
  builder: (yargs) =>
    modelOptions(
      yargs
        .option('config', {
          type: 'string',
          requiresArg: true,
          describe: 'configuration file; see config/venue.yaml'
        })
        .option('tape', {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'tapes to replay instead of the synthetic market'
        })
        .option('loop', {
          type: 'boolean',
          describe: 'tapes begin anew at their end, as another day; DAY orders expire in between'
        })
        .option('scenario', {
          type: 'string',
          requiresArg: true,
          conflicts: 'tape',
          describe:
            'a market of agents: calm, volatile, thin, trending, flash-crash, opening-auction, feed-outage, or a file'
        })
        .option('speed', {
          type: 'string',
          requiresArg: true,
          describe: 'times wall time, or max, or lockstep (time moves as TransactTime says)'
        })
        .option('start-on', {
          choices: ['listen', 'logon'] as const,
          describe: 'when the market starts to run: with the venue, or with the first Logon (default for --speed max)'
        })
        .option('console', {
          type: 'boolean',
          default: false,
          describe: 'take commands for the replay on standard input, a line each: pause, resume, step, seek, loop, help'
        })
        .option('host', {
          type: 'string',
          requiresArg: true,
          describe: 'address to listen on; other than loopback needs named sessions'
        })
        .option('port', {
          type: 'number',
          requiresArg: true,
          coerce: wholeNumber('port', 0, 65_535),
          describe: 'FIX port (9878); 0: any that is free'
        })
        .option('journal', {
          type: 'string',
          requiresArg: true,
          describe: 'journal file; one that exists is continued'
        })
        .option('log-level', { type: 'string', default: 'info', choices: ['debug', 'info', 'warn', 'error', 'silent'] })
    )
      .example('$0 serve', 'a synthetic market of five symbols on 127.0.0.1:9878')
      .example('$0 serve --tape goog.arrow --speed 10', 'a recorded day, ten times as fast')
      .example('$0 serve --tape goog.arrow --speed max --loop', 'day after day')
      .example('$0 serve --tape goog.arrow --console', 'type pause, step 10, seek -30s, resume')
      .example('$0 serve --scenario flash-crash', 'agents, news and a halt')
      .example('$0 serve --config my-venue.yaml --journal journal/monday.db', '') as never,
  async handler(args) {
    const { runServe } = await import('./run-serve.js')
    await runServe(await configOf(args), args)
  }
}

async function configOf(args: ServeArguments): Promise<VenueConfig> {
  const config = args.config === undefined ? DEFAULT_CONFIG : await load(args.config)
  return {
    ...config,
    fix: { ...config.fix, host: args.host ?? config.fix.host, port: args.port ?? config.fix.port },
    market: marketOf(config.market, args),
    speed: args.speed === undefined ? config.speed : parseSpeed(args.speed),
    startOn: (args.startOn as StartOn | undefined) ?? config.startOn,
    models: withModelArguments(config.models, args),
    journal: { path: args.journal ?? config.journal.path }
  }
}

function marketOf(market: MarketConfig, { tape, scenario, loop }: ServeArguments): MarketConfig {
  if (scenario !== undefined) {
    if (loop) throw new UserError('--loop is of tapes: a scenario runs for ever')
    return { kind: 'scenario', scenario }
  }
  const chosen: MarketConfig = tape === undefined ? market : { kind: 'tape', files: tape }
  if (loop === undefined) return chosen
  if (chosen.kind !== 'tape') throw new UserError('--loop is of tapes: name them with --tape')
  return { ...chosen, loop }
}

async function load(file: string): Promise<VenueConfig> {
  const { loadConfig } = await import('../venue/config/load-config.js')
  return loadConfig(file)
}
