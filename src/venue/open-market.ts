import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { type EpochSeconds, type Nanos } from '../base/time.js'
import type { Instrument } from '../exchange/instrument.js'
import { instrument } from '../exchange/instrument.js'
import { instrumentNo } from '../exchange/units.js'
import type { MarketReference, SessionFacts } from '../journal/journal.js'
import type { MarketSource } from '../market/market-source.js'
import type { MarketConfig, RecordedMarketConfig, ScenarioMarketConfig } from './config/venue-config.js'

/** A market with what the journal must say to open it again. */
export interface OpenMarket {
  readonly source: MarketSource
  readonly reference: MarketReference
  readonly instruments: readonly Instrument[]
}

/**
 * Opens the market of a configuration.
 * @param wall where a synthetic market or a scenario starts, unless `known`, the facts of a journal that is continued, says when it did.
 * @throws UserError for a tape or scenario that cannot be read.
 */
export async function openMarket(
  config: RecordedMarketConfig,
  wall: { readonly epoch: EpochSeconds; readonly now: Nanos },
  known?: SessionFacts
): Promise<OpenMarket> {
  if (config.kind === 'tape') {
    const [{ openTapes }, { fileHash }] = await Promise.all([
      import('../market/replay/open-tapes.js'),
      import('../market/tape/file-hash.js')
    ])
    const source = openTapes(config.files)
    const files = config.files.map((path) => ({ path, sha256: fileHash(path) }))
    return withInstruments(source, { kind: 'tape', files })
  }
  if (config.kind === 'scenario') return openScenario(config, wall, known)
  const { SyntheticMarket } = await import('../market/synthetic/synthetic-market.js')
  const started = known?.market.kind === 'synthetic' ? known.market.start : wall.now
  const source = new SyntheticMarket({ seed: config.seed, epoch: known?.epoch ?? wall.epoch, start: started })
  return withInstruments(source, { kind: 'synthetic', seed: config.seed, start: started })
}

async function openScenario(
  { scenario: given, seed, duration }: ScenarioMarketConfig,
  wall: { readonly epoch: EpochSeconds; readonly now: Nanos },
  known: SessionFacts | undefined
): Promise<OpenMarket> {
  const [{ AgentMarket }, { loadScenario }] = await Promise.all([
    import('../market/agents/agent-market.js'),
    import('../market/agents/scenario/load-scenario.js')
  ])
  const { scenario, text } = loadScenario(given)
  const start = known?.market.kind === 'scenario' ? known.market.start : wall.now
  const source = new AgentMarket({ scenario, epoch: known?.epoch ?? wall.epoch, start, duration, seed })
  return withInstruments(source, {
    kind: 'scenario',
    name: scenario.name,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    seed: source.seed,
    start,
    ...(duration === undefined ? {} : { duration })
  })
}

function withInstruments(source: MarketSource, reference: MarketReference): OpenMarket {
  return { source, reference, instruments: source.instruments.map((terms, no) => instrument(instrumentNo(no), terms)) }
}

/** Where the journal of a market lies when nobody says otherwise: ./journal/goog.db, ./journal/synthetic.db. */
export function defaultJournalPath(config: MarketConfig): string {
  return `journal/${marketName(config)}.db`
}

function marketName(config: MarketConfig): string {
  switch (config.kind) {
    case 'tape':
      return config.files.map((file) => basename(file).replace(/\.[^.]*$/, '')).join('+')
    case 'live':
      return `live-${config.feeds.map(({ name }) => name.replace(/[^\w.-]/g, '_')).join('+')}`
    case 'scenario':
      return basename(config.scenario).replace(/\.ya?ml$/, '')
    case 'synthetic':
      return 'synthetic'
  }
}
