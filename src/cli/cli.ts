import pc from 'picocolors'
import yargs from 'yargs'
import { UserError } from '../base/user-error.js'
import { backtestCommand } from './backtest.js'
import { calibrateCommand } from './calibrate.js'
import { demoCommand } from './demo.js'
import { hashPasswordCommand } from './hash-password.js'
import { journalCommand } from './journal.js'
import { refuseRepeated } from './refuse-repeated.js'
import { rerunCommand } from './rerun.js'
import { rulesCommand } from './rules.js'
import { serveCommand } from './serve.js'
import { tapeCommand } from './tape.js'
import { tcaCommand } from './tca.js'
import { VERSION } from '../venue/version.js'

/**
 * Runs one command.
 * @returns the exit code: 0 done, 1 the answer is no, 2 wrong use or input.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const parser = yargs([...args])
    .scriptName('paperpit')
    .usage(
      '$0 <command>\n\nA FIX 4.4 paper-trading venue: orders meet a replayed or synthetic book, and a report explains what they cost.'
    )
    .command(serveCommand)
    .command(demoCommand)
    .command(tapeCommand)
    .command(backtestCommand)
    .command(tcaCommand)
    .command(rerunCommand)
    .command(calibrateCommand)
    .command(journalCommand)
    .command(rulesCommand)
    .command(hashPasswordCommand)
    .demandCommand(1, 'Name a command.')
    .middleware(refuseRepeatedOptions as (options: object) => void, true)
    .strict()
    .version(VERSION)
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new UserError(`${message ?? 'wrong use'}\nSee paperpit --help.`)
    })
  try {
    await parser.parseAsync()
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof UserError) && (error as Error).name !== 'YError') throw error
    process.stderr.write(`${pc.red('paperpit:')} ${(error as Error).message}\n`)
    return 2
  }
}

/** Behind the parsing: the running command's parser says which options take many values. */
function refuseRepeatedOptions(options: object, parser: { getOptions(): { readonly array: readonly string[] } }): void {
  refuseRepeated({ ...options }, parser.getOptions().array)
}
