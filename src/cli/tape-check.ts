import type { CommandModule } from 'yargs'
import { FORMAT_NAMES } from '../market/readers/format-names.js'
import type { TapeCheckArguments } from './run-tape-check.js'

/** `paperpit tape check`: whether a tape, or what a vendor sent, can be. */
export const tapeCheckCommand: CommandModule<object, TapeCheckArguments> = {
  command: 'check <files..>',
  describe:
    'Check what must hold on a tape, by row; of a vendor’s files, by line: exit code 1 where something does not',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'a tape, or vendor files of one import'
      })
      .option('format', { choices: FORMAT_NAMES, describe: 'of vendor files; told by the content when left out' })
      .option('mapping', {
        type: 'string',
        requiresArg: true,
        describe: 'YAML that says what the columns of a CSV mean'
      })
      .option('json', { type: 'boolean', default: false, describe: 'as JSON' })
      .example('$0 tape check day.arrow', '')
      .example('$0 tape check feed.jsonl.gz', 'reads the recording as an import does, and writes no tape'),
  async handler(args) {
    const { runTapeCheck } = await import('./run-tape-check.js')
    await runTapeCheck(args)
  }
}
