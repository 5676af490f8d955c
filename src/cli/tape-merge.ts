import type { CommandModule } from 'yargs'
import type { TapeMergeArguments } from './run-tape-merge.js'

/** `paperpit tape merge`: several tapes as one. */
export const tapeMergeCommand: CommandModule<object, TapeMergeArguments> = {
  command: 'merge <files..>',
  describe: 'Write several tapes as one, in time order: instruments side by side, days one after the other',
  builder: (yargs) =>
    yargs
      .positional('files', { type: 'string', array: true, demandOption: true, describe: 'the tapes' })
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'the tape to write' })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape merge aapl.arrow msft.arrow --out both.arrow', ''),
  async handler(args) {
    const { runTapeMerge } = await import('./run-tape-merge.js')
    runTapeMerge(args)
  }
}
