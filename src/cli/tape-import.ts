import type { CommandModule } from 'yargs'
import { FORMAT_NAMES } from '../market/readers/format-names.js'
import type { TapeImportArguments } from './run-tape-import.js'

/** `paperpit tape import`: a vendor's files become a tape. */
export const tapeImportCommand: CommandModule<object, TapeImportArguments> = {
  command: 'import <files..>',
  describe: 'Turn a vendor’s files into a tape',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe:
          'the files of one import together, plain or packed (gz, zip, zst); LOBSTER: the message and the orderbook file'
      })
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'the tape to write' })
      .option('format', { choices: FORMAT_NAMES, describe: 'told by the content when left out' })
      .option('feed', {
        choices: ['l3', 'l2', 'l1'],
        describe:
          'l3: single orders, with queues as they were; l2: price levels and prints; default: all the files tell'
      })
      .option('symbol', {
        type: 'string',
        requiresArg: true,
        describe: 'default: as the files say; of several, those to read: A,B'
      })
      .option('date', {
        type: 'string',
        requiresArg: true,
        describe: 'YYYY-MM-DD in the market’s time zone; default: as the file name says'
      })
      .option('tick', {
        type: 'string',
        requiresArg: true,
        describe: 'minimum price increment; default: as the files say'
      })
      .option('lot', { type: 'string', requiresArg: true, describe: 'minimum quantity increment; default 1' })
      .option('quote-unit', {
        type: 'string',
        requiresArg: true,
        describe: 'quotes as CSV: what their sizes count, 100 for round lots of shares; default 1'
      })
      .option('currency', { type: 'string', requiresArg: true, describe: 'ISO 4217; default USD' })
      .option('market', {
        type: 'string',
        requiresArg: true,
        describe: 'ISO 10383 market code; default: as the files say'
      })
      .option('mapping', {
        type: 'string',
        requiresArg: true,
        describe: 'YAML that says what the columns of a CSV mean; implies --format csv'
      })
      .option('time-zone', {
        type: 'string',
        requiresArg: true,
        describe: 'of times that carry none, such as Europe/Paris; default: as the format or the mapping says'
      })
      .option('on-error', {
        choices: ['stop', 'skip', 'repair'],
        describe: 'bad data: stop at it, leave it out, or make the best of it; default: by kind of fault'
      })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape import MESSAGE.csv.gz ORDERBOOK.csv.gz --out day.arrow', 'a LOBSTER day, order by order')
      .example('$0 tape import MESSAGE.csv.gz ORDERBOOK.csv.gz --feed l2 --out day.arrow', 'the same as price levels')
      .example('$0 tape import day.mbo.dbn.zst definition.dbn.zst --out day.arrow', 'Databento, with ticks as defined')
      .example(
        '$0 tape import 01302020.NASDAQ_ITCH50.gz --symbol AAPL,MSFT --out day.arrow',
        'two stocks of NASDAQ ITCH'
      )
      .example('$0 tape import quotes.zip trades.zip --out day.arrow', 'quotes and trades as one tape')
      .example('$0 tape import book.csv --mapping vendor.yaml --out day.arrow', 'any CSV'),
  async handler(args) {
    const { runTapeImport } = await import('./run-tape-import.js')
    await runTapeImport(args)
  }
}
