import type { CommandModule } from 'yargs'
import type { CalibrateArguments } from './run-calibrate.js'
import { wholeNumber } from './whole-number.js'

/** `paperpit calibrate`: the models' parameters as a tape has them. */
export const calibrateCommand: CommandModule<object, CalibrateArguments> = {
  command: 'calibrate <tape..>',
  describe: 'Estimate volatility, volume, spread, refill and price impact from tapes',
  builder: (yargs) =>
    yargs
      .positional('tape', { type: 'string', array: true, demandOption: true, describe: 'tapes, replayed together' })
      .option('day', {
        type: 'string',
        requiresArg: true,
        default: '6.5h',
        describe: 'length of a trading day: 6.5h for US shares, 24h for a market that never closes'
      })
      .option('exponent', {
        type: 'number',
        requiresArg: true,
        default: 0.6,
        describe: 'delta: impact of a trade goes with v^delta'
      })
      .option('seed', {
        type: 'number',
        requiresArg: true,
        default: 1,
        coerce: wholeNumber('seed', 0),
        describe: 'seed of the bootstrap'
      })
      .option('html', { type: 'string', requiresArg: true, describe: 'page with pictures to write' })
      .option('config', { type: 'string', requiresArg: true, describe: 'part of venue.yaml to write' })
      .option('json', { type: 'boolean', default: false, describe: 'everything as JSON on stdout' })
      .example('$0 calibrate goog.arrow --html goog.html', 'table on the terminal, pictures in a page')
      .example('$0 calibrate btc.arrow --day 24h --config btc.yaml', 'for a market that never closes'),
  async handler(args) {
    const { runCalibrate } = await import('./run-calibrate.js')
    runCalibrate(args)
  }
}
