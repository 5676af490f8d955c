import type { EpochSeconds } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { VenueConfig } from '../venue/config/venue-config.js'
import type { ReplayControl } from '../venue/serve/replay-control.js'
import { serve } from '../venue/serve/serve.js'
import { createLogger } from './logger.js'

export interface RunServeOptions {
  readonly logLevel: string
  /** Commands for the replay come on standard input. */
  readonly console: boolean
}

/** Runs the venue until SIGINT or SIGTERM; then Logout to all and exit code 0. Where it cannot go on: 1. */
export async function runServe(config: VenueConfig, { logLevel, console }: RunServeOptions): Promise<void> {
  if (console && config.market.kind === 'live')
    throw new UserError('--console is of replays: a live market has no other time')
  // Before anything is said: who reads that the venue listens may stop it at once.
  const stopped = new Promise<void>((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  const log = await createLogger(logLevel)
  const fatal = (error: Error): void => {
    if (error instanceof UserError) log.fatal(`${error.message}: the venue stops`)
    else log.fatal({ err: error }, 'the venue stops')
    process.exit(1)
  }
  const venue = await serve(config, log, fatal)
  // What the market throws while it runs, a row of a tape that is wrong: what was not recorded by then is not told.
  process.once('uncaughtException', fatal)
  process.stdout.write(`FIX 4.4 acceptor listening on ${venue.host}:${venue.port}\n`)
  const commands = console && venue.replay ? await consoleOf(venue.replay, venue.epoch) : undefined
  log.info(
    { journal: venue.journal, symbols: venue.symbols, preset: config.models.preset, speed: config.speed },
    'venue is up'
  )
  await stopped
  commands?.close()
  await venue.close()
  log.info('venue is down')
}

async function consoleOf(replay: ReplayControl, epoch: EpochSeconds): Promise<{ close(): void }> {
  const { replayConsole } = await import('./replay-console.js')
  return replayConsole(process.stdin, process.stdout, replay, epoch)
}
