import type { CommandModule } from 'yargs'
import { journalInfoCommand } from './journal-info.js'
import { journalMessagesCommand } from './journal-messages.js'
import { journalOrdersCommand } from './journal-orders.js'

/** `paperpit journal`: what a recorded session holds. */
export const journalCommand: CommandModule = {
  command: 'journal <command>',
  describe: 'Look into the journal of a session: summary, FIX messages, orders',
  builder: (yargs) =>
    yargs
      .command(journalInfoCommand)
      .command(journalMessagesCommand)
      .command(journalOrdersCommand)
      .demandCommand(1, 'Name what to show: info, messages or orders.'),
  handler() {
    // One of the commands above is always named.
  }
}
