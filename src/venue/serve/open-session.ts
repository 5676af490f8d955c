import { existsSync } from 'node:fs'
import { isoDate } from '../../base/iso-time.js'
import { epochOf, LAST_TIME, wallClock, type Clock, type EpochSeconds, type Nanos } from '../../base/time.js'
import type { Journal } from '../../journal/journal.js'
import { UserError } from '../../base/user-error.js'
import { openJournal } from '../../journal/open-journal.js'
import type { LiveSession } from '../live/live-session.js'
import { openJournalReader } from '../../journal/open-journal-reader.js'
import { withTradingRules } from '../config/trading-config.js'
import type { VenueConfig } from '../config/venue-config.js'
import { defaultJournalPath, openMarket } from '../open-market.js'
import { recover, type Recovered } from '../recovery.js'
import { Venue } from '../venue.js'
import { VERSION } from '../version.js'

/** Bytes of log whose tables are made when the venue stops: about two seconds. What waits longer is made on demand. */
const DERIVE_ON_CLOSE = 32 << 20

/** A session of the venue, new or continued, before anybody can connect to it. */
export interface OpenSession {
  readonly venue: Venue
  readonly journal: Journal
  readonly wall: Clock
  readonly wallEpoch: EpochSeconds
  /** Venue time at which it goes on. */
  readonly start: Nanos
  /** By how much the market is later than it says, in ns. */
  readonly marketShift: number
  /** FIX sessions that the journal knows, by number. */
  readonly fixSessions: readonly string[]
  /** What was recovered; undefined for a new session. */
  readonly recovered: Recovered | undefined
  /** The feeds of a live market, which are to be begun and started. */
  readonly live: LiveSession | undefined
}

/**
 * Opens journal and market of a configuration and brings the venue to where the journal ends.
 * @throws UserError for a market or journal that cannot be used
 */
export async function openSession(config: VenueConfig): Promise<OpenSession> {
  const path = config.journal.path ?? defaultJournalPath(config.market)
  const past = existsSync(path) ? openJournalReader(path) : undefined
  try {
    const wallEpoch = past?.facts.wallEpoch ?? epochOf(Date.now())
    const wall = wallClock(wallEpoch)
    if (wall.now() > LAST_TIME) throw sessionOver(path, wallEpoch)
    const fixSessions = past?.sessionNames ?? []
    if (config.market.kind === 'live') {
      const { models, market, speed, trading } = config
      if (speed !== 1) throw new UserError('a live market runs by the wall clock: speed must be 1')
      // The feeds, their recordings and what these take along are not loaded by a venue without them.
      const { openLiveSession } = await import('../live/open-live-session.js')
      const live = openLiveSession({ feeds: market.feeds, models, trading, journalPath: path, past, wall, wallEpoch })
      return { ...live, wall, wallEpoch, marketShift: 0, fixSessions }
    }
    const {
      source,
      instruments: listed,
      reference
    } = await openMarket(config.market, { epoch: wallEpoch, now: wall.now() }, past?.facts)
    const instruments = withTradingRules(listed, config.trading)
    const facts = { epoch: source.epoch, wallEpoch, instruments, models: config.models, market: reference }
    const journal = openJournal(path, facts, { deriveOnClose: DERIVE_ON_CLOSE })
    const venue = new Venue({ instruments, models: config.models, market: source })
    const recovered = past && recover(venue, past)
    const position = positionOf(config, recovered, wall.now(), source.start)
    source.shift(position.marketShift - (recovered?.marketShift ?? 0))
    journal.beginRun({
      startedAt: wall.now(),
      venueTime: position.start,
      marketShift: position.marketShift,
      version: VERSION
    })
    return { venue, journal, wall, wallEpoch, ...position, fixSessions, recovered, live: undefined }
  } finally {
    past?.close()
  }
}

/** Wall time has come to where a session ends: a journal holds times of 104 days. */
export function sessionOver(journal: string, wallEpoch: EpochSeconds): UserError {
  const problem = `the session began on ${isoDate(wallEpoch)} and lasts 104 days at most`
  return new UserError(`${problem}; expected another journal (--journal), which begins anew`, { file: journal })
}

/**
 * A tape goes on where it stood. A synthetic market follows the wall clock: what it would have done while the venue was
 * down has not happened, so all that is to come is later by that time.
 */
function positionOf(
  config: VenueConfig,
  recovered: Recovered | undefined,
  now: Nanos,
  marketStart: Nanos
): { readonly start: Nanos; readonly marketShift: number } {
  const reached = recovered?.venueTime
  if (reached === undefined) return { start: marketStart, marketShift: 0 }
  const marketShift = recovered?.marketShift ?? 0
  if (config.market.kind === 'tape' || now <= reached) return { start: reached, marketShift }
  return { start: now, marketShift: marketShift + (now - reached) }
}
