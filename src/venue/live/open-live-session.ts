import { existsSync, mkdirSync } from 'node:fs'
import { nanos, type Clock, type EpochSeconds, type Nanos } from '../../base/time.js'
import { UserError } from '../../base/user-error.js'
import { instrument } from '../../exchange/instrument.js'
import type { ModelSettings } from '../../exchange/models/settings.js'
import { instrumentNo } from '../../exchange/units.js'
import type { Journal, JournalReader, SessionFacts } from '../../journal/journal.js'
import { openJournal } from '../../journal/open-journal.js'
import { LiveMarket } from '../../market/live/live-market.js'
import { LiveRecorder } from '../../market/live/recording/live-recorder.js'
import { recordedRuns, runTapePath } from '../../market/live/recording/recorded-runs.js'
import { repairRecording } from '../../market/live/recording/repair-recording.js'
import type { MarketSource } from '../../market/market-source.js'
import type { TapeMetadata } from '../../market/tape/tape-metadata.js'
import type { LiveFeedConfig } from '../config/live-section.js'
import { withTradingRules, type TradingConfig } from '../config/trading-config.js'
import { recover, type Recovered } from '../recovery.js'
import { Venue } from '../venue.js'
import { VERSION } from '../version.js'
import { LiveSession } from './live-session.js'
import { recordingDirectory } from './recordings.js'

/** What a live session is opened with. */
export interface LiveSessionOptions {
  readonly feeds: readonly LiveFeedConfig[]
  readonly models: ModelSettings
  readonly trading: TradingConfig
  readonly journalPath: string
  /** The journal, where it is continued. */
  readonly past: JournalReader | undefined
  readonly wall: Clock
  readonly wallEpoch: EpochSeconds
}

/** A venue with a live market, brought to where its journal ends, before its feeds connect. */
export interface OpenLiveSession {
  readonly venue: Venue
  readonly journal: Journal
  readonly live: LiveSession
  readonly start: Nanos
  readonly recovered: Recovered | undefined
}

/**
 * Opens journal and recordings, and runs again what was recorded. The recording of a run that crashed is completed from
 * what was safe: all that any recorded command or report depended on.
 * @throws UserError where the journal cannot be used, a recording is missing, one of another session stands in its place, or
 * a password is not in the environment
 */
export function openLiveSession(options: LiveSessionOptions): OpenLiveSession {
  const { feeds, models, trading, journalPath, past, wall, wallEpoch } = options
  for (const { name, passwordVariable } of feeds) {
    if (passwordVariable !== undefined && process.env[passwordVariable] === undefined) {
      throw new UserError(
        `the feed ${name} has its password in the environment variable ${passwordVariable}, which is not set`
      )
    }
  }
  const directory = recordingDirectory(journalPath)
  const terms = feeds.flatMap(({ instruments }) => instruments.map(({ feedSymbol: _, ...own }) => own))
  const facts: SessionFacts = {
    epoch: wallEpoch,
    wallEpoch,
    instruments: withTradingRules(
      terms.map((each, no) => instrument(instrumentNo(no), each)),
      trading
    ),
    models,
    market: { kind: 'live', feeds: feeds.map(({ name, adapter }) => ({ name, adapter })), recordings: directory }
  }
  const metadata: TapeMetadata = {
    instruments: terms,
    source: `live: ${feeds.map(({ name }) => name).join(', ')}`,
    timeZone: 'UTC',
    createdFrom: []
  }
  // The journal's lock comes first: recordings of a venue that is running must not be touched.
  const journal = openJournal(journalPath, facts)
  const runs = past?.runs.length ?? 0
  for (let run = 1; run <= runs; run++) repairRecording(runTapePath(directory, run), metadata, wallEpoch)
  const recorded = recordedRuns(directory, runs, wallEpoch, terms)
  const market = new LiveMarket({ epoch: wallEpoch, instruments: terms, start: wall.now(), past: recorded })
  const venue = new Venue({ instruments: facts.instruments, models, market })
  const recovered = past && recover(venue, past)
  const start = startOf(wall.now(), recovered, recorded)
  const live = new LiveSession(feeds, market, openRecorder(directory, runs + 1, metadata, wallEpoch))
  journal.beginRun({ startedAt: wall.now(), venueTime: start, marketShift: 0, version: VERSION })
  return { venue, journal, live, start, recovered }
}

/** Venue time is wall time, but never goes back behind what was recorded. */
function startOf(now: Nanos, recovered: Recovered | undefined, recorded: MarketSource | undefined): Nanos {
  return nanos(Math.max(now, (recovered?.venueTime ?? -1) + 1, (recorded?.end ?? -1) + 1))
}

function openRecorder(directory: string, run: number, metadata: TapeMetadata, epoch: EpochSeconds): LiveRecorder {
  const tape = runTapePath(directory, run)
  if (existsSync(tape)) {
    throw new UserError('is a recording of another session: move it away, or use another journal', { file: tape })
  }
  mkdirSync(directory, { recursive: true })
  return new LiveRecorder(tape, metadata, epoch)
}
