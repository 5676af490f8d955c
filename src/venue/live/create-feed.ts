import type { Clock, EpochSeconds, Nanos } from '../../base/time.js'
import type { Dictionary } from '../../fix/dictionary/dictionary.js'
import type { Instrument } from '../../exchange/instrument.js'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams,
  type BinanceMarket
} from '../../market/live/adapters/binance-protocol.js'
import { CoinbaseProtocol } from '../../market/live/adapters/coinbase-protocol.js'
import { FixFeed } from '../../market/live/adapters/fix-feed.js'
import { KrakenProtocol, type KrakenDepth } from '../../market/live/adapters/kraken-protocol.js'
import { LineProtocol } from '../../market/live/adapters/line-protocol.js'
import { ConnectedFeed } from '../../market/live/connected-feed.js'
import type { Feed, FeedLog, FeedOutput } from '../../market/live/feed.js'
import { FeedInstrument } from '../../market/live/feed-instrument.js'
import type { FeedProtocol, ProtocolHost } from '../../market/live/feed-protocol.js'
import { streamLines, tcpLines } from '../../market/live/links/line-link.js'
import { LineListener } from '../../market/live/links/line-listener.js'
import type { Dial } from '../../market/live/links/link.js'
import { webSocket } from '../../market/live/links/web-socket-link.js'
import type { LiveFeedConfig } from '../config/live-section.js'

/** What every feed of a venue shares. */
export interface FeedParts {
  readonly output: FeedOutput
  readonly clock: Clock
  readonly epoch: EpochSeconds
  readonly log: FeedLog
  readonly dictionary: Dictionary
}

/** Where the exchanges' public market data is. */
const BINANCE: Readonly<Record<BinanceMarket, { readonly url: string; readonly snapshotUrl: string }>> = {
  spot: { url: 'wss://stream.binance.com:9443', snapshotUrl: 'https://api.binance.com' },
  // Of the paths that Binance split this into in 2026, the one that has depth and trade.
  usdm: { url: 'wss://fstream.binance.com/public', snapshotUrl: 'https://fapi.binance.com' }
}
const COINBASE = 'wss://ws-feed.exchange.coinbase.com'
const KRAKEN = 'wss://ws.kraken.com/v2'

/** Makes the feed that a configuration names. `instruments` are the venue's, in the configuration's order. */
export function createFeed(config: LiveFeedConfig, instruments: readonly Instrument[], parts: FeedParts): Feed {
  const depth = config.adapter === 'kraken' ? (config.depth ?? 10) : undefined
  const instrumentsOf = instruments.map(
    (instrument, i) => new FeedInstrument(instrument, symbolOf(config, i), parts.output, depth)
  )
  const over = (
    dial: Dial,
    protocol: (host: ProtocolHost) => FeedProtocol,
    behindAfter?: Nanos,
    release?: () => void
  ): Feed =>
    new ConnectedFeed({ ...parts, ...config, behindAfter, instruments: instrumentsOf, dial, release, protocol })
  switch (config.adapter) {
    case 'binance-spot':
      return over(...binance('spot', config), config.staleAfter)
    case 'binance-usdm':
      return over(...binance('usdm', config), config.staleAfter)
    case 'coinbase':
      return over(webSocket(config.url ?? COINBASE), (host) => new CoinbaseProtocol(host), config.staleAfter)
    case 'kraken':
      return over(
        webSocket(config.url ?? KRAKEN),
        (host) => new KrakenProtocol(host, depth as KrakenDepth),
        config.staleAfter
      )
    case 'fix':
      return new FixFeed({
        ...parts,
        name: config.name,
        host: config.host ?? '',
        port: config.port ?? 0,
        senderCompId: config.senderCompId ?? '',
        targetCompId: config.targetCompId ?? '',
        credentials: credentialsOf(config),
        heartBtInt: config.heartBtInt ?? 10,
        depth: config.depth ?? 0,
        staleAfter: config.staleAfter,
        instruments: instrumentsOf
      })
    case 'tcp': {
      const { listen, host = '', port = 0 } = config
      if (listen === undefined) return over(tcpLines(host, port), (feed) => new LineProtocol(feed))
      // Pushed lines come from this machine only.
      const listener = new LineListener('127.0.0.1', listen)
      return over(
        listener.dial,
        (feed) => new LineProtocol(feed),
        undefined,
        () => listener.close()
      )
    }
    case 'stdin':
      return over(streamLines(process.stdin), (host) => new LineProtocol(host))
  }
}

/** What messages call an instrument: Binance's streams are asked for in small letters, and answer in capitals. */
function symbolOf({ adapter, instruments }: LiveFeedConfig, n: number): string {
  const { feedSymbol } = instruments[n]
  return adapter.startsWith('binance') ? feedSymbol.toUpperCase() : feedSymbol
}

function binance(market: BinanceMarket, config: LiveFeedConfig): [Dial, (host: ProtocolHost) => FeedProtocol] {
  const url = config.url ?? BINANCE[market].url
  const snapshotUrl = config.snapshotUrl ?? BINANCE[market].snapshotUrl
  const symbols = config.instruments.map(({ feedSymbol }) => feedSymbol)
  return [
    webSocket(url + binanceStreams(symbols)),
    (host) => new BinanceProtocol(host, (symbol) => snapshotUrl + binanceSnapshotPath(market, symbol))
  ]
}

function credentialsOf({
  username,
  passwordVariable
}: LiveFeedConfig): { username: string; password: string } | undefined {
  if (username === undefined) return undefined
  return { username, password: passwordVariable === undefined ? '' : (process.env[passwordVariable] ?? '') }
}
