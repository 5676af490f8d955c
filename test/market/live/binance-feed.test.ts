import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams
} from '../../../src/market/live/adapters/binance-protocol.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { sharedData } from '../../support/data.js'
import { FakeBinance } from './support/fake-binance.js'
import { FakeWebSocketExchange } from './support/fake-web-socket.js'
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
    await bench.until(() => bench.feed?.status.messages === 3)
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
    await bench.until(() => bench.feed?.status.messages === 2)
    exchange.release()
    await same()
    expect(bench.venue.told).toHaveLength(3)
  })

  it('asks again where the snapshot is older than the stream', async () => {
    for (let i = 1; i <= 5; i++) exchange.change([['100.10', `${i}`]])
    exchange.hold()
    exchange.snapshotAge = 5
    bench.feed?.start()
    await bench.until(() => exchange.requests === 1)
    exchange.change([['100.09', '2']])
    await bench.until(() => bench.feed?.status.messages === 1)
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
    exchange.repeat()
    exchange.change([['100.10', '2']])
    exchange.repeat()
    exchange.repeat()
    exchange.change([['100.10', '3']])
    await bench.until(() => bench.feed?.status.messages === 6)
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
    exchange.repeatTrade()
    exchange.trade('100.12', '0.25', 'buy')
    await bench.until(() => bench.feed?.status.messages === 4)
    expect(bench.venue.told.slice(from)).toEqual([
      'trade -1 @ 10010 x 1000',
      'trade 1 @ 10012 x 500',
      'trade 1 @ 10012 x 250'
    ])
    expect(bench.feed?.status.missedTrades).toBe(2)
  })
})

const RECORDING = 'binance/binance-usdm_BTCUSDT_20240808T235415Z_345s.jsonl.gz'
const GOLDEN = 'golden/BTCUSDT_usdm.json'

/** Sends a recording as fast as it is read, and answers with its snapshot. */
class Replayed extends FakeWebSocketExchange {
  snapshot = ''

  protected override answer(): string {
    return this.snapshot
  }

  say(text: string): void {
    this.broadcastText(text)
  }

  protected sendBook(): void {}
  protected sendChange(): void {}
  protected sendTrade(): void {}
  protected skip(): void {}
}

interface Golden {
  readonly events_E: number
  readonly probes: readonly {
    readonly e: number
    readonly bids: readonly (readonly [string, string])[]
    readonly asks: readonly (readonly [string, string])[]
  }[]
}

describe('a recording of Binance USD-M over a socket', () => {
  const file = sharedData(RECORDING)
  const golden = sharedData(GOLDEN)

  it.skipIf(!file || !golden)('gives the book of every golden probe', { timeout: 60_000 }, async () => {
    const { probes, events_E: events } = JSON.parse(readFileSync(golden as string, 'utf8')) as Golden
    const bench = new FeedBench()
    const exchange = new Replayed()
    await exchange.start()
    const instrument = bench.instrument(undefined, { symbol: 'BTCUSDT', tickSize: '0.10', lotSize: '0.001' })
    bench.feed = bench.connected(
      webSocket(`${exchange.url}/stream`),
      (host) => new BinanceProtocol(host, () => `${exchange.httpUrl}/depth`),
      [instrument]
    )
    const top = (side: 1 | -1): (readonly [string, string])[] =>
      Array.from({ length: 5 }, (_, n) => [
        String(instrument.book.price(side, n) / 100),
        String(instrument.book.qty(side, n) / 1000)
      ])
    // The snapshot is answered where it stands in the recording.
    exchange.hold()
    bench.feed.start()
    await bench.until(() => exchange.requests === 1)
    let sent = 0
    let met = 0
    const input = createReadStream(file as string).pipe(createGunzip())
    for await (const line of createInterface({ input })) {
      const text = line.slice(line.indexOf(' ') + 1)
      if (text.startsWith('{"lastUpdateId"')) {
        await bench.until(() => bench.feed?.status.messages === sent)
        exchange.snapshot = text
        exchange.release()
        await bench.until(() => bench.state === 'live')
      } else if (text.includes('"depthUpdate"')) {
        exchange.say(text)
        sent++
        await bench.until(() => bench.feed?.status.messages === sent)
      } else continue
      // Before the book came and when it did, the instrument told its state.
      const applied = bench.venue.told.length - 3
      const probe = probes.find(({ e }) => e === applied)
      if (!probe) continue
      met++
      expect([top(1), top(-1)], `probe ${probe.e}`).toEqual([probe.bids, probe.asks])
    }
    expect(bench.feed.status).toMatchObject({ losses: 0, missedTrades: 0 })
    expect(bench.venue.told.length - 2).toBe(events)
    expect(met).toBe(probes.length)
    bench.feed.stop()
    await exchange.stop()
  })
})
