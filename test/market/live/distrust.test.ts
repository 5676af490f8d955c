import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import type { FixGroupEntry } from '../../../src/fix/wire/fix-message.js'
import { BinanceProtocol, binanceStreams } from '../../../src/market/live/adapters/binance-protocol.js'
import { FixBook } from '../../../src/market/live/adapters/fix-book.js'
import { MdTag } from '../../../src/market/live/adapters/fix-codes.js'
import { KrakenProtocol } from '../../../src/market/live/adapters/kraken-protocol.js'
import { LineProtocol } from '../../../src/market/live/adapters/line-protocol.js'
import { FeedFault } from '../../../src/market/live/feed-fault.js'
import { streamLines } from '../../../src/market/live/links/line-link.js'
import { LineListener } from '../../../src/market/live/links/line-listener.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { FakeBinance } from './support/fake-binance.js'
import { FakeKraken } from './support/fake-kraken.js'
import { FeedBench } from './support/feed-bench.js'

const BOOK = ['ask 10012 x 7000', 'bid 10010 x 5000']

describe('a book by lines', () => {
  let bench: FeedBench
  let input: PassThrough

  beforeEach(() => {
    bench = new FeedBench()
    input = new PassThrough()
    const behindAfter = nanos(10 * SECOND)
    bench.feed = bench.connected(
      streamLines(input),
      (host) => new LineProtocol(host),
      [bench.instrument()],
      undefined,
      behindAfter
    )
    bench.feed.start()
  })

  afterEach(() => bench.feed?.stop())

  let sent = 0
  const say = async (line: object | string): Promise<void> => {
    sent = (bench.feed?.status.messages ?? 0) + 1
    input.write(`${typeof line === 'string' ? line : JSON.stringify({ symbol: 'ACME', ...line })}\n`)
    await bench.until(() => bench.feed?.status.messages === sent)
  }
  const book = (more: object = {}): Promise<void> =>
    say({ type: 'book', bids: [['100.10', '5']], asks: [['100.12', '7']], ...more })
  const change = (qty: string, more: object = {}): Promise<void> =>
    say({ type: 'change', bids: [['100.10', qty]], ...more })

  it('is not shown while what comes is old, and is the latest when it is fresh again', async () => {
    const time = (second: number): { time: string } => ({
      time: new Date(1_700_000_000_000 + second * 1000).toISOString()
    })
    await book(time(0))
    expect(bench.venue.levels()).toEqual(BOOK)
    const from = bench.venue.told.length
    // The connection stood still, though nobody saw it: what was sent meanwhile comes now.
    bench.clock.advance(30 * SECOND)
    for (let second = 1; second <= 20; second++) await change(String(second), time(second))
    expect([bench.state, bench.venue.levels()]).toEqual(['stale', []])
    await change('30', time(29))
    expect(bench.venue.told.slice(from)).toEqual([
      'clear',
      'ACME stale: the feed is 29 s behind',
      'clear, bid 10010 x 30000, ask 10012 x 7000',
      'ACME live'
    ])
  })

  it('is not shown as it was, where it was stale, before what has come is taken', async () => {
    await book()
    bench.clock.advance(12 * SECOND)
    bench.feed?.tick()
    expect(bench.state).toBe('stale')
    const from = bench.venue.told.length
    await change('1')
    expect(bench.venue.told.slice(from)).toEqual(['clear, bid 10010 x 1000, ask 10012 x 7000', 'ACME live'])
  })

  it('is lost by a gap behind a book that came unasked, while a pause runs', async () => {
    await book({ seq: 1 })
    await change('1', { seq: 3 })
    await change('1', { seq: 4 })
    await book({ seq: 10 })
    await change('1', { seq: 12 })
    expect(bench.state).toBe('syncing')
    await book({ seq: 20 })
    expect(bench.state).toBe('live')
    await change('1', { seq: 22 })
    expect([bench.state, bench.venue.levels()]).toEqual(['syncing', []])
  })

  it('may begin its count anew: the line behind a book tells whether that was old', async () => {
    await book({ seq: 50 })
    await change('1', { seq: 51 })
    await book({ seq: 1, bids: [['100.09', '5']] })
    expect([bench.state, bench.log.at(-1)]).toEqual(['syncing', 'gap ACME: book 1 is older than line 51'])
    await change('2', { seq: 2 })
    expect([bench.state, bench.venue.levels()]).toEqual([
      'live',
      ['ask 10012 x 7000', 'bid 10009 x 5000', 'bid 10010 x 2000']
    ])
    await book({ seq: 1 })
    await change('3', { seq: 3 })
    expect(bench.state).toBe('syncing')
  })

  it('is lost by a number that is none', async () => {
    for (const [qty, why] of [
      ['-5', 'the quantity -5 of ACME is below 0'],
      ['1e-7', 'the quantity 1e-7 of ACME is finer than its lotSize or too large: check it'],
      ['0.0001', 'the quantity 0.0001 of ACME is finer than its lotSize or too large: check it']
    ]) {
      await book()
      await change(qty)
      expect([bench.state, bench.log.at(-1)]).toEqual(['syncing', `gap ACME: ${why}`])
    }
    await book()
    await say({ type: 'change', asks: [['-1', '5']] })
    expect(bench.log.at(-1)).toBe('gap ACME: the price -1 of ACME is not above 0')
  })

  it('says when the clocks are apart, once a connection', async () => {
    await book({ time: '2023-11-14T20:00:00Z' })
    await change('2', { time: '2023-11-14T20:00:01Z' })
    expect(bench.log.filter((line) => line.startsWith('fault'))).toEqual([
      "fault the feed's times are 7200 s behind this clock: what it sends is old, or a clock is wrong"
    ])
  })

  it('is lost by a line that cannot be read, as a change may have stood in it, but not by one of another symbol', async () => {
    await book()
    await say({ type: 'book', symbol: 'OTHER', bids: [] })
    expect(bench.state).toBe('live')
    await say('{"type":"chan')
    expect([bench.state, bench.log.at(-1)]).toEqual(['syncing', 'gap ACME: a message cannot be read'])
    await book()
    expect(bench.venue.levels()).toEqual(BOOK)
  })
})

