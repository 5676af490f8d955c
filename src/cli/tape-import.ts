import type { CommandModule } from 'yargs'

export interface TapeImportArguments {
  readonly files: readonly string[]
  readonly out: string
  readonly format: string | undefined
  readonly feed: string | undefined
  readonly symbol: string | undefined
  readonly date: string | undefined
  readonly tick: string | undefined
  readonly lot: string | undefined
  readonly currency: string | undefined
  readonly market: string | undefined
  readonly json: boolean
}

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
        describe: 'the files of one day together, plain or gzipped; LOBSTER: the message and the orderbook file'
      })
      .option('out', { type: 'string', demandOption: true, requiresArg: true, describe: 'the tape to write' })
      .option('format', { choices: ['lobster'], describe: 'told by the content when left out' })
      .option('feed', {
        choices: ['l3', 'l2'],
        default: 'l3',
        describe: 'l3: single orders, with queues as they were; l2: price levels and prints'
      })
      .option('symbol', { type: 'string', requiresArg: true, describe: 'default: as the file name says' })
      .option('date', {
        type: 'string',
        requiresArg: true,
        describe: 'YYYY-MM-DD in the market’s time zone; default: as the file name says'
      })
      .option('tick', { type: 'string', requiresArg: true, describe: 'minimum price increment; default 0.01' })
      .option('lot', { type: 'string', requiresArg: true, describe: 'minimum quantity increment; default 1' })
      .option('currency', { type: 'string', requiresArg: true, describe: 'ISO 4217; default USD' })
      .option('market', { type: 'string', requiresArg: true, describe: 'ISO 10383 market code; default XNAS' })
      .option('json', { type: 'boolean', default: false, describe: 'what was done as JSON' })
      .example('$0 tape import MESSAGE.csv.gz ORDERBOOK.csv.gz --out day.arrow', 'a LOBSTER day, order by order')
      .example('$0 tape import MESSAGE.csv.gz ORDERBOOK.csv.gz --feed l2 --out day.arrow', 'the same as price levels'),
  async handler(args) {
    const { runTapeImport } = await import('./run-tape-import.js')
    await runTapeImport(args)
  }
}
