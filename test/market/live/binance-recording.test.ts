import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { epochOf, nanos } from '../../../src/base/time.js'
import { seededRandom } from '../../../src/base/random.js'
import { BinanceProtocol } from '../../../src/market/live/adapters/binance-protocol.js'
import type { FeedInstrument } from '../../../src/market/live/feed-instrument.js'
import { webSocket } from '../../../src/market/live/links/web-socket-link.js'
import { sharedData } from '../../support/data.js'
import type { Fate } from './support/fate-line.js'
import { FeedBench } from './support/feed-bench.js'
import { BinanceRecording, RecordedBinance, type RecordedMessage } from './support/recorded-binance.js'

const file = sharedData('binance/binance-usdm_BTCUSDT_20240808T235415Z_345s.jsonl.gz')
const golden = sharedData('golden/BTCUSDT_usdm.json')
const LEVELS = 5

const rounds = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve))
}

interface Golden {
  readonly events_E: number
  readonly probes: readonly {
    readonly e: number
    readonly bids: readonly (readonly [string, string])[]
    readonly asks: readonly (readonly [string, string])[]
  }[]
}

/** Probes as "61800.30 2.909 …", by the number of updates before them. */
function goldenTops(): { readonly events: number; readonly tops: ReadonlyMap<number, string> } {
  const { probes, events_E: events } = JSON.parse(readFileSync(golden as string, 'utf8')) as Golden
  const top = ({ bids, asks }: Golden['probes'][number]): string => [...bids, ...asks].flat().map(Number).join(' ')
  return { events, tops: new Map(probes.map((probe) => [probe.e, top(probe)])) }
}

describe.skipIf(!file || !golden)('a recording of Binance USD-M over a socket', { timeout: 60_000 }, () => {
  let bench: FeedBench
  let exchange: RecordedBinance
  let instrument: FeedInstrument
  const recording = file === undefined ? undefined : new BinanceRecording(file)

  beforeEach(async () => {
    bench = new FeedBench()
    exchange = new RecordedBinance()
    await exchange.start()
    instrument = bench.instrument(undefined, { symbol: 'BTCUSDT', tickSize: '0.10', lotSize: '0.001' })
    bench.feed = bench.connected(
      webSocket(`${exchange.url}/stream`),
      (host) => new BinanceProtocol(host, () => `${exchange.httpUrl}/depth`),
      [instrument]
    )
    // The snapshot is answered where it stands in the recording.
    exchange.hold()
    bench.feed.start()
    await bench.until(() => exchange.requests === 1)
  })

  afterEach(async () => {
    bench.feed?.stop()
    await exchange.stop()
  })

  const top = (): string =>
    ([1, -1] as const)
      .flatMap((side) =>
        Array.from({ length: LEVELS }, (_, n) => [
          instrument.book.price(side, n) / 100,
          instrument.book.qty(side, n) / 1000
        ])
      )
      .flat()
      .join(' ')
  const arrived = (): Promise<void> => bench.until(() => bench.feed?.status.messages === exchange.delivered)
  const start = async ({ text }: RecordedMessage): Promise<void> => {
    await arrived()
    exchange.answerText = text
    exchange.release()
    await bench.until(() => bench.state === 'live')
  }

  it('gives the book of every golden probe', async () => {
    const { events, tops } = goldenTops()
    let met = 0
    for (const message of recording?.messages ?? []) {
      if (message.kind === 'snapshot') await start(message)
      else {
        exchange.say(message.text)
      }
      const probe = message.kind === 'depth' ? tops.get(message.events) : undefined
      if (probe === undefined) continue
      await arrived()
      met++
      expect(top(), `probe ${message.events}`).toBe(probe)
    }
    await arrived()
    expect(bench.feed?.status).toMatchObject({ losses: 0, missedTrades: 0 })
    expect(bench.venue.told.filter((text) => !/^trade|^BTC/.test(text))).toHaveLength(events)
    expect(met).toBe(tops.size)
  })

  it('gives no other book than the exchange had, in its order, over drops, repeats, swaps, delays, old snapshots and lost connections', async () => {
    const { tops: probes } = goldenTops()
    const random = seededRandom(20240808, 'faults')
    const answers = seededRandom(20240808, 'answers')
    const happened: Record<Fate | 'again' | 'drop' | 'old', number> = {
      twice: 0,
      never: 0,
      late: 0,
      again: 0,
      drop: 0,
      old: 0
    }
    const messages = recording?.messages ?? []
    const tops = recording?.tops(LEVELS) ?? []
    let at = 0
    const wrong: string[] = []
    bench.venue.onEvent = () => {
      const shown = top()
      if (bench.venue.told.at(-1) === 'clear' || bench.venue.told.at(-1)?.startsWith('trade')) return
      const then = tops.indexOf(shown, at)
      if (then < 0) wrong.push(`behind ${at}: ${shown}`)
      else at = then
    }
    /** Messages until what is late comes, and until a snapshot is answered. */
    let lateFor = 0
    let answerIn = 0
    let answered = 0
    let met = 0
    const fate = (depth: boolean): Fate | undefined =>
      depth
        ? (['twice', 'twice', 'never', 'late'] as const)[random.below(1200)]
        : random.below(500) === 0
          ? 'twice'
          : undefined
    for (const [n, message] of messages.entries()) {
      if (message.kind === 'snapshot') {
        await start(message)
        answered = exchange.requests
        exchange.hold()
        continue
      }
      // The last seconds are quiet, so that the end can be compared.
      const quiet = answered === 0 || n > messages.length - 1000
      const what = quiet ? undefined : fate(message.kind === 'depth')
      if (what !== undefined) {
        exchange.next(what)
        happened[what]++
        if (what === 'late') lateFor = 1 + random.below(6)
      }
      bench.clock.set(nanos((message.E - epochOf(message.E) * 1000) * 1e6))
      exchange.say(message.text)
      if (lateFor > 0 && --lateFor === 0) exchange.deliver()
      if (!quiet && random.below(400) === 0) {
        happened.again++
        exchange.again(random.below(30))
      }
      if (!quiet && random.below(9000) === 0) {
        happened.drop++
        await arrived()
        exchange.drop()
        await bench.until(() => bench.state === 'down')
        exchange.delivered = bench.feed?.status.messages ?? 0
      }
      if (message.kind === 'trade' || (message.events % 8 > 0 && !probes.has(message.events))) continue
      if (bench.feed?.status.connected) await arrived()
      else await rounds(20)
      bench.feed?.tick()
      if (exchange.requests > answered && --answerIn <= 0) {
        const age = answers.below(2) * (1 + answers.below(40))
        if (age > 0) happened.old++
        answered = exchange.requests
        answerIn = answers.below(4)
        exchange.answerText = recording?.snapshotAt(Math.max(0, message.events - age)) ?? ''
        exchange.release()
        exchange.hold()
      }
      const probe = bench.state === 'live' ? probes.get(message.events) : undefined
      if (probe !== undefined && lateFor === 0) {
        met++
        expect(top(), `probe ${message.events}`).toBe(probe)
      }
    }
    await arrived()
    expect(wrong).toEqual([])
    for (const [fault, times] of Object.entries(happened)) expect(times, fault).toBeGreaterThan(0)
    const { connections, losses } = bench.feed?.status ?? { connections: 0, losses: 0 }
    expect(connections).toBe(happened.drop + 1)
    expect(losses).toBeGreaterThan(happened.never)
    expect(met).toBeGreaterThan(probes.size / 2)
    expect([bench.state, top()]).toEqual(['live', tops.at(-1)])
  })
})
