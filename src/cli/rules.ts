import type { CommandModule } from 'yargs'

interface RulesArguments {
  readonly dictionary: string | undefined
  readonly out: string | undefined
}

/** `paperpit rules`: the rules of engagement, to be sent to a counterparty. */
export const rulesCommand: CommandModule<object, RulesArguments> = {
  command: 'rules',
  describe: 'Write the rules of engagement as Markdown: messages, fields, every reject with its code and text',
  builder: (yargs) =>
    yargs
      .option('dictionary', { type: 'string', requiresArg: true, describe: 'another dictionary than the venue’s' })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write; stdout when left out' })
      .example('$0 rules --out rules-of-engagement.md', ''),
  async handler({ dictionary, out }) {
    const [{ rulesOfEngagement }, { readDictionary }, { VENUE_DICTIONARY }, { LineFile }] = await Promise.all([
      import('../gateway/rules-of-engagement.js'),
      import('../fix/dictionary/load-dictionary.js'),
      import('../venue/serve/venue-dictionary.js'),
      import('./line-file.js')
    ])
    const file = new LineFile(out)
    file.append(rulesOfEngagement(readDictionary(dictionary ?? VENUE_DICTIONARY)))
    file.close()
  }
}
