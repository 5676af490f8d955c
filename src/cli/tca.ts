import type { CommandModule } from 'yargs'
import type { TcaArguments } from './run-tca.js'
import { TCA_FORMATS } from './tca-format.js'
import { wholeNumber } from './whole-number.js'

/** `paperpit tca`: what the orders of a recorded session cost, and why. */
export const tcaCommand: CommandModule<object, TcaArguments> = {
  command: 'tca <journal>',
  describe: 'Explain what the orders of a recorded session cost',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal of the session' })
      .option('format', {
        choices: TCA_FORMATS,
        describe:
          'text, json (everything), csv (a row per order), html (one file with pictures); else by the name of --out'
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write; stdout when left out' })
      .option('parent-quantity', {
        choices: ['sum', 'peak'] as const,
        default: 'sum' as const,
        describe: 'quantity of a parent: all that its orders asked for, or the most executed or working at one time'
      })
      .option('parents', {
        type: 'number',
        requiresArg: true,
        coerce: wholeNumber('parents', 0),
        describe: 'parents in the text table or with pictures, largest cost first'
      })
      .example('$0 tca journal/2026-11-20.db', 'tables on the terminal')
      .example('$0 tca journal/2026-11-20.db --out report.html', 'a report to send around')
      .example('$0 tca journal/2026-11-20.db --format json | jq .summary', '')
      .example('$0 tca run.db --parent-quantity peak', 'for an algorithm that sends canceled quantity again'),
  async handler(args) {
    const { runTca } = await import('./run-tca.js')
    runTca(args)
  }
}
