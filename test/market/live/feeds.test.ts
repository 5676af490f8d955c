import { describe, expect, it } from 'vitest'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams,
  type BinanceMarket
} from '../../../src/market/live/adapters/binance-protocol.js'
import { CoinbaseProtocol } from '../../../src/market/live/adapters/coinbase-protocol.js'
import { FixFeed } from '../../../src/market/live/adapters/fix-feed.js'
import { KrakenProtocol } from '../../../src/market/live/adapters/kraken-protocol.js'
import { LineProtocol } from '../../../src/market/live/adapters/line-protocol.js'
import type { Feed } from '../../../src/market/live/feed.js'
import { tcpLines } from '../../../src/market/live/links/line-link.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { FIX44 } from '../../fix/wire/dictionary-fixture.js'
import { feedBehaviour } from './feed-behaviour.js'
import { FakeBinance } from './support/fake-binance.js'
import { FakeBroker } from './support/fake-broker.js'
import { FakeCoinbase } from './support/fake-coinbase.js'
import { FakeKraken } from './support/fake-kraken.js'
import { FakeLines } from './support/fake-lines.js'
import { EPOCH, type FeedBench, STALE_AFTER } from './support/feed-bench.js'

function binance(market: BinanceMarket): (bench: FeedBench, exchange: FakeBinance) => Feed {
  return (bench, exchange) =>
    bench.connected(
      webSocket(exchange.url + binanceStreams(['ACME'])),
      (host) => new BinanceProtocol(host, (symbol) => exchange.httpUrl + binanceSnapshotPath(market, symbol)),
      [bench.instrument()]
    )
}

const lines = (bench: FeedBench, exchange: FakeLines): Feed =>
  bench.connected(tcpLines('127.0.0.1', exchange.port), (host) => new LineProtocol(host), [bench.instrument()])

feedBehaviour({ name: 'Binance spot', exchange: () => new FakeBinance('spot'), feed: binance('spot') })
feedBehaviour({ name: 'Binance USD-M', exchange: () => new FakeBinance('usdm'), feed: binance('usdm') })
feedBehaviour({
  name: 'Coinbase',
  exchange: () => new FakeCoinbase(),
  feed: (bench, exchange) =>
    bench.connected(webSocket(exchange.url), (host) => new CoinbaseProtocol(host), [bench.instrument()])
})
feedBehaviour({
  name: 'Kraken',
  exchange: () => new FakeKraken(),
  feed: (bench, exchange) =>
    bench.connected(webSocket(exchange.url), (host) => new KrakenProtocol(host, 10), [bench.instrument(10)])
})
feedBehaviour({ name: 'JSON lines', exchange: () => new FakeLines(), feed: lines })
feedBehaviour({
  name: 'FIX 4.4',
  exchange: (bench) => new FakeBroker(bench.clock, EPOCH),
  feed: (bench, exchange) =>
    new FixFeed({
      ...{ name: 'feed', host: '127.0.0.1', port: exchange.port, senderCompId: 'PAPERPIT', targetCompId: 'BROKER' },
      ...{ heartBtInt: 30, depth: 0, dictionary: FIX44, instruments: [bench.instrument()], clock: bench.clock },
      epoch: EPOCH,
      staleAfter: STALE_AFTER,
      log: { event: (_feed, event, text) => bench.log.push(`${event} ${text}`) }
    }),
  anonymousPrints: true
})

describe('streams', () => {
  it('are those that Binance documents', () => {
    expect(binanceStreams(['BTCUSDT'])).toBe('/stream?streams=btcusdt@depth@100ms/btcusdt@trade')
    expect(binanceSnapshotPath('usdm', 'btcusdt')).toBe('/fapi/v1/depth?symbol=BTCUSDT&limit=1000')
  })
})
