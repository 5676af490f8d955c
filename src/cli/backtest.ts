import type { CommandModule } from 'yargs'
import { DEFAULT_START } from './market-span.js'
import { modelOptions } from './model-options.js'
import type { BacktestArguments } from './run-backtest.js'
import { wholeNumber } from './whole-number.js'

/** `paperpit backtest`: an order file against a tape, as fast as it goes. */
export const backtestCommand: CommandModule<object, BacktestArguments> = {
  command: 'backtest',
  describe: 'Run an order file against tapes or a scenario and write what became of each order',
  builder: (yargs) =>
    modelOptions(
      yargs
        .option('tape', { type: 'string', array: true, requiresArg: true, describe: 'tapes to run against' })
        .option('scenario', {
          type: 'string',
          requiresArg: true,
          conflicts: 'tape',
          describe: 'instead of tapes: a market of agents, by name (calm, volatile, ...) or file'
        })
        .option('scenario-seed', {
          type: 'number',
          requiresArg: true,
          coerce: wholeNumber('scenario-seed', 0),
          describe: "instead of the scenario's seed"
        })
        .option('duration', {
          type: 'string',
          requiresArg: true,
          implies: 'scenario',
          describe: 'of the scenario, such as 10m or 1h (default 1h)'
        })
        .option('start', {
          type: 'string',
          default: DEFAULT_START,
          requiresArg: true,
          describe: 'when the scenario begins, ISO 8601'
        })
        .option('orders', {
          type: 'string',
          demandOption: true,
          requiresArg: true,
          describe: 'CSV: time,clOrdId,action,symbol,side,type,qty,price,tif and FIX field names'
        })
        .option('config', {
          type: 'string',
          requiresArg: true,
          describe: 'configuration file whose models and trading rules hold; see config/venue.yaml'
        })
        .option('out', { type: 'string', requiresArg: true, describe: 'fills.csv; stdout when left out' })
        .option('journal', {
          type: 'string',
          requiresArg: true,
          describe: 'record the run for `paperpit tca`; must not exist'
        })
        .option('json', { type: 'boolean', default: false, describe: 'summary as JSON' })
    )
      .example('$0 backtest --tape goog.arrow --orders orders.csv --out fills.csv', '')
      .example('$0 backtest --scenario calm --duration 1h --orders orders.csv', '')
      .example(
        '$0 backtest --tape goog.arrow --orders orders.csv --preset observer --latency 0 --journal run.db',
        ''
      ) as never,
  async handler(args) {
    const { runBacktest } = await import('./run-backtest.js')
    await runBacktest(args)
  }
}
