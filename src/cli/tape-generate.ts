import type { CommandModule } from 'yargs'
import { DEFAULT_START } from './market-span.js'
import type { TapeGenerateArguments } from './run-tape-generate.js'

/** `paperpit tape generate`: a stretch of the synthetic market as a tape. */
export const tapeGenerateCommand: CommandModule<object, TapeGenerateArguments> = {
  command: 'generate',
  describe: 'Write a stretch of the synthetic market as a tape',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'the tape to write' })
      .option('symbols', {
        type: 'string',
        requiresArg: true,
        describe: 'comma-separated; default AAPL,MSFT,GOOG,AMZN,TSLA'
      })
      .option('scenario', {
        type: 'string',
        requiresArg: true,
        conflicts: 'symbols',
        describe: 'a market of agents instead, by name (calm, volatile, ...) or file'
      })
      .option('duration', { type: 'string', default: '1h', requiresArg: true, describe: 'such as 90s, 10m, 6.5h' })
      .option('seed', { type: 'number', requiresArg: true, describe: 'the same seed gives the same tape' })
      .option('start', {
        type: 'string',
        default: DEFAULT_START,
        requiresArg: true,
        describe: 'time of the first event, ISO 8601'
      })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape generate --symbols AAPL,MSFT --duration 30m --seed 7 --out market.arrow', '')
      .example('$0 tape generate --scenario volatile --duration 1h --out volatile.arrow', ''),
  async handler(args) {
    const { runTapeGenerate } = await import('./run-tape-generate.js')
    await runTapeGenerate(args)
  }
}
