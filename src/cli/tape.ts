import type { CommandModule } from 'yargs'
import { tapeCutCommand } from './tape-cut.js'
import { tapeGenerateCommand } from './tape-generate.js'
import { tapeImportCommand } from './tape-import.js'
import { tapeInfoCommand } from './tape-info.js'

/** `paperpit tape`: market data as files. */
export const tapeCommand: CommandModule = {
  command: 'tape',
  describe: 'Import, inspect, cut and generate tapes: market data as Arrow files',
  builder: (yargs) =>
    yargs
      .command(tapeImportCommand)
      .command(tapeInfoCommand)
      .command(tapeCutCommand)
      .command(tapeGenerateCommand)
      .demandCommand(1, 'Name what to do with tapes: import, info, cut or generate.'),
  handler: () => undefined
}
