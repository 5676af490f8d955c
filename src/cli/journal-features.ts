import type { CommandModule } from 'yargs'

export interface JournalFeaturesArguments {
  readonly journal: string
  readonly out: string | undefined
  readonly window: string
  readonly tape: readonly string[] | undefined
}

/** `paperpit journal features`: what the market looked like at each moment of the orders. */
export const journalFeaturesCommand: CommandModule<object, JournalFeaturesArguments> = {
  command: 'features <journal>',
  describe: 'Write the market’s features, and the queue ahead, at decision, arrival and fills of each order, as CSV',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal file' })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write to instead of the terminal' })
      .option('window', {
        type: 'string',
        default: '1m',
        requiresArg: true,
        describe: 'how far back trade flow and realised variance look'
      })
      .option('tape', {
        type: 'string',
        array: true,
        describe: 'where the tapes of the journal are now, in its order, if they were moved'
      })
      .example('$0 journal features journal/monday.db --out features.csv', ''),
  async handler({ journal, out, window, tape }) {
    const { openJournalReader } = await import('../journal/open-journal-reader.js')
    const { orderFeatureTable } = await import('../venue/features/order-feature-table.js')
    const { recordedMarket } = await import('../venue/rerun/recorded-market.js')
    const { durationOption } = await import('./duration-option.js')
    const { LineFile } = await import('./line-file.js')
    const back = durationOption('window', window)
    const reader = openJournalReader(journal)
    try {
      const market = await recordedMarket(reader, tape)
      const file = new LineFile(out)
      orderFeatureTable(reader, market, back, (line) => file.write(line))
      file.close()
    } finally {
      reader.close()
    }
  }
}
