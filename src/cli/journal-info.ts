import type { CommandModule } from 'yargs'
import type { JournalInfoArguments } from './run-journal-info.js'

/** `paperpit journal info`: span, runs, sessions, counts and assumptions of a journal. */
export const journalInfoCommand: CommandModule<object, JournalInfoArguments> = {
  command: 'info <journal>',
  describe: 'Show what a journal holds',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal file' })
      .option('derive', {
        type: 'boolean',
        default: false,
        describe: 'first make the tables for SQLite tools anew (orders, executions, messages, ...)'
      })
      .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
      .example('$0 journal info journal/monday.db', 'a summary')
      .example('$0 journal info journal/monday.db --derive', 'after a crash: bring its SQL tables up to date'),
  async handler(args) {
    const { runJournalInfo } = await import('./run-journal-info.js')
    runJournalInfo(args)
  }
}
