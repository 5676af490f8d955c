import type { CommandModule } from 'yargs'
import { modelOptions } from './model-options.js'
import type { RerunArguments } from './run-rerun.js'
import { wholeNumber } from './whole-number.js'

/** `paperpit rerun`: a recorded session once more, as it was or under other assumptions. */
export const rerunCommand: CommandModule<object, RerunArguments> = {
  command: 'rerun <journal>',
  describe: 'Run a recorded session again: to prove it, or under other assumptions',
  builder: (yargs) =>
    modelOptions(
      yargs
        .positional('journal', { type: 'string', demandOption: true, describe: 'journal of the session' })
        .option('check', {
          type: 'boolean',
          conflicts: ['preset', 'queue', 'latency', 'seed', 'seeds'],
          describe: 'compare every event, quote and print with the recorded one; exit code 1 where one differs'
        })
        .option('seeds', {
          type: 'number',
          requiresArg: true,
          coerce: wholeNumber('seeds', 1, 1000),
          describe: 'run as often, each time with the next seed of random draws'
        })
        .option('tape', {
          type: 'string',
          array: true,
          requiresArg: true,
          describe: 'where the tapes lie now; where the journal says, when left out'
        })
        .option('parent-quantity', {
          choices: ['sum', 'peak'] as const,
          default: 'sum' as const,
          describe: 'quantity of a parent, as in tca'
        })
        .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
    )
      .example('$0 rerun run.db --check', 'the proof: the same events, byte for byte')
      .example('$0 rerun run.db --preset observer --latency 0', 'what the orders would have cost without either')
      .example('$0 rerun run.db --latency "lognormal(1ms,0.5)" --seeds 20', 'how much of it is chance'),
  async handler(args) {
    const { runRerun } = await import('./run-rerun.js')
    await runRerun(args)
  }
}
