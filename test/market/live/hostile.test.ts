import { createServer as createHttp, type ServerResponse } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BinanceProtocol } from '../../../src/market/live/adapters/binance-protocol.js'
import { CoinbaseProtocol } from '../../../src/market/live/adapters/coinbase-protocol.js'
import { LineProtocol } from '../../../src/market/live/adapters/line-protocol.js'
import { tcpLines } from '../../../src/market/live/links/line-link.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { FakeBinance } from './support/fake-binance.js'
import { FakeCoinbase } from './support/fake-coinbase.js'
import { FeedBench } from './support/feed-bench.js'

const book = (bids: unknown, asks: unknown): string => JSON.stringify({ lastUpdateId: 1000, bids, asks })

/** Answers to GET depth: what is answered, what the log says, and what the venue's book is. */
const ANSWERS: readonly (readonly [string, (response: ServerResponse) => void, RegExp, 'syncing' | 'live'])[] = [
  ['500', (r) => r.writeHead(500).end('oops'), /no snapshot: HTTP 500: oops$/, 'syncing'],
  [
    'an unknown symbol',
    (r) => r.writeHead(400).end('{"msg":"Invalid symbol."}'),
    /HTTP 400: .*Invalid symbol/,
    'syncing'
  ],
  ['a redirection', (r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /HTTP 302$/, 'syncing'],
  ['a page', (r) => r.end('<html>maintenance</html>'), /expected JSON, got "<html>maintenance<\/html>"$/, 'syncing'],
  ['half an answer', (r) => r.write('{"last', () => r.destroy()), /no snapshot: (aborted|socket hang up)$/, 'syncing'],
  ['wrong types', (r) => r.end(book({}, null)), /expected bids as a list, got {}$/, 'syncing'],
  ['numbers for text', (r) => r.end(book([[100.1, 5]], [])), /expected bids as \[price, quantity\] in text/, 'syncing'],
  ['a negative size', (r) => r.end(book([['100.10', '-5']], [])), /the quantity -5 of ACME is below 0$/, 'syncing'],
  [
    'a crossed book',
    (r) => r.end(book([['100.10', '5']], [['100.10', '5']])),
    /crossed: something is missing$/,
    'syncing'
  ],
  ['an empty book', (r) => r.end(book([], [])), /^connected/, 'live'],
  ['a one-sided book', (r) => r.end(book([['100.10', '5']], [])), /^connected/, 'live']
]

describe('a snapshot that is', () => {
  let bench: FeedBench
  let exchange: FakeBinance
  let http: Server
  let answer: (response: ServerResponse) => void

  beforeEach(async () => {
    bench = new FeedBench()
    exchange = new FakeBinance('spot', bench.clock)
    await exchange.start()
    http = createHttp((_request, response) => answer(response))
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
    const { port } = http.address() as AddressInfo
    bench.feed = bench.connected(
      webSocket(exchange.url),
      (host) => new BinanceProtocol(host, () => `http://127.0.0.1:${port}/depth`),
      [bench.instrument()]
    )
  })

  afterEach(async () => {
    bench.feed?.stop()
    http.close()
    await exchange.stop()
  })

  it.each(ANSWERS)('%s is told, and no book but the exchange’s comes of it', async (_what, answers, told, state) => {
    answer = answers
    bench.feed?.start()
    await bench.until(
      () => bench.log.some((line) => told.test(line)) && (state === 'syncing' || bench.state === 'live')
    )
    expect(bench.state).toBe(state)
    if (state === 'syncing') expect(bench.venue.levels()).toEqual([])
  })
})

/** What a server does with a socket that expects lines, and what the log says. */
const SPEAKERS: readonly (readonly [string, (socket: Socket) => void, RegExp])[] = [
  [
    'closes its half at once',
    (socket) => socket.end(),
    /^disconnected the connection was closed; next attempt in 1 s$/
  ],
  [
    'speaks HTTP',
    (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    /^fault expected JSON, got "HTTP\/1\.1 400/
  ],
  [
    'sends bytes of no text',
    (socket) => socket.write(Buffer.from([255, 0, 27, 91, 10])),
    /^fault expected JSON, got "�\\u0000/
  ],
  ['never ends a line', (socket) => flood(socket), /^disconnected a line is longer than 33554432 characters/],
  ['nests without end', (socket) => socket.write(`${'['.repeat(1_000_000)}\n`), /^fault expected JSON, got "\[{79}$/]
]

function flood(socket: Socket): void {
  const piece = 'y'.repeat(2 ** 20)
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', more)
  more()
}

describe('a server that', () => {
  it.each(SPEAKERS)('%s is told, and gives no book', async (_what, speaks, told) => {
    const bench = new FeedBench()
    const server = createTcp((socket) => {
      socket.on('error', () => undefined)
      speaks(socket)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    bench.feed = bench.connected(tcpLines('127.0.0.1', port), (host) => new LineProtocol(host), [bench.instrument()])
    bench.feed.start()
    await bench.until(() => bench.log.some((line) => told.test(line)))
    expect(bench.venue.levels()).toEqual([])
    bench.feed.stop()
    server.close()
  })

  it('has no TLS, or nobody behind its port, is told and dialled again', async () => {
    const exchange = new FakeCoinbase()
    await exchange.start()
    for (const [url, told] of [
      [exchange.url.replace('ws:', 'wss:'), /^disconnected .*wrong version number/s],
      ['ws://127.0.0.1:1', /^disconnected connect ECONNREFUSED 127\.0\.0\.1:1; next attempt in 1 s$/]
    ] as const) {
      const bench = new FeedBench()
      bench.feed = bench.connected(webSocket(url), (host) => new CoinbaseProtocol(host), [bench.instrument()])
      bench.feed.start()
      await bench.until(() => bench.log.some((line) => told.test(line)))
      expect(bench.state).toBe('down')
      bench.feed.stop()
    }
    await exchange.stop()
  })
})
