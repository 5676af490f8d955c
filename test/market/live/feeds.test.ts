import { describe, expect, it } from 'vitest'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams,
  type BinanceMarket
} from '../../../src/market/live/adapters/binance-protocol.js'
import { CoinbaseProtocol } from '../../../src/market/live/adapters/coinbase-protocol.js'
import { KrakenProtocol } from '../../../src/market/live/adapters/kraken-protocol.js'
import { LineProtocol } from '../../../src/market/live/adapters/line-protocol.js'
import type { Feed } from '../../../src/market/live/feed.js'
import { tcpLines } from '../../../src/market/live/links/line-link.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { feedBehaviour } from './feed-behaviour.js'
import { feedFaults } from './feed-faults.js'
import { FakeBinance } from './support/fake-binance.js'
import { FakeCoinbase } from './support/fake-coinbase.js'
import { FakeKraken } from './support/fake-kraken.js'
import { FakeLines } from './support/fake-lines.js'
import type { FakeExchange } from './support/fake-exchange.js'
import type { FeedBench } from './support/feed-bench.js'
import type { FeedUnderTest } from './support/feed-under-test.js'
import { FIX_SUBJECT } from './support/fix-subject.js'

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

function everyFeed<T extends FakeExchange>(subject: FeedUnderTest<T>): void {
  feedBehaviour(subject)
  feedFaults(subject)
}

everyFeed({
  name: 'Binance spot',
  exchange: (bench) => new FakeBinance('spot', bench.clock),
  feed: binance('spot'),
  twice: 'number',
  overtaken: 'missing'
})
everyFeed({
  name: 'Binance USD-M',
  exchange: (bench) => new FakeBinance('usdm', bench.clock),
  feed: binance('usdm'),
  twice: 'number',
  overtaken: 'missing'
})
everyFeed({
  name: 'Coinbase',
  exchange: (bench) => new FakeCoinbase(bench.clock),
  feed: (bench, exchange) =>
    bench.connected(webSocket(exchange.url), (host) => new CoinbaseProtocol(host), [bench.instrument()]),
  twice: 'same',
  overtaken: 'late'
})
everyFeed({
  name: 'Kraken',
  exchange: (bench) => new FakeKraken(bench.clock),
  feed: (bench, exchange) =>
    bench.connected(webSocket(exchange.url), (host) => new KrakenProtocol(host, 10), [bench.instrument(10)]),
  twice: 'same',
  overtaken: 'missing'
})
everyFeed({
  name: 'JSON lines',
  exchange: (bench) => new FakeLines(bench.clock),
  feed: lines,
  twice: 'number',
  overtaken: 'missing',
  ownTimes: true
})
everyFeed(FIX_SUBJECT)

describe('streams', () => {
  it('are those that Binance documents', () => {
    expect(binanceStreams(['BTCUSDT'])).toBe('/stream?streams=btcusdt@depth@100ms/btcusdt@trade')
    expect(binanceSnapshotPath('usdm', 'btcusdt')).toBe('/fapi/v1/depth?symbol=BTCUSDT&limit=1000')
  })
})
