import { existsSync } from 'node:fs'
import { nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import { openJournal } from '../journal/open-journal.js'
import { backtest } from '../venue/backtest/backtest.js'
import { COMMISSION_COLUMN, FILL_COLUMNS, fillRow } from '../venue/backtest/fill-file.js'
import { readOrderFile } from '../venue/backtest/order-file.js'
import { loadConfig } from '../venue/config/load-config.js'
import { withTradingRules } from '../venue/config/trading-config.js'
import { DEFAULT_CONFIG } from '../venue/config/venue-config.js'
import { openMarket } from '../venue/open-market.js'
import type { RecordedMarketConfig } from '../venue/config/venue-config.js'
import { LineFile } from './line-file.js'
import { withModelArguments, type ModelArguments } from './model-options.js'
import { marketMoment, marketSpan, type MarketMoment } from './market-span.js'
import { progressBar } from './progress-bar.js'

export interface BacktestArguments extends ModelArguments {
  readonly tape: readonly string[] | undefined
  readonly scenario: string | undefined
  readonly scenarioSeed: number | undefined
  readonly duration: string | undefined
  readonly start: string
  readonly orders: string
  readonly config: string | undefined
  readonly out: string | undefined
  readonly journal: string | undefined
  readonly json: boolean
}

/** Runs the backtest of the arguments; fills go to --out or stdout, the summary to stderr (or stdout with --json). */
export async function runBacktest(args: BacktestArguments): Promise<void> {
  const config = args.config === undefined ? DEFAULT_CONFIG : loadConfig(args.config)
  const models = withModelArguments(config.models, args)
  const { source, instruments: listed, reference } = await openMarket(...marketOf(args))
  const instruments = withTradingRules(listed, config.trading)
  const orders = readOrderFile(args.orders, instruments, source.epoch)
  if (args.journal !== undefined && existsSync(args.journal)) {
    throw new UserError(`${args.journal} exists: a backtest is recorded into a journal of its own`)
  }
  const out = new LineFile(args.out)
  // A backtest happens in venue time alone: its record says nothing of the day on which it was run.
  const facts = { epoch: source.epoch, wallEpoch: source.epoch, instruments, models, market: reference }
  const journal = args.journal === undefined ? undefined : openJournal(args.journal, facts)
  const bar = progressBar('backtest', source.start, source.end ?? source.start)
  const started = performance.now()
  let rowOf: ReturnType<typeof fillRow> | undefined
  const charges = models.fees !== undefined
  out.write(charges ? FILL_COLUMNS + COMMISSION_COLUMN : FILL_COLUMNS)
  const summary = backtest({
    epoch: source.epoch,
    instruments,
    trading: config.trading,
    models,
    market: source,
    orders,
    journal,
    report(event, nameOf) {
      rowOf ??= fillRow(source.epoch, instruments, nameOf, charges)
      out.write(rowOf(event))
    },
    progress: (time) => bar.update(time)
  })
  bar.stop()
  out.close()
  journal?.close(source.end ?? source.start, source.end ?? source.start)
  const seconds = (performance.now() - started) / 1000
  if (args.json && args.out !== undefined) process.stdout.write(`${JSON.stringify({ ...summary, seconds })}\n`)
  else {
    const { beforeStart, behindEnd } = summary
    if (beforeStart > 0)
      process.stderr.write(`${beforeStart} requests come before the market begins: they met no book\n`)
    if (behindEnd > 0)
      process.stderr.write(
        `${behindEnd} requests come behind the market's last event: they met the book as it stood then\n`
      )
    process.stderr.write(
      `${summary.orders} requests, ${summary.events} reports in ${seconds.toFixed(2)} s; state ${summary.stateHash}\n`
    )
  }
}

/** The market that the arguments name, and when it begins. @throws UserError where they name none */
function marketOf({
  tape,
  scenario,
  scenarioSeed: seed,
  duration = '1h',
  start
}: BacktestArguments): [RecordedMarketConfig, MarketMoment] {
  if (tape !== undefined)
    return [
      { kind: 'tape', files: tape },
      { epoch: 0, now: nanos(0) }
    ]
  if (scenario === undefined) throw new UserError('expected --tape or --scenario')
  return [{ kind: 'scenario', scenario, seed, duration: marketSpan(duration) }, marketMoment(start)]
}
