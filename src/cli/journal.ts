import type { CommandModule } from 'yargs'
import { journalFeaturesCommand } from './journal-features.js'
import { journalInfoCommand } from './journal-info.js'
import { journalMessagesCommand } from './journal-messages.js'
import { journalOrdersCommand } from './journal-orders.js'

/** `paperpit journal`: what a recorded session holds. */
export const journalCommand: CommandModule = {
  command: 'journal <command>',
  describe: 'Look into the journal of a session: summary, FIX messages, orders, features',
  builder: (yargs) =>
    yargs
      .command(journalInfoCommand)
      .command(journalMessagesCommand)
      .command(journalOrdersCommand)
      .command(journalFeaturesCommand)
      .demandCommand(1, 'Name what to show: info, messages, orders or features.'),
  handler() {
    // One of the commands above is always named.
  }
}
