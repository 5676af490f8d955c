import type { CommandModule } from 'yargs'

export interface TapeFeaturesArguments {
  readonly file: string
  readonly out: string
  readonly every: string
  readonly window: string
  readonly json: boolean
}

/** `paperpit tape features`: what a model sees of a tape, as a table. */
export const tapeFeaturesCommand: CommandModule<object, TapeFeaturesArguments> = {
  command: 'features <file>',
  describe: 'Write microprice, imbalances, spread, depth, trade flow and realised variance of a tape as a table',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'the tape' })
      .option('out', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'the table to write: CSV, or Arrow where the name ends with .arrow'
      })
      .option('every', {
        type: 'string',
        default: '1s',
        requiresArg: true,
        describe: 'a row of each symbol at every interval such as 100ms, 1s, 1m; or "event"'
      })
      .option('window', {
        type: 'string',
        default: '1m',
        requiresArg: true,
        describe: 'how far back trade flow and realised variance look'
      })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape features day.arrow --every 1s --out features.csv', '')
      .example('$0 tape features day.arrow --every event --window 10s --out features.arrow', ''),
  async handler(args) {
    const { runTapeFeatures } = await import('./run-tape-features.js')
    runTapeFeatures(args)
  }
}
