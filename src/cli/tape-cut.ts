import type { CommandModule } from 'yargs'
import type { TapeCutArguments } from './run-tape-cut.js'

/** `paperpit tape cut`: a stretch of a tape as a tape of its own. */
export const tapeCutCommand: CommandModule<object, TapeCutArguments> = {
  command: 'cut <file>',
  describe: 'Write a stretch of a tape, or some of its symbols, as a tape of its own',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'the tape' })
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'the tape to write' })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'first moment: 09:45:30 in the market’s time zone, or 2012-06-21T13:45:30Z'
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'last moment' })
      .option('symbols', { type: 'string', requiresArg: true, describe: 'comma-separated; default all' })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape cut day.arrow --from 09:45 --to 10:00 --out quarter.arrow', ''),
  async handler(args) {
    const { runTapeCut } = await import('./run-tape-cut.js')
    runTapeCut(args)
  }
}
