import type { Logger } from 'pino'
import { DAY, LAST_TIME, MINUTE, type EpochSeconds } from '../../base/time.js'
import type { Command } from '../../exchange/command.js'
import { loadDictionary } from '../../fix/dictionary/load-dictionary.js'
import { parseSessionName } from '../../fix/session/session-settings.js'
import { createFixEngine, type FixEngine } from '../../fix/transport/fix-engine.js'
import { Gateway } from '../../gateway/gateway.js'
import type { FeedStatus } from '../../market/live/feed.js'
import type { VenueConfig } from '../config/venue-config.js'
import { FeatureStream, type LiveFeatures } from '../features/feature-stream.js'
import { followPhases } from '../phases/follow-phases.js'
import { isTradingDay } from '../phases/is-trading-day.js'
import { sessionDirectory } from '../session-directory.js'
import { Turn } from '../turn.js'
import { VenueClock } from '../venue-clock.js'
import { journaled } from '../venue.js'
import { arrivalTime } from './arrival-time.js'
import { MarketPacer } from './market-pacer.js'
import { ReplayJumps } from './replay-jumps.js'
import { openSession, sessionOver } from './open-session.js'
import { feedLog } from './feed-log.js'
import type { ReplayControl } from './replay-control.js'
import { sessionLog } from './session-log.js'
import { tlsMaterial } from './tls-material.js'
import { VENUE_DICTIONARY } from './venue-dictionary.js'

/** How often timers are looked after, in ms: those of FIX and feeds, and that the journal's last turns become rows. */
const FIX_TICK = 100

/** How many days before a session must end that is told. */
const WARNING = 7

/** How far back trade flow and realised variance look in a running venue. */
const FEATURE_WINDOW = MINUTE

/** A venue that is up. */
export interface RunningVenue {
  readonly host: string
  readonly port: number
  /** Path of the journal. */
  readonly journal: string
  readonly symbols: readonly string[]
  /** What venue time counts from. */
  readonly epoch: EpochSeconds
  /** Pause, step, seek and loop; undefined where the market is live. */
  readonly replay: ReplayControl | undefined
  /** Microprice, imbalances and so on of the market, beside the order path. */
  readonly features: LiveFeatures
  /** The live feeds as they are now; none where the market is a tape or synthetic. */
  feeds(): readonly FeedStatus[]
  /** The FIX sessions, for operations on them. */
  readonly fix: FixEngine
  /** Logout to all, journal closed. */
  close(): Promise<void>
}

/**
 * Puts a venue up: recovers its journal, feeds it the market, listens for FIX. Returns when it listens.
 * @param fatal is told when the venue can no longer record what it does; nothing leaves it any more then
 * @throws UserError for a configuration that cannot be served, a tape or journal that cannot be used, a port in use
 */