describe('a port that waits for who pushes', () => {
  it('is there whenever one comes, and at once when one has left', async () => {
    const bench = new FeedBench()
    const listener = new LineListener('127.0.0.1', 0)
    bench.feed = bench.connected(listener.dial, (host) => new LineProtocol(host), [bench.instrument()])
    bench.feed.start()
    await bench.until(() => listener.port !== undefined)
    for (let i = 0; i < 10; i++) bench.pass(7)
    for (let visit = 1; visit <= 3; visit++) {
      const socket = connect(listener.port ?? 0, '127.0.0.1')
      socket.on('error', () => undefined)
      await bench.until(() => bench.feed?.status.connections === visit)
      socket.destroy()
      await bench.until(() => bench.state === 'down')
      bench.pass(0.1)
    }
    expect(bench.log.filter((line) => line.includes('no connection'))).toEqual([])
    bench.feed.stop()
    listener.close()
  })
})

describe('a checksum', () => {
  it('is compared before anybody is told of the book', async () => {
    const bench = new FeedBench()
    const exchange = new FakeKraken()
    await exchange.start()
    bench.feed = bench.connected(webSocket(exchange.url), (host) => new KrakenProtocol(host, 10), [
      bench.instrument(10)
    ])
    bench.feed.start()
    await bench.until(() => bench.state === 'live')
    const from = bench.venue.told.length
    exchange.mute = true
    exchange.lose([['100.10', '2']])
    exchange.change([['100.11', '3']])
    await bench.until(() => bench.state === 'syncing')
    expect(bench.venue.told.slice(from)).toEqual([
      'clear',
      'ACME syncing: the checksum of the book is not the exchange’s'
    ])
    bench.feed.stop()
    await exchange.stop()
  })
})

