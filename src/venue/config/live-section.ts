import { Type, type Static } from 'typebox'
import { parseDuration } from '../../base/duration.js'
import { MILLISECOND, nanos, SECOND, type Nanos } from '../../base/time.js'
import { UserError, type SourcePosition } from '../../base/user-error.js'
import { instrument, type InstrumentTerms } from '../../exchange/instrument.js'
import { instrumentNo } from '../../exchange/units.js'

const closed = { additionalProperties: false }
const optional = Type.Optional
const text = Type.String({ minLength: 1 })
const Port = Type.Integer({ minimum: 0, maximum: 65_535 })
const Scale = Type.Integer({ minimum: 0, maximum: 15 })
const Duration = Type.String({
  pattern: '^\\d+(\\.\\d+)?(ms|s|m|min|h)$',
  description: 'a duration such as "500ms" or "10s"'
})
const Decimal = Type.String({ pattern: '^\\d+(\\.\\d+)?$', description: 'a decimal as text, like "0.01"' })

export const ADAPTERS = ['binance-spot', 'binance-usdm', 'coinbase', 'kraken', 'fix', 'tcp', 'stdin'] as const

const LiveInstrument = Type.Object(
  {
    symbol: text,
    feedSymbol: optional(text),
    tickSize: Decimal,
    lotSize: Decimal,
    priceScale: optional(Scale),
    quantityScale: optional(Scale),
    feed: optional(Type.Enum(['l2', 'l1'])),
    currency: optional(text),
    market: optional(text)
  },
  closed
)

/** `market.live` of venue.yaml. */
export const LiveSchema = Type.Array(
  Type.Object(
    {
      adapter: Type.Enum([...ADAPTERS]),
      name: optional(text),
      url: optional(text),
      snapshotUrl: optional(text),
      host: optional(text),
      port: optional(Port),
      listen: optional(Port),
      senderCompId: optional(text),
      targetCompId: optional(text),
      username: optional(text),
      passwordVariable: optional(text),
      heartBtInt: optional(Type.Integer({ minimum: 1 })),
      depth: optional(Type.Integer({ minimum: 0 })),
      staleAfter: optional(Duration),
      quietAfter: optional(Duration),
      onStale: optional(Type.Enum(['halt', 'stale'])),
      instruments: Type.Array(LiveInstrument, { minItems: 1 })
    },
    closed
  ),
  { minItems: 1 }
)

type LiveInFile = Static<typeof LiveSchema>

/** What becomes of an instrument whose market data is not to be trusted: no orders are taken, or it is only marked. */
export type StalePolicy = 'halt' | 'stale'

export interface LiveInstrumentConfig extends InstrumentTerms {
  /** What the feed calls it. */
  readonly feedSymbol: string
}

/** One live feed. Keys that an adapter does not use are refused. */
export interface LiveFeedConfig {
  readonly adapter: (typeof ADAPTERS)[number]
  readonly name: string
  readonly url: string | undefined
  readonly snapshotUrl: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly listen: number | undefined
  readonly senderCompId: string | undefined
  readonly targetCompId: string | undefined
  readonly username: string | undefined
  /** Names the environment variable that holds the password: no secret stands in the file. */
  readonly passwordVariable: string | undefined
  readonly heartBtInt: number | undefined
  readonly depth: number | undefined
  readonly staleAfter: Nanos
  readonly quietAfter: Nanos | undefined
  readonly onStale: StalePolicy
  readonly instruments: readonly LiveInstrumentConfig[]
}

type Key = keyof LiveInFile[number]

const COMMON: readonly Key[] = ['adapter', 'name', 'staleAfter', 'quietAfter', 'onStale', 'instruments']
const OWN: Readonly<Record<LiveFeedConfig['adapter'], readonly Key[]>> = {
  'binance-spot': ['url', 'snapshotUrl'],
  'binance-usdm': ['url', 'snapshotUrl'],
  coinbase: ['url'],
  kraken: ['url', 'depth'],
  fix: ['host', 'port', 'senderCompId', 'targetCompId', 'username', 'passwordVariable', 'heartBtInt', 'depth'],
  tcp: ['host', 'port', 'listen'],
  stdin: []
}
const NEEDED: Readonly<Partial<Record<LiveFeedConfig['adapter'], readonly Key[]>>> = {
  fix: ['host', 'port', 'senderCompId', 'targetCompId']
}
const KRAKEN_DEPTHS: readonly number[] = [10, 25, 100, 500, 1000]

