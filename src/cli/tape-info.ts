import type { CommandModule } from 'yargs'

export interface TapeInfoArguments {
  readonly file: string
  readonly json: boolean
}

/** `paperpit tape info`: what is on a tape. */
export const tapeInfoCommand: CommandModule<object, TapeInfoArguments> = {
  command: 'info <file>',
  describe: 'Say what is on a tape: span, events, trades, spread, depth, gaps, crossed states',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'the tape' })
      .option('json', { type: 'boolean', default: false, describe: 'as JSON' })
      .example('$0 tape info day.arrow', ''),
  async handler(args) {
    const { runTapeInfo } = await import('./run-tape-info.js')
    runTapeInfo(args)
  }
}
