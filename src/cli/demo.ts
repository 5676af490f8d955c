import type { CommandModule } from 'yargs'

interface DemoArguments {
  readonly out: string
  readonly journal: string
}

/** `paperpit demo`: everything at once, in less than a minute. */
export const demoCommand: CommandModule<object, DemoArguments> = {
  command: 'demo',
  describe: 'Venue, sample OMS over TCP, a TWAP parent order on the synthetic market, and what it cost: under a minute',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', requiresArg: true, default: 'journal/demo.html', describe: 'the report' })
      .option('journal', {
        type: 'string',
        requiresArg: true,
        default: 'journal/demo.db',
        describe: 'the recording; replaced'
      })
      .example('$0 demo', ''),
  async handler({ out, journal }) {
    const { runDemoCommand } = await import('./run-demo.js')
    await runDemoCommand(journal, out)
  }
}