export async function serve(config: VenueConfig, log: Logger, fatal: (error: Error) => void): Promise<RunningVenue> {
  const directory = sessionDirectory(config.fix)
  const dictionary = loadDictionary(VENUE_DICTIONARY)
  const tls = config.fix.tls && tlsMaterial(config.fix.tls)
  const session = await openSession(config)
  const { venue, journal, wall, live } = session
  const { epoch, instruments } = journal.facts
  const clock = new VenueClock(session.start, typeof config.speed === 'number' ? config.speed : 1)
  const recording = (record: () => void): boolean => {
    try {
      record()
      return true
    } catch (error) {
      pacer.stop()
      fatal(error as Error)
      return false
    }
  }
  const turn: Turn = new Turn(wall, (now) => {
    const recorded = recording(() => {
      // What a command met must be safe before the command is.
      live?.flush()
      journal.commit(now, venue.time)
    })
    if (!recorded) return
    engine.flush()
    recording(() => journal.settle())
    // Between turns: nobody waits for the disk.
    venue.market.readAhead?.()
    features.publish()
  })
  const features = new FeatureStream(venue, FEATURE_WINDOW)
  const jumps = new ReplayJumps({
    venue,
    marketShift: session.marketShift,
    trades: isTradingDay(config.trading, instruments, epoch),
    record: {
      command: (command) => record(command),
      jump: (jump) => journal.jump(jump)
    }
  })
  const pacer = new MarketPacer(venue, clock, turn, config.speed, jumps)
  pacer.loop = config.market.kind === 'tape' && config.market.loop === true
  let commands = session.recovered?.commands ?? 0
  let closing = false
  const record = (command: Command): void => {
    commands++
    journal.command(command)
  }
  const gateway = new Gateway({
    instruments,
    epoch,
    preset: config.models.preset,
    arrive: arrivalTime({ venue, clock, turn, speed: config.speed, pacer, epoch }),
    submit(command) {
      record(command)
      venue.submit(command)
    },
    commandCount: () => commands,
    findOrder: (client, clOrdId) => venue.exchange.findOrder(client, clOrdId),
    requestUnderWay: (client, clOrdId) => venue.exchange.requestUnderWay(client, clOrdId),
    takesOrders: () => !closing,
    haltOf: (instrument) => live?.gate.haltOf(instrument),
    selfMatchOf: ({ settings }) => config.trading.firms[settings.id.targetCompId]
  })
  venue.listener = journaled(journal, (event) => gateway.onEvent(event))
  const engine: FixEngine = createFixEngine({
    clock: turn,
    epoch: session.wallEpoch,
    venueEpoch: epoch,
    store: journal,
    directory,
    dictionary,
    application: {
      onLogon(fixSession, logon) {
        pacer.start()
        venue.clients[fixSession.no] = fixSession.settings.id.targetCompId
        gateway.onLogon(fixSession, logon)
      },
      onMessage: (fixSession, message) => gateway.onMessage(fixSession, message),
      onLogout: (fixSession) => gateway.onLogout(fixSession)
    },
    log: sessionLog(log),
    requestTurn: () => turn.request(),
    maxMessageSize: directory.maxMessageSize,
    limits: config.fix.limits,
    tls
  })
  for (const name of session.fixSessions) gateway.attach(engine.session(directory.settingsOf(parseSessionName(name))))
  if (session.recovered) {
    const { commands, events } = session.recovered
    log.info({ journal: journal.path, commands, events }, 'continuing the journal; another --journal starts anew')
  }
  const daysLeft = Math.floor((LAST_TIME - wall.now()) / DAY)
  if (daysLeft < WARNING) log.warn({ journal: journal.path, daysLeft }, 'the session ends 104 days after it began')
  followPhases(venue, {
    trading: config.trading,
    instruments,
    epoch,
    seed: config.models.seed,
    start: session.start,
    continued: session.recovered !== undefined,
    record
  })
  venue.advance(session.start)
  gateway.disconnected()
  if (live) clock.follow(turn.now())
  live?.begin(
    { now: () => clock.at(turn.now()), received: (time) => venue.advance(time), dictionary, log: feedLog(log) },
    instruments
  )
  turn.end()

  let address: { readonly host: string; readonly port: number }
  try {
    address = await engine.listen(config.fix.host, config.fix.port)
  } catch (error) {
    live?.close()
    journal.close(wall.now(), venue.time)
    throw error
  }
  const ticking = setInterval(() => {
    engine.tick()
    live?.tick()
    recording(() => {
      if (wall.now() > LAST_TIME) throw sessionOver(journal.path, session.wallEpoch)
      journal.settle(0)
    })
  }, FIX_TICK)
  if (startsOn(config) === 'listen') pacer.start()
  live?.start()
  return {
    ...address,
    journal: journal.path,
    symbols: instruments.map(({ symbol }) => symbol),
    epoch,
    fix: engine,
    replay: live ? undefined : pacer,
    features,
    feeds: () => live?.status ?? [],
    async close() {
      closing = true
      pacer.stop()
      live?.stop()
      await engine.close()
      clearInterval(ticking)
      turn.end()
      live?.close()
      journal.close(wall.now(), venue.time)
    }
  }
}

/** A tape that runs as fast as it can waits for its first client: it would be over before anybody had connected. */
function startsOn({ startOn, speed, market }: VenueConfig): 'listen' | 'logon' {
  if (market.kind === 'live') return 'listen'
  return startOn ?? (speed === 'max' ? 'logon' : 'listen')
}
