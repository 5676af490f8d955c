import type { CommandModule } from 'yargs'
import { tapeCheckCommand } from './tape-check.js'
import { tapeCutCommand } from './tape-cut.js'
import { tapeFeaturesCommand } from './tape-features.js'
import { tapeGenerateCommand } from './tape-generate.js'
import { tapeImportCommand } from './tape-import.js'
import { tapeInfoCommand } from './tape-info.js'
import { tapeMergeCommand } from './tape-merge.js'

/** `paperpit tape`: market data as files. */
export const tapeCommand: CommandModule = {
  command: 'tape',
  describe: 'Import, inspect, check, cut, merge and generate tapes: market data as Arrow files',
  builder: (yargs) =>
    yargs
      .command(tapeImportCommand)
      .command(tapeInfoCommand)
      .command(tapeCheckCommand)
      .command(tapeCutCommand)
      .command(tapeMergeCommand)
      .command(tapeFeaturesCommand)
      .command(tapeGenerateCommand)
      .demandCommand(1, 'Name what to do with tapes: import, info, check, cut, merge, features or generate.'),
  handler: () => undefined
}
