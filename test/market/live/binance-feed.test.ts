import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams
} from '../../../src/market/live/adapters/binance-protocol.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { FakeBinance } from './support/fake-binance.js'
import { FeedBench } from './support/feed-bench.js'

describe('Binance: the book from snapshot and stream', () => {
  let bench: FeedBench
  let exchange: FakeBinance

  beforeEach(async () => {
    bench = new FeedBench()
    exchange = new FakeBinance('usdm')
    await exchange.start()
    bench.feed = bench.connected(
      webSocket(exchange.url + binanceStreams(['ACME'])),
      (host) => new BinanceProtocol(host, (symbol) => exchange.httpUrl + binanceSnapshotPath('usdm', symbol)),
      [bench.instrument()]
    )
  })

  afterEach(async () => {
    bench.feed?.stop()
    await exchange.stop()
  })

  const same = (): Promise<void> =>
    bench.until(() => bench.state === 'live' && bench.venue.levels().join() === exchange.truth.join())

  it('applies updates that were buffered before an older snapshot', async () => {
    exchange.hold()
    bench.feed?.start()
    await bench.until(() => exchange.requests === 1)
    exchange.change([['100.10', '1']])
    exchange.change([['100.09', '2']])
    exchange.change([['100.10', '3']])
    await bench.until(() => bench.feed?.status.messages === 4)
    exchange.snapshotAge = 2
    exchange.release()
    await same()
    expect(exchange.requests).toBe(1)
    expect(bench.venue.told).toHaveLength(5)
  })

  it('leaves out buffered updates that the snapshot holds', async () => {
    exchange.hold()
    bench.feed?.start()
    await bench.until(() => exchange.requests === 1)
    exchange.change([['100.10', '1']])
    exchange.change([['100.09', '2']])
    await bench.until(() => bench.feed?.status.messages === 3)
    exchange.release()
    await same()
    expect(bench.venue.told).toHaveLength(3)
  })

  it('holds a snapshot that comes first against the first update', async () => {
    for (let i = 1; i <= 5; i++) exchange.change([['100.10', `${i}`]])
    exchange.quiet = true
    exchange.snapshotAge = 3
    bench.feed?.start()
    await bench.until(() => bench.feed?.status.connected === true && exchange.requests === 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(bench.state).toBe('syncing')
    exchange.snapshotAge = 0
    exchange.change([['100.10', '6']])
    await same()
    expect(bench.log).toContain('gap ACME: the snapshot is older than the stream')
    expect(exchange.requests).toBe(2)
  })

  /** Ten seconds in which the stream says nothing, though the connection lives. */
  async function tenSeconds(): Promise<void> {
    for (let second = 0; second < 10; second++) {
      expect(bench.state).toBe('syncing')
      exchange.sign()
      await new Promise((resolve) => setTimeout(resolve, 1))
      bench.pass(1)
    }
  }

  it('takes the second snapshot of a market in which nothing moves', async () => {
    exchange.quiet = true
    bench.feed?.start()
    await bench.until(() => bench.feed?.status.connected === true && exchange.requests === 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await tenSeconds()
    await same()
    expect(exchange.requests).toBe(2)
  })

  it('takes none while the book changes and the stream does not tell it', async () => {
    exchange.quiet = true
    bench.feed?.start()
    await bench.until(() => bench.feed?.status.connected === true && exchange.requests === 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    exchange.lose([['100.10', '2']])
    await tenSeconds()
    await bench.until(() => bench.log.at(-1)?.includes('stream is silent') === true)
    expect(bench.state).toBe('syncing')
    exchange.change([['100.10', '3']])
    await same()
  })

  it('asks again where the snapshot is older than the stream', async () => {
    for (let i = 1; i <= 5; i++) exchange.change([['100.10', `${i}`]])
    exchange.hold()
    exchange.snapshotAge = 5
    bench.feed?.start()
    await bench.until(() => exchange.requests === 1)
    exchange.change([['100.09', '2']])
    await bench.until(() => bench.feed?.status.messages === 2)
    exchange.release()
    exchange.snapshotAge = 0
    await same()
    expect(bench.log).toContain('gap ACME: the snapshot is older than the stream')
    expect(exchange.requests).toBe(2)
  })

  it('leaves out updates that come twice or late', async () => {
    bench.feed?.start()
    await same()
    const from = bench.venue.told.length
    exchange.change([['100.10', '1']])
    exchange.again()
    exchange.change([['100.10', '2']])
    exchange.again()
    exchange.again()
    exchange.change([['100.10', '3']])
    await bench.until(() => bench.feed?.status.messages === 7)
    expect(bench.venue.told.slice(from)).toEqual(['bid 10010 x 1000', 'bid 10010 x 2000', 'bid 10010 x 3000'])
    expect(bench.feed?.status.losses).toBe(0)
  })

  it('counts prints that are missing and does not tell one twice', async () => {
    bench.feed?.start()
    await same()
    const from = bench.venue.told.length
    exchange.trade('100.10', '1', 'sell')
    exchange.skipTrades(2)
    exchange.trade('100.12', '0.5', 'buy')
    exchange.again()
    exchange.trade('100.12', '0.25', 'buy')
    await bench.until(() => bench.feed?.status.messages === 5)
    expect(bench.venue.told.slice(from)).toEqual([
      'trade -1 @ 10010 x 1000',
      'trade 1 @ 10012 x 500',
      'trade 1 @ 10012 x 250'
    ])
    expect(bench.feed?.status.missedTrades).toBe(2)
  })
})
