import { existsSync } from 'node:fs'
import { UserError } from '../../base/user-error.js'
import type { JournalReader, MarketReference } from '../../journal/journal.js'
import type { MarketSource } from '../../market/market-source.js'

/**
 * The market that a journal was recorded against, from its beginning.
 * @param tapes where the tapes lie now, in the journal's order; where it says, when left out
 * @throws UserError for a tape or recording that is missing, or that is not what it was
 */
export async function recordedMarket(reader: JournalReader, tapes?: readonly string[]): Promise<MarketSource> {
  const { market, epoch } = reader.facts
  if (tapes !== undefined && market.kind !== 'tape')
    throw new UserError(`${reader.path} was not recorded against a tape: its market is ${market.kind}`)
  switch (market.kind) {
    case 'tape':
      return tapeMarket(market, reader, tapes)
    case 'synthetic': {
      const { SyntheticMarket } = await import('../../market/synthetic/synthetic-market.js')
      return new SyntheticMarket({ seed: market.seed, epoch, start: market.start })
    }
    case 'scenario': {
      const [{ AgentMarket }, { parseScenario }] = await Promise.all([
        import('../../market/agents/agent-market.js'),
        import('../../market/agents/scenario/parse-scenario.js')
      ])
      const { name, text, start, duration, seed } = market
      return new AgentMarket({ scenario: parseScenario(text, name, name), epoch, start, duration, seed })
    }
    case 'live':
      return liveMarket(market, reader)
  }
}

async function tapeMarket(
  { files }: Extract<MarketReference, { kind: 'tape' }>,
  { path: journal }: JournalReader,
  tapes: readonly string[] = files.map(({ path }) => path)
): Promise<MarketSource> {
  if (tapes.length !== files.length)
    throw new UserError(`${journal} was recorded against ${files.length} tapes, but ${tapes.length} are given`)
  const [{ openTapes }, { fileHash }] = await Promise.all([
    import('../../market/replay/open-tapes.js'),
    import('../../market/tape/file-hash.js')
  ])
  const source = openTapes(tapes)
  files.forEach(({ sha256 }, i) => {
    const found = fileHash(tapes[i])
    if (found === sha256) return
    throw new UserError(`is not the tape of ${journal}: its SHA-256 is ${found}, recorded was ${sha256}`, {
      file: tapes[i]
    })
  })
  return source
}

async function liveMarket(
  { recordings }: Extract<MarketReference, { kind: 'live' }>,
  reader: JournalReader
): Promise<MarketSource> {
  const [{ LiveMarket }, { recordedInstruments, recordedRuns }, { completeRecordings, recordingDirectory }] =
    await Promise.all([
      import('../../market/live/live-market.js'),
      import('../../market/live/recording/recorded-runs.js'),
      import('../live/recordings.js')
    ])
  // They move with their journal.
  const beside = recordingDirectory(reader.path)
  const directory = existsSync(beside) ? beside : recordings
  completeRecordings(reader, directory)
  const { epoch } = reader.facts
  const runs = reader.runs.length
  const instruments = recordedInstruments(directory, runs)
  const past = instruments && recordedRuns(directory, runs, epoch, instruments)
  if (instruments === undefined || past === undefined) throw new UserError(`${reader.path} has no run`)
  return new LiveMarket({ epoch, instruments, start: past.start, past })
}
