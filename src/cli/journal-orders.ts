import type { CommandModule } from 'yargs'
import type { JournalOrdersArguments } from './run-journal-orders.js'

/** `paperpit journal orders`: one line per order that the exchange accepted. */
export const journalOrdersCommand: CommandModule<object, JournalOrdersArguments> = {
  command: 'orders <journal>',
  describe: 'List the orders of a journal with their status, filled quantity and average price',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal file' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object per line' })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write to instead of the terminal' })
      .example('$0 journal orders journal/monday.db', 'all orders')
      .example('$0 journal orders journal/monday.db --json | grep AAPL', 'for another program'),
  async handler(args) {
    const { runJournalOrders } = await import('./run-journal-orders.js')
    runJournalOrders(args)
  }
}
