import Table from 'cli-table3'
import { moneyText, ratioText } from '../analysis/report/figure-text.js'
import {
  moneyBasisPoints,
  SHORTFALL_PARTS,
  summarise,
  summaryJson,
  type CurrencySummary
} from '../analysis/report/summary.js'
import { readRecording, type RecordedJournal } from '../analysis/recording/read-recording.js'
import { analyseCosts } from '../analysis/tca/tca.js'
import { toNumber } from '../analysis/ratio.js'
import type { ModelSettings } from '../exchange/models/settings.js'
import type { JournalReader } from '../journal/journal.js'
import { openJournalReader } from '../journal/open-journal-reader.js'
import { checkRerun } from '../venue/rerun/check-rerun.js'
import { differenceText } from '../venue/rerun/difference-text.js'
import { recordedMarket } from '../venue/rerun/recorded-market.js'
import { rerun } from '../venue/rerun/rerun.js'
import { withModelArguments, type ModelArguments } from './model-options.js'
import { PLAIN_TABLE } from './plain-table.js'

export interface RerunArguments extends ModelArguments {
  readonly journal: string
  readonly check: boolean | undefined
  readonly seeds: number | undefined
  readonly tape: readonly string[] | undefined
  readonly 'parent-quantity': 'sum' | 'peak'
  readonly json: boolean
}

/** What one run came to. */
interface RunOutcome {
  readonly run: string
  readonly models: ModelSettings
  readonly summary: readonly CurrencySummary[]
}

/**
 * Runs the journal of the arguments again and prints what came of it.
 * @throws UserError where journal or market cannot be used
 */
export async function runRerun(args: RerunArguments): Promise<void> {
  const reader = openJournalReader(args.journal)
  try {
    if (args.check === true) await check(reader, args)
    else await compare(reader, args)
  } finally {
    reader.close()
  }
}

async function check(reader: JournalReader, { tape, json }: RerunArguments): Promise<void> {
  const { difference, ...counts } = checkRerun(reader, await recordedMarket(reader, tape))
  const same = difference === undefined
  const { commands, events, quotes, prints } = counts
  if (json)
    process.stdout.write(`${JSON.stringify({ journal: reader.path, same, ...counts, difference }, bigintText)}\n`)
  else if (same) {
    const told = `${events} events, ${quotes} quotes and ${prints} prints`
    process.stdout.write(`${reader.path}: ${commands} commands run again, ${told}: the same, byte for byte\n`)
  } else process.stdout.write(`${reader.path} ${differenceText(difference)}\n`)
  if (!same) process.exitCode = 1
}

const bigintText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

async function compare(reader: JournalReader, args: RerunArguments): Promise<void> {
  const outcome = (run: string, journal: RecordedJournal): RunOutcome => ({
    run,
    models: journal.facts.models,
    summary: summarise(analyseCosts(readRecording(journal), { parentQuantity: args['parent-quantity'] }))
  })
  const outcomes = [outcome('recorded', reader)]
  const models = withModelArguments(reader.facts.models, args)
  const first = models.seed
  for (let seed = first; seed < first + (args.seeds ?? 1); seed++) {
    const journal = rerun(reader, { ...models, seed }, await recordedMarket(reader, args.tape))
    outcomes.push(outcome(args.seeds === undefined ? 'again' : `seed ${seed}`, journal))
  }
  process.stdout.write(args.json ? `${asJson(reader.path, outcomes)}\n` : `${asText(outcomes)}\n`)
}

function asJson(journal: string, outcomes: readonly RunOutcome[]): string {
  const runs = outcomes.map(({ run, models, summary }) => ({ run, models, summary: summary.map(summaryJson) }))
  return JSON.stringify({ journal, runs }, undefined, 2)
}

/** A row per run and currency, costs in basis points of decision notional. */
function asText(outcomes: readonly RunOutcome[]): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['run', 'orders', 'fills', 'traded', '', ...SHORTFALL_PARTS, 'total bp', 'total money'],
    colAligns: [
      'left',
      'right',
      'right',
      'right',
      'left',
      ...SHORTFALL_PARTS.map(() => 'right' as const),
      'right',
      'right'
    ]
  })
  for (const { run, summary } of outcomes) {
    if (summary.length === 0) table.push([run, 0, 0, ...new Array<string>(SHORTFALL_PARTS.length + 4).fill('')])
    for (const { orders, fills, turnover, currency, shortfall, benchmarkNotional } of summary) {
      const bp = (part: keyof typeof shortfall): string =>
        ratioText(moneyBasisPoints(shortfall[part], benchmarkNotional))
      table.push([
        run,
        orders,
        fills,
        moneyText(turnover).replace('+', ''),
        currency,
        ...SHORTFALL_PARTS.map(bp),
        bp('total'),
        moneyText(shortfall.total)
      ])
    }
  }
  return [table.toString(), ...spreadOfSeeds(outcomes.slice(1))].join('\n')
}

/** Mean and standard deviation of the total over the seeds, a line per currency. */
function spreadOfSeeds(runs: readonly RunOutcome[]): string[] {
  if (runs.length < 2) return []
  return runs[0].summary.flatMap(({ currency }) => {
    const totals = runs.flatMap(({ summary }) => {
      const its = summary.find((each) => each.currency === currency)
      const bp = its && moneyBasisPoints(its.shortfall.total, its.benchmarkNotional)
      return bp ? [toNumber(bp)] : []
    })
    if (totals.length < 2) return []
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length
    const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / (totals.length - 1)
    const spread = `standard deviation ${Math.sqrt(variance).toFixed(2)} bp`
    return [`${currency}: mean total ${mean.toFixed(2)} bp, ${spread}, over ${totals.length} seeds`]
  })
}
