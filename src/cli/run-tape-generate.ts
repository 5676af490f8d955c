import type { EpochSeconds, Nanos } from '../base/time.js'
import { nanos } from '../base/time.js'
import { UserError } from '../base/user-error.js'
import type { MarketSource } from '../market/market-source.js'
import { recordSource } from '../market/record-source.js'
import { isoTime } from '../base/iso-time.js'
import { marketMoment, marketSpan } from './market-span.js'
import { progressBar } from './progress-bar.js'
import { symbolList } from './symbol-list.js'

export interface TapeGenerateArguments {
  readonly out: string
  readonly symbols: string | undefined
  readonly scenario: string | undefined
  readonly duration: string
  readonly seed: number | undefined
  readonly start: string
  readonly json: boolean
}

interface MadeUp {
  readonly market: MarketSource
  readonly seed: number
  /** What the tape says it comes from. */
  readonly source: string
}

/** Writes the tape of the arguments. @throws UserError for a duration, start, seed or scenario that is none */
export async function runTapeGenerate(args: TapeGenerateArguments): Promise<void> {
  const { out, seed: given, json } = args
  const duration = marketSpan(args.duration)
  if (given !== undefined && !Number.isSafeInteger(given))
    throw new UserError(`--seed: expected a whole number, got ${given}`)
  const { epoch, now: start } = marketMoment(args.start)
  const { market, seed, source } = await madeUp(args, epoch, start)
  const bar = progressBar('generating', start, start + duration)
  try {
    const rows = recordSource(out, market, { source, duration, onProgress: (time) => bar.update(time) })
    bar.stop()
    const span = { start: isoTime(start, epoch), end: isoTime(nanos(start + duration), epoch) }
    const told = json
      ? JSON.stringify({ out, rows, seed, ...span })
      : `${out}: ${rows} rows from ${span.start} to ${span.end}`
    process.stdout.write(`${told}\n`)
  } finally {
    bar.stop()
  }
}

async function madeUp(
  { scenario: name, symbols, seed }: TapeGenerateArguments,
  epoch: EpochSeconds,
  start: Nanos
): Promise<MadeUp> {
  if (name !== undefined) {
    const { AgentMarket } = await import('../market/agents/agent-market.js')
    const { loadScenario } = await import('../market/agents/scenario/load-scenario.js')
    const { scenario } = loadScenario(name)
    const market = new AgentMarket({ scenario, epoch, start, seed })
    return { market, seed: market.seed, source: `scenario ${scenario.name}, seed ${market.seed}` }
  }
  const { SyntheticMarket } = await import('../market/synthetic/synthetic-market.js')
  const named = symbols === undefined ? {} : { symbols: symbolList(symbols) }
  const market = new SyntheticMarket({ seed: seed ?? 1, epoch, start, ...named })
  return { market, seed: seed ?? 1, source: `synthetic, seed ${seed ?? 1}` }
}