/** @throws UserError where keys of an adapter are missing or of another, or feeds or symbols are named twice. */
export function liveSection(
  feeds: LiveInFile,
  positionOf: (path: string) => SourcePosition
): readonly LiveFeedConfig[] {
  const names = new Set<string>()
  const symbols = new Set<string>()
  return feeds.map((feed, i) => {
    const path = `/market/live/${i}`
    const fail = (key: string, problem: string): never => {
      throw new UserError(`${path}${key} ${problem}`, positionOf(`${path}${key}`))
    }
    checkKeys(feed, fail)
    checkUrls(feed, fail)
    checkTimes(feed, fail)
    const name = feed.name ?? feed.adapter
    if (names.has(name)) fail('', `has the name of another feed, ${name}: give it one of its own`)
    names.add(name)
    feed.instruments.forEach((each, n) => {
      if (symbols.has(each.symbol)) fail(`/instruments/${n}/symbol`, `${each.symbol} is of another feed already`)
      symbols.add(each.symbol)
      try {
        instrument(instrumentNo(0), each)
      } catch (error) {
        fail(`/instruments/${n}`, `must have tick and lot that fit their scales: ${(error as Error).message}`)
      }
    })
    return {
      adapter: feed.adapter,
      name,
      url: feed.url,
      snapshotUrl: feed.snapshotUrl,
      host: feed.host,
      port: feed.port,
      listen: feed.listen,
      senderCompId: feed.senderCompId,
      targetCompId: feed.targetCompId,
      username: feed.username,
      passwordVariable: feed.passwordVariable,
      heartBtInt: feed.heartBtInt,
      depth: feed.depth,
      staleAfter: parseDuration(feed.staleAfter ?? '10s') ?? nanos(10 * SECOND),
      quietAfter: feed.quietAfter === undefined ? undefined : parseDuration(feed.quietAfter),
      onStale: feed.onStale ?? 'halt',
      instruments: feed.instruments.map((each) => ({ ...each, feedSymbol: each.feedSymbol ?? each.symbol }))
    }
  })
}

/** Timers are looked after ten times a second. */
const SHORTEST = 500 * MILLISECOND

function checkTimes(feed: LiveInFile[number], fail: (key: string, problem: string) => never): void {
  for (const key of ['staleAfter', 'quietAfter'] as const) {
    const text = feed[key]
    if (text !== undefined && (parseDuration(text) ?? 0) < SHORTEST) fail(`/${key}`, 'must be 500ms or more')
  }
}

/** Where feeds are: keys that hold a URL, and what it begins with. */
const URLS = { url: ['ws:', 'wss:'], snapshotUrl: ['http:', 'https:'] } as const

function checkUrls(feed: LiveInFile[number], fail: (key: string, problem: string) => never): void {
  for (const key of ['url', 'snapshotUrl'] as const) {
    const text = feed[key]
    if (text === undefined) continue
    const url = URL.canParse(text) ? new URL(text) : undefined
    const [plain, secure] = URLS[key]
    if (url === undefined || (url.protocol !== plain && url.protocol !== secure) || url.hash !== '') {
      fail(`/${key}`, `must be a URL that begins with ${plain}// or ${secure}//, without #`)
    }
  }
}

function checkKeys(feed: LiveInFile[number], fail: (key: string, problem: string) => never): void {
  const { adapter } = feed
  for (const key of Object.keys(feed) as Key[]) {
    if (!COMMON.includes(key) && !OWN[adapter].includes(key)) fail(`/${key}`, `is no key of the adapter ${adapter}`)
  }
  for (const key of NEEDED[adapter] ?? []) {
    if (feed[key] === undefined) fail('', `must have ${key}: the adapter ${adapter} needs it`)
  }
  if (adapter === 'tcp' && (feed.listen === undefined) === (feed.port === undefined)) {
    fail('', 'must have listen, a port to wait on, or host and port, a server to connect to')
  }
  if (adapter === 'tcp' && feed.port !== undefined && feed.host === undefined) fail('', 'must have host beside port')
  if (adapter === 'kraken' && !KRAKEN_DEPTHS.includes(feed.depth ?? 10)) {
    fail('/depth', `must be one of ${KRAKEN_DEPTHS.join(', ')}`)
  }
}
