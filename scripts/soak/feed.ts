/**
 * Soak: live market data for an hour, at fifty times its pace, with everything that goes wrong in an hour.
 *
 *   tsx scripts/soak/feed.ts [--minutes 60] [--speed 50]
 *
 * An exchange on 127.0.0.1 speaks Binance's USD-M protocol over a WebSocket: 19 depth updates of 12 levels and 62 prints a
 * second, as BTCUSDT had on 8 August 2024, times the speed. A venue takes it: feed, recording, exchange. Every minute
 * of its hour an update is lost; every 5 minutes the connection is; snapshots are up to 20 updates old. Left out: clients, the
 * journal, TLS, a network. At the end the venue's book must be the exchange's, the recording must hold every event, and
 * replaying it must give the same state. Memory is printed each tenth of the way.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { epochOf, nanos, SECOND, wallClock, type Clock } from '../../src/base/time.js'
import { instrument } from '../../src/exchange/instrument.js'
import { instrumentNo } from '../../src/exchange/units.js'
import {
  BinanceProtocol,
  binanceSnapshotPath,
  binanceStreams
} from '../../src/market/live/adapters/binance-protocol.js'
import { ConnectedFeed } from '../../src/market/live/connected-feed.js'
import { FeedInstrument } from '../../src/market/live/feed-instrument.js'
import { LiveMarket } from '../../src/market/live/live-market.js'
import { webSocket } from '../../src/market/live/links/web-socket-link.js'
import { LiveRecorder } from '../../src/market/live/recording/live-recorder.js'
import { openTapes } from '../../src/market/replay/open-tapes.js'
import { DEFAULT_CONFIG } from '../../src/venue/config/venue-config.js'
import { Venue } from '../../src/venue/venue.js'
import { FakeBinance } from '../../test/market/live/support/fake-binance.js'
import { TERMS } from '../../test/market/live/support/fake-exchange.js'
import { Traffic } from './feed/traffic.js'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, speed: { type: 'string', default: '50' } }
})
const seconds = Number(values.minutes) * 60
const speed = Number(values.speed)

const directory = mkdtempSync(join(tmpdir(), 'paperpit-soak-'))
const tape = join(directory, 'soak.arrow')
const epoch = epochOf(Date.now())
const wall = wallClock(epoch)
const started = wall.now()
/** The hour's own time: pauses and time-outs of the feed are of it. */
const clock: Clock = { now: () => nanos(started + Math.floor((wall.now() - started) * speed)) }
const metadata = { instruments: [TERMS], source: 'soak', timeZone: 'UTC', createdFrom: [] } as const

const exchange = new FakeBinance('usdm')
await exchange.start()
const recorder = new LiveRecorder(tape, metadata, epoch)
const market = new LiveMarket({ epoch, instruments: [TERMS], start: clock.now(), past: undefined })
const instruments = [instrument(instrumentNo(0), TERMS)]
const venue = new Venue({ instruments, models: DEFAULT_CONFIG.models, market })
let now = clock.now()
let events = 0
let longestTurn = 0
market.begin({
  now: () => now,
  received(time) {
    events++
    venue.advance(time)
  },
  state: () => undefined,
  recorder
})
const feed = new ConnectedFeed({
  name: 'soak',
  dial: webSocket(exchange.url + binanceStreams(['ACME'])),
  protocol: (host) => new BinanceProtocol(host, (symbol) => exchange.httpUrl + binanceSnapshotPath('usdm', symbol)),
  instruments: [new FeedInstrument(instruments[0], 'ACME', market)],
  clock,
  epoch,
  staleAfter: nanos(60 * SECOND),
  log: { event: () => undefined }
})
feed.start()

const traffic = new Traffic(exchange)
let reported = -1
await new Promise<void>((done) => {
  const turn = (): void => {
    const before = now
    now = clock.now()
    longestTurn = Math.max(longestTurn, now - before)
    const hour = (now - started) / SECOND
    // What is behind is made up for in pieces, so that sockets have their turns.
    const sent = Math.min(hour, seconds, traffic.second + 2)
    traffic.until(sent)
    feed.tick()
    recorder.flush()
    const tenth = Math.floor((sent / seconds) * 10)
    if (tenth > reported) {
      reported = tenth
      const { rss, heapUsed } = process.memoryUsage()
      console.log(
        `${Math.round(sent / 60)} min: ${events} events, ${feed.status.losses} losses, ${feed.status.connections} connections, rss ${mb(rss)} MB, heap ${mb(heapUsed)} MB`
      )
    }
    if (sent < seconds) setImmediate(turn)
    else done()
  }
  turn()
})

exchange.snapshotAge = 0
const deadline = wall.now() + 10 * SECOND
const same = (): boolean => levels(venue).join() === exchange.truth.join()
while (!(same() && feed.status.instruments[0].state === 'live') && wall.now() < deadline) {
  await new Promise((resolve) => setTimeout(resolve, 50))
  now = clock.now()
  exchange.sign()
  feed.tick()
  recorder.flush()
}
const agrees = same()
const stateHash = venue.exchange.stateHash()
const { losses, connections, missedTrades, messages } = feed.status
feed.stop()
await exchange.stop()
// The books are cleared when the feed stops: the state to compare is that behind it.
const endHash = venue.exchange.stateHash()
recorder.close()
const replayed = new Venue({ instruments, models: DEFAULT_CONFIG.models, market: openTapes([tape]) })
replayed.advance(venue.time)
const took = (wall.now() - started) / SECOND
console.log(
  [
    `${seconds / 60} minutes at ${speed}x in ${took.toFixed(1)} s: ${traffic.updates} updates, ${traffic.prints} prints sent`,
    `lost on the way ${traffic.lost}, connections dropped ${traffic.drops}; messages received ${messages}`,
    `losses ${losses}, connections ${connections}, prints missed ${missedTrades}, longest turn ${(longestTurn / 1e6 / speed).toFixed(1)} ms`,
    `recording ${mb(statSync(tape).size)} MB`,
    `book equals the exchange's: ${agrees ? 'yes' : 'NO'} (${stateHash.slice(0, 12)})`,
    `replay of the recording gives the same state: ${replayed.exchange.stateHash() === endHash ? 'yes' : 'NO'}`
  ].join('\n')
)
rmSync(directory, { recursive: true })
process.exit(agrees && replayed.exchange.stateHash() === endHash ? 0 : 1)

function levels(of: Venue): string[] {
  const side = (sign: 1 | -1, name: string): string[] =>
    of.exchange.marketDepth(instrumentNo(0), sign, 100_000).map(({ price, qty }) => `${name} ${price} x ${qty}`)
  return [...side(1, 'bid'), ...side(-1, 'ask')].sort()
}

function mb(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
