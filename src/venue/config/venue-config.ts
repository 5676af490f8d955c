import { DEFAULT_REACTION, DEFAULT_REFILL } from '../../exchange/models/default-settings.js'
import type { LatencySettings, ModelSettings, Preset, QueueModelSettings } from '../../exchange/models/settings.js'
import type { ScheduleTerms } from '../../fix/session/schedule.js'
import type { LiveFeedConfig } from './live-section.js'
import { DEFAULT_LIMITS, type EngineLimits } from '../../fix/transport/engine-limits.js'
import { DEFAULT_TRADING, type TradingConfig } from './trading-config.js'
import type { SessionCredentials } from '../credentials/session-guard.js'
import { DEFAULT_SETTINGS, type SessionSettings } from '../../fix/session/session-settings.js'
import type { TimestampDigits } from '../../base/timestamp.js'
import { nanos, type Nanos } from '../../base/time.js'

/** How fast venue time runs: n times wall time, as fast as the tape can be read, or only as clients' TransactTimes say. */
export type Speed = number | 'max' | 'lockstep'

/** When a replay starts to run: with the venue, or with the first Logon. */
export type StartOn = 'listen' | 'logon'

/** The rules of FIX sessions that a configuration may set, for all or for one. */
export interface SessionRules {
  readonly heartBtInt: number
  readonly minHeartBtInt?: number | undefined
  readonly maxHeartBtInt?: number | undefined
  readonly sendingTimeTolerance: number
  readonly timestampDigits: TimestampDigits
  readonly resetOnLogon: boolean
  readonly resetOnLogout: boolean
  readonly resetOnDisconnect: boolean
  readonly validation: SessionSettings['validation']
  readonly maxMessageSize: number
  readonly maxOutboundBytes: number
  readonly cancelOnDisconnect: boolean
  readonly venueTags: boolean
  readonly ackMode: SessionSettings['ackMode']
  readonly schedule?: ScheduleTerms | undefined
  /** File of the session's dictionary; the venue's where left out. */
  readonly dictionary?: string | undefined
}

/** A session that is known by name. */
export interface NamedSession extends Partial<SessionRules> {
  readonly senderCompId: string
  readonly targetCompId: string
  readonly credentials?: SessionCredentials | undefined
}

/** Files of key material, PEM. */
export interface TlsConfig {
  readonly cert: string
  readonly key: string
  /** Who vouches for clients; clients are asked for a certificate where this is given. */
  readonly ca?: string | undefined
  readonly requireClientCertificate: boolean
}

export interface FixConfig {
  readonly host: string
  readonly port: number
  /** Accept any pair of CompIDs from loopback. */
  readonly anyCompId: boolean
  readonly rules: SessionRules
  readonly sessions: readonly NamedSession[]
  readonly limits: EngineLimits
  readonly tls: TlsConfig | undefined
}

/** A market of agents. */
export interface ScenarioMarketConfig {
  readonly kind: 'scenario'
  /** The name of one that comes with the venue, or a file. */
  readonly scenario: string
  /** Instead of the scenario's. */
  readonly seed?: number | undefined
  /** Left out: it runs for ever. */
  readonly duration?: Nanos | undefined
}

export interface TapeMarketConfig {
  readonly kind: 'tape'
  readonly files: readonly string[]
  /** The tapes begin anew at their end, as another day. */
  readonly loop?: boolean | undefined
}

export type RecordedMarketConfig =
  ScenarioMarketConfig | { readonly kind: 'synthetic'; readonly seed: number } | TapeMarketConfig

export interface LiveMarketConfig {
  readonly kind: 'live'
  readonly feeds: readonly LiveFeedConfig[]
}

export type MarketConfig = RecordedMarketConfig | LiveMarketConfig

export interface VenueConfig {
  readonly fix: FixConfig
  readonly market: MarketConfig
  readonly speed: Speed
  readonly startOn: StartOn | undefined
  readonly models: ModelSettings
  readonly trading: TradingConfig
  readonly journal: {
    /** undefined: named after the market, in ./journal. */
    readonly path: string | undefined
  }
}

export const DEFAULT_QUEUE: QueueModelSettings = { kind: 'power', exponent: 3 }
export const DEFAULT_LATENCY: LatencySettings = { kind: 'constant', inbound: nanos(0), outbound: nanos(0) }
export const PRESETS: readonly Preset[] = ['observer', 'consume', 'consume+refill', 'impact']

/** What the venue is without any configuration: a synthetic market behind a loopback port that any CompID pair may use. */
export const DEFAULT_CONFIG: VenueConfig = {
  fix: {
    host: '127.0.0.1',
    port: 9878,
    anyCompId: true,
    rules: DEFAULT_SETTINGS,
    sessions: [],
    limits: DEFAULT_LIMITS,
    tls: undefined
  },
  market: { kind: 'synthetic', seed: 1 },
  speed: 1,
  startOn: undefined,
  models: {
    preset: 'consume',
    queue: DEFAULT_QUEUE,
    refill: DEFAULT_REFILL,
    reaction: DEFAULT_REACTION,
    latency: DEFAULT_LATENCY,
    seed: 1
  },
  trading: DEFAULT_TRADING,
  journal: { path: undefined }
}
