import type { CommandModule } from 'yargs'
import { DEFAULT_START } from './market-span.js'
import { modelOptions, type ModelArguments } from './model-options.js'

export interface BacktestArguments extends ModelArguments {
  readonly tape: readonly string[] | undefined
  readonly scenario: string | undefined
  readonly scenarioSeed: number | undefined
  readonly duration: string | undefined
  readonly start: string
  readonly orders: string
  readonly config: string | undefined
  readonly out: string | undefined
  readonly journal: string | undefined
  readonly json: boolean
}

/** `paperpit backtest`: an order file against a tape, as fast as it goes. */
export const backtestCommand: CommandModule<object, BacktestArguments> = {
  command: 'backtest',
  describe: 'Run an order file against tapes or a scenario and write what became of each order',
  builder: (yargs) =>
    modelOptions(
      yargs
        .option('tape', { type: 'string', array: true, describe: 'tapes to run against' })
        .option('scenario', {
          type: 'string',
          requiresArg: true,
          conflicts: 'tape',
          describe: 'instead of tapes: a market of agents, by name (calm, volatile, ...) or file'
        })
        .option('scenario-seed', { type: 'number', requiresArg: true, describe: "instead of the scenario's seed" })
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
          describe: 'CSV: time,clOrdId,action,symbol,side,type,qty,price,tif and FIX field names'
        })
        .option('config', { type: 'string', describe: 'configuration file whose models hold; see config/venue.yaml' })
        .option('out', { type: 'string', describe: 'fills.csv; stdout when left out' })
        .option('journal', { type: 'string', describe: 'record the run for `paperpit tca`; must not exist' })
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
