import { connect, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { nanos, SECOND } from '../../../src/base/time.js'
import { LineProtocol } from '../../../src/market/live/adapters/line-protocol.js'
import type { Feed } from '../../../src/market/live/feed.js'
import { streamLines } from '../../../src/market/live/links/line-link.js'
import { LineListener } from '../../../src/market/live/links/line-listener.js'
import { LineSplitter } from '../../../src/market/live/links/line-splitter.js'
import { FeedBench } from './support/feed-bench.js'

const BOOK = '{"type":"book","symbol":"ACME","bids":[["100.10","5"]],"asks":[["100.12","7"]]}\n'

describe('lines', () => {
  it('are cut wherever bytes come in two, within a character too', () => {
    const lines = new LineSplitter()
    const bytes = Buffer.from('{"a":"ü"}\r\n\n{"b":1}\n{"c"')
    const told: string[] = []
    for (const byte of bytes) told.push(...lines.push(Buffer.from([byte])))
    expect(told).toEqual(['{"a":"ü"}', '{"b":1}'])
  })
})

describe('a book that is pushed', () => {
  const bench = new FeedBench()
  const sockets: Socket[] = []
  let listener: LineListener | undefined

  afterEach(() => {
    bench.feed?.stop()
    listener?.close()
    for (const socket of sockets) socket.destroy()
  })

  const push = (port: number): Socket => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    sockets.push(socket)
    return socket
  }

  it('comes to a port that waits; one at a time, and again after the first has left', async () => {
    listener = new LineListener('127.0.0.1', 0)
    const waiting = listener
    bench.feed = bench.connected(waiting.dial, (host) => new LineProtocol(host), [bench.instrument()])
    bench.feed.start()
    await bench.until(() => waiting.port !== undefined)
    const port = waiting.port ?? 0
    const first = push(port)
    first.write(BOOK)
    await bench.until(() => bench.state === 'live')
    const second = push(port)
    let sentAway = false
    second.on('close', () => (sentAway = true))
    await bench.until(() => sentAway)
    expect(bench.venue.levels()).toEqual(['ask 10012 x 7000', 'bid 10010 x 5000'])
    first.destroy()
    await bench.until(() => bench.state === 'down')
    expect(bench.venue.levels()).toEqual([])
    bench.pass(1)
    push(port).write(BOOK)
    await bench.until(() => bench.state === 'live')
    expect(bench.feed.status.connections).toBe(2)
  })

  it('waits for ever without being made again: nobody pushing is no fault of a connection', async () => {
    listener = new LineListener('127.0.0.1', 0)
    const waiting = listener
    bench.feed = bench.connected(waiting.dial, (host) => new LineProtocol(host), [bench.instrument()])
    bench.feed.start()
    await bench.until(() => waiting.port !== undefined)
    for (let i = 0; i < 10; i++) bench.pass(15)
    push(waiting.port ?? 0).write(BOOK)
    bench.pass(31)
    await bench.until(() => bench.state === 'live')
  })

  it('comes by a stream such as standard input, whose end ends it', async () => {
    const input = new PassThrough()
    bench.feed = bench.connected(streamLines(input), (host) => new LineProtocol(host), [bench.instrument()])
    bench.feed.start()
    input.write(BOOK)
    await bench.until(() => bench.state === 'live')
    input.end()
    await bench.until(() => bench.state === 'down')
    expect(bench.log.at(-1)).toMatch(/^disconnected the input has ended/)
  })

  it('says what is wrong with a line, and goes on', async () => {
    const own = new FeedBench()
    const input = new PassThrough()
    const feed: Feed = own.connected(streamLines(input), (host) => new LineProtocol(host), [own.instrument()])
    own.feed = feed
    feed.start()
    input.write('what?\n{"type":"book","symbol":"OTHER"}\n{"type":"book","symbol":"ACME","bids":[[100.1,5]]}\n')
    input.write('{"type":"jump","symbol":"ACME"}\n')
    input.write(BOOK)
    await own.until(() => own.state === 'live')
    expect(own.log.filter((line) => line.startsWith('fault'))).toEqual([
      'fault expected JSON, got "what?"',
      'fault expected one of the symbols of this feed, got "OTHER"',
      'fault expected bids as [price, quantity] in text, got [100.1,5]',
      'fault expected type book, change, trade, stop or heartbeat, got "jump"'
    ])
    feed.stop()
  })

  it('can be stopped by who pushes it, until the next book', async () => {
    const own = new FeedBench()
    const input = new PassThrough()
    own.feed = own.connected(streamLines(input), (host) => new LineProtocol(host), [own.instrument()])
    own.feed.start()
    input.write(BOOK)
    input.write('{"type":"stop","symbol":"ACME","reason":"closed for lunch"}\n')
    await own.until(() => own.venue.told.includes('ACME syncing: closed for lunch'))
    expect(own.venue.levels()).toEqual([])
    input.write(BOOK)
    await own.until(() => own.state === 'live')
    own.feed.stop()
  })

  it('is stale where one instrument is quiet for too long, while the connection lives', async () => {
    const own = new FeedBench()
    const input = new PassThrough()
    own.feed = own.connected(
      streamLines(input),
      (host) => new LineProtocol(host),
      [own.instrument()],
      nanos(30 * SECOND)
    )
    own.feed.start()
    input.write(BOOK)
    await own.until(() => own.state === 'live')
    for (let i = 0; i < 31; i++) {
      input.write('{"type":"heartbeat"}\n')
      await own.until(() => own.feed?.status.messages === 2 + i)
      own.pass(1)
    }
    expect(own.state).toBe('stale')
    expect(own.venue.told.at(-1)).toBe('ACME stale: no change for 30 s')
    input.write('{"type":"change","symbol":"ACME","bids":[["100.10","4"]]}\n')
    await own.until(() => own.state === 'live')
    expect(own.venue.levels()).toEqual(['ask 10012 x 7000', 'bid 10010 x 4000'])
    own.feed.stop()
  })
})
