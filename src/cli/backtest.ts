import type { CommandModule } from 'yargs'
import { modelOptions, type ModelArguments } from './model-options.js'

export interface BacktestArguments extends ModelArguments {
  readonly tape: readonly string[]
  readonly orders: string
  readonly config: string | undefined
  readonly out: string | undefined
  readonly journal: string | undefined
  readonly json: boolean
}

/** `paperpit backtest`: an order file against a tape, as fast as it goes. */
export const backtestCommand: CommandModule<object, BacktestArguments> = {
  command: 'backtest',
  describe: 'Run an order file against tapes and write what became of each order',
  builder: (yargs) =>
    modelOptions(
      yargs
        .option('tape', { type: 'string', array: true, demandOption: true, describe: 'tapes to run against' })
        .option('orders', {
          type: 'string',
          demandOption: true,
          describe: 'CSV: time,clOrdId,action,symbol,side,type,qty,price,tif and FIX field names'
        })
        .option('config', { type: 'string', describe: 'configuration file whose models hold; see config/venue.yaml' })
        .option('out', { type: 'string', describe: 'fills.csv; stdout when left out' })
        .option('journal', { type: 'string', describe: 'record the run for `paperpit tca`; must not exist' })
        .option('json', { type: 'boolean', default: false, describe: 'summary as JSON' })
    )
      .example('$0 backtest --tape goog.arrow --orders orders.csv --out fills.csv', '')
      .example('$0 backtest --tape goog.arrow --orders orders.csv --preset observer --latency 0 --journal run.db', ''),
  async handler(args) {
    const { runBacktest } = await import('./run-backtest.js')
    await runBacktest(args)
  }
}