describe('an exchange that asks to be left alone', () => {
  it('is not asked again before', async () => {
    const bench = new FeedBench()
    const exchange = new FakeBinance('spot')
    await exchange.start()
    let asked = 0
    const get = (_url: string, answer: (answer: { error: string; retryAfter: number }) => void): (() => void) => {
      asked++
      setImmediate(() => answer({ error: 'HTTP 418', retryAfter: 120 }))
      return () => undefined
    }
    bench.feed = bench.connected(
      webSocket(exchange.url + binanceStreams(['ACME'])),
      (host) => new BinanceProtocol(host, (symbol) => symbol, get),
      [bench.instrument()]
    )
    bench.feed.start()
    await bench.until(() => bench.log.includes('gap ACME: no snapshot: HTTP 418'))
    for (let second = 1; second < 120; second++) {
      exchange.sign()
      bench.clock.advance(SECOND)
      bench.feed.tick()
    }
    expect(asked).toBe(1)
    bench.feed.stop()
    await exchange.stop()
  })
})

describe('JSON numbers', () => {
  it('are exact at the scale of the instrument, or none', () => {
    const btc = new FeedBench().instrument(10, { symbol: 'BTC', tickSize: '0.1', lotSize: '0.00000001' })
    expect([1e-7, 0.00000001, 2_100_000, 0.1 + 0.2].map((qty) => btc.quantityOf(qty))).toEqual([10, 1, 21e13, 3e7])
    for (const qty of [1e-9, 1e-12, -1e-8]) expect(() => btc.quantityOf(qty)).toThrow(FeedFault)
    expect(btc.priceOf(61_800.2)).toBe(618_002)
    expect(() => btc.priceOf(61_800.25)).toThrow('off the tick')
  })
})

describe('entries of a broker', () => {
  const entry = (fields: Readonly<Record<number, string>>): FixGroupEntry => ({
    has: (tag) => tag in fields,
    string: (tag) => fields[tag],
    char: (tag) => fields[tag]?.charCodeAt(0) ?? 0,
    int: () => undefined,
    decimal: () => undefined,
    group: () => []
  })

  it('go by the name that a change gives them', () => {
    const book = new FixBook(new FeedBench().instrument())
    const { MDUpdateAction, MDEntryType, MDEntryPx, MDEntrySize, MDEntryID, MDEntryRefID } = MdTag
    const bid = { [MDEntryType]: '0', [MDEntryPx]: '100.10' }
    book.snapshot([entry({ ...bid, [MDEntrySize]: '5', [MDEntryID]: 'A' })])
    book.update(entry({ ...bid, [MDUpdateAction]: '1', [MDEntrySize]: '4', [MDEntryID]: 'B', [MDEntryRefID]: 'A' }))
    expect(book.update(entry({ ...bid, [MDUpdateAction]: '1', [MDEntrySize]: '3', [MDEntryID]: 'B' }))).toEqual([
      { side: 1, price: 10_010, qty: 3000 }
    ])
    expect(book.update(entry({ [MDUpdateAction]: '2', [MDEntryID]: 'B' }))).toEqual([
      { side: 1, price: 10_010, qty: 0 }
    ])
  })

  it('may print inside the tick, which touches nothing displayed', () => {
    const bench = new FeedBench()
    const instrument = bench.instrument(undefined, { symbol: 'ACME', tickSize: '0.01', lotSize: '1', priceScale: 3 })
    instrument.snapshot(undefined, [])
    expect([instrument.printPrice('100.105'), instrument.printPrice('100.1055')]).toEqual([100_105, undefined])
    instrument.trade(undefined, 0, 100_105, 3)
    instrument.trade(undefined, 0, 100_110, 3)
    expect(bench.venue.told.slice(-2)).toEqual(['hidden 0 @ 100105 x 3', 'trade 0 @ 100110 x 3'])
  })
})
