import type { CommandModule } from 'yargs'
import type { TapeInfoArguments } from './run-tape-info.js'

/** `paperpit tape info`: what is on a tape. */
export const tapeInfoCommand: CommandModule<object, TapeInfoArguments> = {
  command: 'info <file>',
  describe: 'Say what is on a tape: span, events, trades, spread, depth, gaps, crossed states',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'the tape' })
      .option('picture', {
        type: 'string',
        requiresArg: true,
        describe: 'writes a page (HTML, self-contained) with prices, volumes, spread and depth over time'
      })
      .option('json', { type: 'boolean', default: false, describe: 'as JSON' })
      .example('$0 tape info day.arrow', '')
      .example('$0 tape info day.arrow --picture day.html', ''),
  async handler(args) {
    const { runTapeInfo } = await import('./run-tape-info.js')
    runTapeInfo(args)
  }
}
