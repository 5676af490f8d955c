import type { CommandModule } from 'yargs'
import type { PrintMessagesArguments } from './print-messages.js'

/** `paperpit journal messages`: the FIX messages of a journal, as they went over the wire. */
export const journalMessagesCommand: CommandModule<object, PrintMessagesArguments> = {
  command: 'messages <journal>',
  describe: 'Print the FIX messages of a journal, | for the SOH between fields',
  builder: (yargs) =>
    yargs
      .positional('journal', { type: 'string', demandOption: true, describe: 'journal file' })
      .option('session', {
        type: 'string',
        requiresArg: true,
        describe: 'only of sessions whose CompIDs have this in them'
      })
      .option('direction', { choices: ['in', 'out'] as const, describe: 'only what came in, or went out' })
      .option('type', { type: 'string', requiresArg: true, describe: 'only of these MsgTypes: D,8' })
      .option('seq', { type: 'string', requiresArg: true, describe: 'only of these MsgSeqNums: 17, 10-20, 10-' })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'not before this wall time (UTC): 2026-11-20T07:15:30.5, or 07:15'
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'not behind this wall time' })
      .option('decode', { type: 'boolean', default: false, describe: 'print every field with its name and meaning' })
      .option('dictionary', {
        type: 'string',
        requiresArg: true,
        describe: "dictionary that names the fields, instead of the venue's own"
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object per line' })
      .option('out', { type: 'string', requiresArg: true, describe: 'file to write to instead of the terminal' })
      .example('$0 journal messages journal/monday.db --session OMS1 --type D,8', 'orders and reports of one session')
      .example('$0 journal messages journal/monday.db --from 14:30 --to 14:31 --decode', 'a minute, field by field')
      .example('$0 journal messages journal/monday.db --direction out --seq 100-120', 'what a resend would bring'),
  async handler(args) {
    const { printMessages } = await import('./print-messages.js')
    printMessages(args)
  }
}
